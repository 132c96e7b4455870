/* Sends what waits. Every scan and photo carries a number of its own, so that sending it again is
   always right: nothing leaves the queue before the service has said what became of it. */
import { allPhotos, allScans, changePhoto, changeScans, dropPhoto, keep, tidy } from "./offline-store.js";

const BATCH = 25;

/* Why a sending stopped: "offline", "sign-in", "trouble". */
class Stopped extends Error {}

async function ask(address, options = {}) {
  let answer;
  try {
    answer = await fetch(address, { credentials: "same-origin", redirect: "manual", cache: "no-store", ...options, headers: { Accept: "application/json", ...options.headers } });
  } catch {
    throw new Stopped("offline");
  }
  // Who is not signed in is led to the sign-in page; the queue stays as it is.
  if (answer.type === "opaqueredirect" || answer.status === 401) throw new Stopped("sign-in");
  if (answer.status >= 500 || answer.status === 429 || answer.status === 409) throw new Stopped("trouble");
  let body;
  try { body = await answer.json(); } catch { throw new Stopped("trouble"); }
  return { ok: answer.ok, body };
}

/** Ask who is signed in and which rounds there are to walk; keeps the answer on the phone. */
export async function fetchRounds(address) {
  const { ok, body } = await ask(address);
  if (!ok) throw new Stopped("trouble");
  await keep("rounds", body.rounds);
  await keep("me", body.me);
  return body;
}

export async function fetchList(base, round, rooms) {
  const wanted = rooms.map((room) => `room=${room}`).join("&");
  const { ok, body } = await ask(`${base}${round}/list.json?${wanted}`);
  if (!ok) throw new Stopped("trouble");
  return body.lines;
}

async function post(address, session, make) {
  for (const again of [false, true]) {
    const answer = await ask(address, { method: "POST", ...make(session.token) });
    // A new sign-in has a new token: fetch it once and send the same things again.
    if (answer.ok || answer.body.code !== "csrf") return answer;
    if (again) throw new Stopped("sign-in");
    Object.assign(session, await fetchRounds(session.address));
  }
  throw new Stopped("trouble");
}

async function sendScans(base, session, told) {
  for (;;) {
    const mine = (await allScans()).filter((scan) => scan.state === "waiting" && scan.person === session.me.id)
      .sort((a, b) => a.at.localeCompare(b.at));
    const batch = mine.filter((scan) => scan.round === mine[0].round).slice(0, BATCH);
    if (!batch.length) return;
    const { ok, body } = await post(`${base}${batch[0].round}/scans`, session, (token) => ({
      headers: { "Content-Type": "application/json", "X-CSRFToken": token },
      body: JSON.stringify({
        device: session.device,
        scans: batch.map(({ id, room, code, condition, quantity, remark, at }) => ({ id, room, code, condition, quantity, remark, at })),
      }),
    }));
    const answers = new Map(ok ? body.scans.map((one) => [one.id, one]) : []);
    for (const scan of batch) {
      const answer = answers.get(scan.id);
      if (answer?.kept) Object.assign(scan, { state: "sent", answer, reason: "" });
      else Object.assign(scan, { state: "refused", reason: answer?.reason || body.message || "?" });
    }
    await changeScans(batch);
    told();
  }
}

async function sendPhotos(base, session, told) {
  const scans = new Map((await allScans()).map((scan) => [scan.id, scan]));
  for (const photo of await allPhotos()) {
    const scan = scans.get(photo.scan);
    if (photo.state !== "waiting" || scan?.state !== "sent" || scan.person !== session.me.id) continue;
    const { ok, body } = await post(`${base}${scan.round}/photos`, session, (token) => {
      const form = new FormData();
      form.append("id", photo.id);
      form.append("scan", photo.scan);
      form.append("photo", photo.blob, "photo.jpg");
      return { headers: { "X-CSRFToken": token }, body: form };
    });
    if (ok) await dropPhoto(photo.id);
    else await changePhoto({ ...photo, state: "refused", reason: body.message });
    told();
  }
}

let under;

async function run({ base, rounds, device, told }) {
  try {
    const session = { address: rounds, device, ...(await fetchRounds(rounds)) };
    await sendScans(base, session, told);
    await sendPhotos(base, session, told);
    Object.assign(session, await fetchRounds(rounds));
    await tidy();
    return "done";
  } catch (error) {
    if (error instanceof Stopped) return error.message;
    throw error;
  }
}

/** Send all that waits; of several windows one sends. Resolves to "done" or why it stopped. */
export function sendAll(options) {
  const work = () => run(options);
  under ??= (navigator.locks ? navigator.locks.request("counting-send", work) : work()).finally(() => { under = undefined; });
  return under;
}
