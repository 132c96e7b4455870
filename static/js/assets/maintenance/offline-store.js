/* What the phone keeps of visits: results and photos until the service has them, the visits that
   were taken along, what is half filled in, who is signed in. */
import { database } from "../../offline/database.js";

const base = database("visiting", { results: "id", photos: "id", lists: "visit" });

/** Keep a result with its photos, and forget what was half filled in: all of it or nothing. */
export const addResult = (result, photos) => base.within(["results", "photos", "kept"], "readwrite", (results, store, kept) => {
  results.put(result);
  photos.forEach((photo) => store.put(photo));
  kept.delete(`draft:${result.occurrence}`);
});

export const allResults = () => base.all("results");
export const allPhotos = () => base.all("photos");
export const changeResults = (changed) => base.put("results", changed);
export const changePhoto = (photo) => base.put("photos", [photo]);
/** Photos whose result the service has need no room on the phone any more. */
export const dropPhotos = (ids) => base.drop("photos", ids);

export const { keep, recall } = base;
export const keepDraft = (occurrence, draft) => base.keep(`draft:${occurrence}`, draft);
export const draftOf = (occurrence) => base.recall(`draft:${occurrence}`);

export const keepList = (visit, lines) => base.put("lists", [{ visit, lines }]);
export const lists = () => base.all("lists");

/** Forget results that the service has had for a while, and visits that are over. */
export async function tidy(running) {
  const sent = (await allResults()).filter((one) => one.state === "sent").sort((a, b) => b.at.localeCompare(a.at));
  await base.drop("results", sent.slice(300).map((one) => one.id));
  await base.drop("lists", (await lists()).map((one) => one.visit).filter((visit) => !running.includes(visit)));
}
