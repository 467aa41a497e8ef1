// Keys for a long list of changes: J and K move, A takes a row in, X leaves it out. They work only while the focus is in the
// table, so that nobody who dictates or types elsewhere sets them off. Without this file every row has its check box.
"use strict";

// Each tick is sent by itself, so that the button that sends them all is for who has no scripts.
document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("[data-without-script]").forEach((button) => {
    button.hidden = true;
  });
});

document.addEventListener("keydown", (event) => {
  const row = event.target.closest("[data-changes] [data-row]");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) {
    return;
  }
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") {
    const rows = [...row.parentElement.querySelectorAll("[data-row]")].filter(
      (one) => one.querySelector("input[type=checkbox], a"),
    );
    const next = rows[rows.indexOf(row) + (key === "j" ? 1 : -1)];
    if (next) {
      next.querySelector("input[type=checkbox], a").focus();
      next.scrollIntoView({ block: "nearest" });
    }
  } else if (key === "a" || key === "x") {
    const box = row.querySelector("input[type=checkbox]");
    if (box && box.checked !== (key === "a")) {
      box.click();
    }
  } else {
    return;
  }
  event.preventDefault();
});
