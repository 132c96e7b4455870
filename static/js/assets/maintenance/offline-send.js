/* Sends what waits: the photos of a result, then the result. Each carries a number of its own, so
   that sending it again is always right: nothing leaves the queue before the service has said what
   became of it. */
import { asJson, asPhoto, fetchJson, post, sender } from "../../offline/ask.js";
import { allPhotos, allResults, changePhoto, changeResults, dropPhotos, keep, tidy } from "./offline-store.js";

/** Ask who is signed in and which visits there are; keeps the answer on the phone. */
export async function fetchVisits(address) {
  const body = await fetchJson(address);
  await keep("visits", body.visits);
  await keep("me", body.me);
  return body;
}

export const fetchList = async (base, visit) => (await fetchJson(`${base}${visit}/list.json`)).lines;

/* Resolves to why a photo was refused, "" when the service has all of them. */
async function sendPhotos(base, session, result, photos) {
  for (const photo of photos.filter((one) => one.state === "waiting")) {
    const { ok, body } = await post(`${base}photos`, session, asPhoto({ id: photo.id, occurrence: result.occurrence }, photo.blob));
    if (!ok) return body.message || "?";
    await changePhoto({ ...photo, state: "sent" });
  }
  return "";
}

async function sendResult(base, session, result) {
  const photos = (await allPhotos()).filter((one) => one.result === result.id);
  const bad = await sendPhotos(base, session, result, photos);
  if (bad) return changeResults([{ ...result, state: "refused", reason: bad }]);
  const { id, occurrence, answers, readings, leftOut, minutes, cost, note, at } = result;
  const { ok, body } = await post(`${base}results`, session, asJson({ id, occurrence, answers, readings, leftOut, minutes, cost, note, at }));
  if (!ok) return changeResults([{ ...result, state: "refused", reason: body.message || "?" }]);
  await changeResults([{ ...result, state: "sent", reason: "", repair: body.repair, draft: undefined }]);
  return dropPhotos(photos.map((one) => one.id));
}

/** Send all that waits; resolves to "done" or why it stopped. */
export const sendAll = sender("visiting-send", async ({ base, visits, told }) => {
  const greet = () => fetchVisits(visits);
  const session = { greet, ...(await greet()) };
  const mine = (one) => one.state === "waiting" && one.person === session.me.id;
  for (const result of (await allResults()).filter(mine).sort((a, b) => a.at.localeCompare(b.at))) {
    await sendResult(base, session, result);
    told();
  }
  await tidy((await greet()).visits.map((one) => one.id));
});
