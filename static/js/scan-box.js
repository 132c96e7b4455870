/* The box that takes a wedge scanner, typing or the camera (templates/_components/scan_box.html).

   data-scan-box    the form                     data-scan-input   its text field
   data-live        fire "scanned", do not send   data-keep-focus   take the focus back when it is lost
   data-decoder     address of jsQR              data-scan-camera / -view / -video / -stop   the camera
   data-scan-result line for the outcome          data-scan-again   open the camera again on the next page

   Event "scanned" (bubbles, cancelable) on the form, detail {code, source: "typed" | "camera"}.
   A page answers with the event "scan-outcome", detail {kind: "ok" | "stop", words}, on the form. */
import { cameraPossible, startCamera } from "./camera.js";
import { toLatin } from "./kedmanee.js";
import { fresh } from "./once.js";
import { signal } from "./signal.js";

function announce(form, code, source) {
  return form.dispatchEvent(new CustomEvent("scanned", { bubbles: true, cancelable: true, detail: { code, source } }));
}

function watchCamera(form, input) {
  const [opener, view, video, stopper] = ["camera", "view", "video", "stop"].map((part) => form.querySelector(`[data-scan-${part}]`));
  if (!opener || !view || !cameraPossible()) return;
  opener.hidden = false;
  let stop = null;
  const memory = `camera ${location.pathname}`;
  const close = () => {
    stop?.();
    stop = null;
    view.hidden = true;
    opener.focus();
  };
  opener.addEventListener("click", async () => {
    if (stop) return close();
    view.hidden = false;
    try {
      stop = await startCamera(video, form.dataset.decoder, (code) => {
        input.value = code;
        if ("live" in form.dataset) { if (announce(form, code, "camera")) input.value = ""; return; }
        close();
        if ("scanAgain" in form.dataset) sessionStorage.setItem(memory, "open");
        if (announce(form, code, "camera")) form.submit();
      });
    } catch {
      view.hidden = true;
      signal(form, "stop", opener.dataset.failed || opener.title);
    }
  });
  stopper.addEventListener("click", close);
  window.addEventListener("pagehide", () => stop?.());
  if ("scanAgain" in form.dataset && sessionStorage.getItem(memory)) {
    sessionStorage.removeItem(memory);
    opener.click();
  }
}

function keepFocus(input) {
  const take = () => {
    const busy = document.activeElement;
    // Someone who is typing or choosing elsewhere is left in peace.
    if (!busy || busy === document.body || busy.tagName === "BUTTON") input.focus({ preventScroll: true });
  };
  take();
  document.addEventListener("keydown", (event) => {
    if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && document.activeElement === document.body) input.focus();
  });
  window.addEventListener("focus", take);
  document.addEventListener("htmx:afterSettle", take);
}

export function watchScanBoxes(root) {
  for (const form of fresh(root, "[data-scan-box]", "ScanBox")) {
    const input = form.querySelector("[data-scan-input]");
    form.addEventListener("submit", (event) => {
      const code = toLatin(input.value.trim());
      input.value = code;
      // An empty Enter belongs to the page (at the desk it hands over), never to the search.
      if (!code) { event.preventDefault(); form.dispatchEvent(new CustomEvent("scan-empty", { bubbles: true })); return; }
      const goOn = announce(form, code, "typed");
      if ("live" in form.dataset || !goOn) {
        event.preventDefault();
        if (goOn) input.value = "";
      }
    });
    form.addEventListener("scan-outcome", (event) => signal(form, event.detail.kind, event.detail.words));
    watchCamera(form, input);
    if ("keepFocus" in form.dataset) keepFocus(input);
  }
}
