// Comforts: dropping a file on the upload form, seeing how far it has come, and `/` for the search box. All works without them.
"use strict";

function receiveDrops(field) {
  const input = field.querySelector("input[type=file]");
  field.addEventListener("dragover", (event) => {
    event.preventDefault();
    field.classList.add("over");
  });
  field.addEventListener("dragleave", () => field.classList.remove("over"));
  field.addEventListener("drop", (event) => {
    event.preventDefault();
    field.classList.remove("over");
    if (event.dataTransfer.files.length > 0) {
      input.files = event.dataTransfer.files;
    }
  });
}

function prepare(root) {
  root.querySelectorAll("[data-drop]").forEach(receiveDrops);
  const summary = root.querySelector(".errors[tabindex]");
  if (summary) {
    summary.focus();
  }
}

// A long act says that it is under way, and is not asked for twice.
function waiting(form, under_way) {
  form.querySelector("[data-waiting]").hidden = !under_way;
  form.querySelectorAll("button").forEach((button) => {
    button.disabled = under_way;
  });
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-wait]");
  if (form) {
    waiting(form, true);
  }
});

// A page come back to is as it was left: nothing is under way any more.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) {
    document.querySelectorAll("form[data-wait]").forEach((form) => waiting(form, false));
  }
});

document.addEventListener("DOMContentLoaded", () => prepare(document));
document.addEventListener("htmx:afterSettle", (event) => prepare(event.target));

document.addEventListener("htmx:xhr:progress", (event) => {
  const form = event.target.closest("[data-upload]");
  if (!form || !event.detail.lengthComputable) {
    return;
  }
  const box = form.querySelector("[data-progress]");
  const bar = box.querySelector("progress");
  const label = box.querySelector("label");
  box.hidden = false;
  const share = (100 * event.detail.loaded) / event.detail.total;
  if (share < 100) {
    bar.value = share;
    label.textContent = label.dataset.sending;
  } else {
    bar.removeAttribute("value");
    label.textContent = label.dataset.reading;
  }
});

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, [contenteditable]");
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || typing) {
    return;
  }
  const box = document.querySelector("[data-search]");
  if (box) {
    event.preventDefault();
    box.focus();
    box.select();
  }
});
