/* The lending desk without waiting: scans are sent one after the other while the page stays, and the
   counter is exchanged for what the server answers. Without this file every scan loads the page. */
const form = document.querySelector("[data-desk]");
const waiting = [];
let busy = false;

/** Put the server's counter in the place of ours; the scan box itself stays, so nothing typed is lost. */
function show(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const [live, said] = ["[data-desk-live]", "[data-desk-said]"].map((part) => page.querySelector(part));
  if (!live || !said) return false;
  form.querySelector("[data-desk-live]").replaceWith(live);
  document.querySelector(".page-title").textContent = page.querySelector(".page-title").textContent;
  const kind = said.dataset.kind;
  const line = form.querySelector("[data-desk-said]");
  line.replaceChildren(...said.childNodes);
  const words = line.textContent.trim();
  if (kind) {
    form.dispatchEvent(new CustomEvent("scan-outcome", { detail: { kind: kind === "stop" ? "stop" : "ok", words } }));
    line.dataset.kind = kind;
  } else {
    delete line.dataset.kind;
    delete line.dataset.tone;
  }
  form.querySelector(".desk-pick")?.focus();
  return true;
}

async function send(code) {
  const fields = new FormData(form);
  fields.set("code", code);
  const answer = await fetch(form.action, { method: "POST", body: fields });
  if (!show(await answer.text())) window.location.assign(answer.url);
}

async function work() {
  if (busy) return;
  busy = true;
  form.setAttribute("aria-busy", "true");
  while (waiting.length) {
    try {
      await send(waiting[0]);
      waiting.shift();
    } catch {
      // The line is down: nothing is lost, the next Enter or scan tries again.
      form.dispatchEvent(new CustomEvent("scan-outcome", { detail: { kind: "stop", words: form.querySelector("[data-desk-live]").dataset.offline } }));
      break;
    }
  }
  form.removeAttribute("aria-busy");
  busy = false;
}

if (form) {
  const input = form.querySelector("[data-scan-input]");
  // What was refused is put right where it stands; then Enter goes ahead.
  form.querySelector(".has-error input")?.focus();
  // The desk's other buttons have addresses of their own; the scan box must not hold them up.
  document.addEventListener("submit", (event) => {
    if (event.target === form && event.submitter?.hasAttribute("formaction")) event.stopPropagation();
  }, true);
  form.addEventListener("scanned", (event) => {
    event.preventDefault();
    input.value = "";
    waiting.push(event.detail.code);
    work();
  });
  form.addEventListener("scan-empty", () => {
    if (waiting.length) { work(); return; }
    // After this turn: a browser sends no form from within the sending of the same form.
    setTimeout(() => form.querySelector("[data-desk-confirm]:not([disabled])")?.click());
  });
}
