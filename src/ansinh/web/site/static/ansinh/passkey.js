// Passkeys: joins allauth's script to the buttons of our pages. Where the browser has none, the offer stays hidden.
"use strict";

function show(selector) {
  document.querySelectorAll(selector).forEach((part) => {
    part.hidden = false;
  });
}

// A passkey belongs to a domain name: at an address of figures, as http://127.0.0.1, browsers refuse to make one.
function usable() {
  const figures = /^[\d.]+$|:/.test(window.location.hostname);
  return window.isSecureContext && Boolean(window.PublicKeyCredential) && !figures;
}

document.addEventListener("DOMContentLoaded", () => {
  const button = document.querySelector("[data-passkey-form]");
  if (!button) {
    return;
  }
  if (!usable()) {
    button.disabled = true;
    show("[data-passkey-unsupported]");
    return;
  }
  show("[data-passkey]");
  const ids = { credential: button.dataset.passkeyAnswer, passwordless: button.dataset.passkeyAlone };
  if (document.getElementById("khoa-cau-hoi")) {
    ids.data = "khoa-cau-hoi";
  }
  ids.login = ids.add = ids.authenticate = button.id;
  window.allauth.webauthn.forms[button.dataset.passkeyForm]({ ids });
});

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  show("[data-passkey-failed]");
});
