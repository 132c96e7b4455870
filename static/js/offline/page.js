/* What pages off the network do alike: reading codes, the camera, sending again and again. */
import { cameraPossible, startCamera } from "../camera.js";
import { beep } from "../signal.js";

const RETRY = 15000;

export const part = (name) => document.querySelector(`[data-${name}]`);

const plain = (text) => text.normalize("NFC").toUpperCase().replace(/[^0-9A-Zก-๙]/g, "");

export function tagOf(text) {
  const found = /(?:^|\/)Q\/([^/?#]+)/i.exec(text);
  return (found ? found[1] : text).toUpperCase().replace(/[\s-]/g, "").replace(/O/g, "0").replace(/[IL]/g, "1");
}

/** The lines, with `tags` and `keys`, that a scanned label, number or serial means. */
export function meant(lines, text) {
  const [tag, key] = [tagOf(text), plain(text)];
  return lines.filter((one) => one.tags.includes(tag) || one.keys.some((known) => plain(known) === key));
}

export function say(tone, text) {
  beep(tone === "ok" ? "ok" : "stop");
  const line = part("result");
  line.dataset.tone = tone;
  line.textContent = text;
}

/** Offer the camera where there is one; found(text) hears what it read. */
export function watchCamera(decoder, found, noCamera) {
  const opener = part("camera");
  if (!cameraPossible()) return;
  let stop;
  opener.hidden = false;
  const close = () => { stop?.(); stop = undefined; part("view").hidden = true; };
  opener.addEventListener("click", async () => {
    if (stop) return close();
    part("view").hidden = false;
    try {
      stop = await startCamera(part("video"), decoder, found);
    } catch {
      close();
      say("stop", noCamera);
    }
  });
  part("stop").addEventListener("click", close);
  window.addEventListener("pagehide", close);
}

/**
 * Return send(), which sends what waits and sends again while something does.
 * `state` tells busy and stopped; run() sends, draw() shows, afterwards() follows a whole sending.
 */
export function sendingOf(state, { run, draw, afterwards }) {
  let again = false;
  async function send() {
    // What is asked for while a sending is under way is done after it, not forgotten.
    if (state.busy) { again = true; return; }
    state.busy = true;
    again = false;
    await draw();
    state.stopped = await run().catch(() => "trouble");
    if (state.stopped === "done") state.stopped = "";
    state.busy = false;
    if (!state.stopped) await afterwards();
    await draw();
    if (again) await send();
  }
  part("send").addEventListener("click", send);
  window.addEventListener("online", send);
  window.addEventListener("offline", () => { state.stopped = "offline"; draw(); });
  setInterval(() => { if (Number(document.body.dataset.waiting) && navigator.onLine && !state.busy && state.stopped !== "sign-in") send(); }, RETRY);
  return send;
}

async function install(at) {
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(at.worker, { scope: at.scope });
  const ready = await navigator.serviceWorker.ready;
  ready.active?.postMessage("refresh");
  part("ready").hidden = false;
  await navigator.storage?.persist?.();
}

/** Keep the page on the phone; an old browser works with a network only. */
export const keepPage = (at) => install(at).catch(() => { /* then it opens with a network only */ });
