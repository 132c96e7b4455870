/* Sends what waits. Every scan and photo carries a number of its own, so that sending it again is
   always right: nothing leaves the queue before the service has said what became of it. */
import { asJson, asPhoto, fetchJson, post, sender } from "../../offline/ask.js";
import { allPhotos, allScans, changePhoto, changeScans, dropPhoto, keep, tidy } from "./offline-store.js";

const BATCH = 25;
const ROOMS = 50;
const LINES = 4000;

/** Ask who is signed in and which rounds there are to walk; keeps the answer on the phone. */
export async function fetchRounds(address) {
  const body = await fetchJson(address);
  await keep("rounds", body.rounds);
  await keep("me", body.me);
  return body;
}

/** Ask for the lines of rooms, so few rooms at a time that no answer is cut short. */
export async function fetchList(base, round, rooms) {
  const lines = [];
  for (let at = 0; at < rooms.length;) {
    const part = [];
    let expected = 0;
    while (at < rooms.length && part.length < ROOMS && (!part.length || expected + rooms[at].expected <= LINES)) {
      expected += rooms[at].expected;
      part.push(`room=${rooms[at++].id}`);
    }
    lines.push(...(await fetchJson(`${base}${round}/list.json?${part.join("&")}`)).lines);
  }
  return lines;
}

async function sendScans(base, session, told) {
  for (;;) {
    const mine = (await allScans()).filter((scan) => scan.state === "waiting" && scan.person === session.me.id)
      .sort((a, b) => a.at.localeCompare(b.at));
    const batch = mine.filter((scan) => scan.round === mine[0].round).slice(0, BATCH);
    if (!batch.length) return;
    const { ok, body } = await post(`${base}${batch[0].round}/scans`, session, asJson({
      device: session.device,
      scans: batch.map(({ id, room, code, condition, quantity, remark, at }) => ({ id, room, code, condition, quantity, remark, at })),
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
    const { ok, body } = await post(`${base}${scan.round}/photos`, session, asPhoto({ id: photo.id, scan: photo.scan }, photo.blob));
    if (ok) await dropPhoto(photo.id);
    else await changePhoto({ ...photo, state: "refused", reason: body.message });
    told();
  }
}

/** Send all that waits; resolves to "done" or why it stopped. */
export const sendAll = sender("counting-send", async ({ base, rounds, device, told }) => {
  const greet = () => fetchRounds(rounds);
  const session = { greet, device, ...(await greet()) };
  await sendScans(base, session, told);
  await sendPhotos(base, session, told);
  await greet();
  await tidy();
});
