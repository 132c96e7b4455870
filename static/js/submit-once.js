/* Sending once, asking first, and keeping what was typed.

   form[data-submit-once]   a second tap does nothing while the first is under way; without a network
                            nothing is sent, and the words of body[data-offline] stand above the button
   [data-confirm="…"]       on a form or a submit button: the full sentence asked before sending
   form[data-keep="name"]   typed text is kept in this tab until the server confirmed: a page of the
                            service that says that it is done, or does not show this form again, forgets it
   form[data-remember="name"]  fields with data-remember-field are kept on this device (name, phone) */
import { fresh } from "./once.js";

const textual = "input:not([type=hidden]):not([type=password]):not([type=file]):not([type=checkbox]):not([type=radio]), textarea";

function store(kind) {
  try { return window[kind]; } catch { return null; }
}

/** Tell above the button that there is no network, until there is one again. */
function tellOffline(form, submitter) {
  const notice = document.createElement("div");
  notice.className = "notice notice-warn";
  notice.setAttribute("role", "alert");
  const words = document.createElement("p");
  words.textContent = document.body.dataset.offline || "";
  notice.append(words);
  form.querySelector("[role=alert].notice-warn")?.remove();
  const bar = (submitter || form.querySelector("[type=submit]")).closest(".form-bar, p") || submitter;
  bar.before(notice);
  notice.scrollIntoView({ block: "nearest" });
  window.addEventListener("online", () => notice.remove(), { once: true });
}

function guard(form) {
  let sent = false;
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    // The page stays, and with it what was typed and the photos that were chosen.
    if (navigator.onLine === false) { event.preventDefault(); tellOffline(form, event.submitter); return; }
    const sentence = event.submitter?.dataset.confirm || form.dataset.confirm;
    if (sent) { event.preventDefault(); return; }
    if (sentence && !window.confirm(sentence)) { event.preventDefault(); return; }
    sent = true;
    // After this turn of the loop: a disabled button would not send its own name and value.
    setTimeout(() => form.querySelectorAll("button[type=submit]").forEach((b) => { b.dataset.busy = ""; b.setAttribute("aria-disabled", "true"); }));
  });
  const wake = () => {
    sent = false;
    form.querySelectorAll("[data-busy]").forEach((b) => { delete b.dataset.busy; b.removeAttribute("aria-disabled"); });
  };
  window.addEventListener("pageshow", (event) => { if (event.persisted) wake(); });
  form.addEventListener("htmx:afterRequest", wake);
}

function keepTyped(form) {
  const box = store("sessionStorage");
  if (!box) return;
  const key = `typed:${form.dataset.keep}`;
  const old = JSON.parse(box.getItem(key) || "{}");
  form.querySelectorAll(textual).forEach((field) => { if (!field.value && old[field.name]) field.value = old[field.name]; });
  form.addEventListener("input", () => {
    const now = {};
    form.querySelectorAll(textual).forEach((field) => { if (field.name && field.value) now[field.name] = field.value; });
    box.setItem(key, JSON.stringify(now));
  });
  form.addEventListener("submit", (event) => { if (!event.defaultPrevented) box.setItem("typed:sent", key); });
}

function forgetConfirmed(root) {
  const box = store("sessionStorage");
  const key = box?.getItem("typed:sent");
  if (!key || root !== document) return;
  const shownAgain = document.querySelector(`form[data-keep="${CSS.escape(key.slice(6))}"]`);
  const done = document.querySelector(".flashes .notice-ok, main > .notice-ok[role=status]");
  if (done || (!shownAgain && !document.querySelector(".problem"))) box.removeItem(key);
  box.removeItem("typed:sent");
}

function rememberOnDevice(form) {
  const box = store("localStorage");
  if (!box) return;
  const key = `remember:${form.dataset.remember}`;
  const fields = [...form.querySelectorAll("[data-remember-field]")];
  const old = JSON.parse(box.getItem(key) || "{}");
  fields.forEach((field) => { if (!field.value && old[field.name]) field.value = old[field.name]; });
  form.addEventListener("submit", () => box.setItem(key, JSON.stringify(Object.fromEntries(fields.map((f) => [f.name, f.value])))));
}

export function watchForms(root) {
  forgetConfirmed(root);
  // First: what is not sent now is not to be forgotten either.
  for (const form of fresh(root, "form", "Once")) {
    if ("submitOnce" in form.dataset || form.dataset.confirm || form.querySelector("[data-confirm]")) guard(form);
  }
  for (const form of fresh(root, "form[data-keep]", "Keep")) keepTyped(form);
  for (const form of fresh(root, "form[data-remember]", "Remember")) rememberOnDevice(form);
}
