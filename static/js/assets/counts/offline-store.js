/* What the phone keeps: scans and photos until the service has them, lists of rooms, who is signed
   in. A scan is written to the disk before the person sees that it was taken. */
import { database } from "../../offline/database.js";

const base = database("counting", { scans: "id", photos: "id", lists: "key" });

/** Keep a scan with its photos: all of it or nothing. */
export const addScan = (scan, photos) => base.within(["scans", "photos"], "readwrite", (scans, store) => {
  scans.add(scan);
  photos.forEach((photo) => store.add(photo));
});

export const allScans = () => base.all("scans");
export const allPhotos = () => base.all("photos");
export const changeScans = (changed) => base.put("scans", changed);
export const changePhoto = (photo) => base.put("photos", [photo]);
/** A photo that the service has needs no room on the phone any more. */
export const dropPhoto = (id) => base.drop("photos", [id]);

export const { keep, recall } = base;

export const keepList = (round, room, lines) => base.put("lists", [{ key: `${round}:${room}`, round, room, lines }]);
export const lists = () => base.all("lists");

/** Forget scans that the service has had for a while: the newest 300 stay to be looked at. */
export async function tidy() {
  const sent = (await allScans()).filter((scan) => scan.state === "sent").sort((a, b) => b.at.localeCompare(a.at));
  const waiting = new Set((await allPhotos()).map((photo) => photo.scan));
  await base.drop("scans", sent.slice(300).filter((scan) => !waiting.has(scan.id)).map((scan) => scan.id));
}
