/* What the phone keeps: scans and photos until the service has them, lists of rooms, who is signed
   in. A scan is written to the disk before the person sees that it was taken. */
const NAME = "counting";
let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1);
    asked.onupgradeneeded = () => {
      const base = asked.result;
      base.createObjectStore("scans", { keyPath: "id" }).createIndex("state", "state");
      base.createObjectStore("photos", { keyPath: "id" }).createIndex("state", "state");
      base.createObjectStore("lists", { keyPath: "key" });
      base.createObjectStore("kept", { keyPath: "name" });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  return opened;
}

/* Runs work(...stores) in one transaction and resolves when it is on the disk. */
async function within(names, mode, work) {
  const base = await open();
  return new Promise((resolve, reject) => {
    const change = base.transaction(names, mode, { durability: "strict" });
    const result = work(...names.map((name) => change.objectStore(name)));
    change.oncomplete = () => resolve(result?.result ?? result);
    change.onabort = change.onerror = () => reject(change.error);
  });
}

/** Keep a scan with its photos: all of it or nothing. */
export const addScan = (scan, photos) => within(["scans", "photos"], "readwrite", (scans, store) => {
  scans.add(scan);
  photos.forEach((photo) => store.add(photo));
});

export const allScans = () => within(["scans"], "readonly", (scans) => scans.getAll());
export const allPhotos = () => within(["photos"], "readonly", (photos) => photos.getAll());
export const changeScans = (changed) => within(["scans"], "readwrite", (scans) => { changed.forEach((scan) => scans.put(scan)); });
export const changePhoto = (photo) => within(["photos"], "readwrite", (photos) => { photos.put(photo); });
/** A photo that the service has needs no room on the phone any more. */
export const dropPhoto = (id) => within(["photos"], "readwrite", (photos) => { photos.delete(id); });

export const keep = (name, value) => within(["kept"], "readwrite", (kept) => { kept.put({ name, value }); });
export async function recall(name) {
  const row = await within(["kept"], "readonly", (kept) => kept.get(name));
  return row?.value;
}

export const keepList = (round, room, lines) => within(["lists"], "readwrite", (lists) => {
  lists.put({ key: `${round}:${room}`, round, room, lines });
});
export const lists = () => within(["lists"], "readonly", (store) => store.getAll());

/** Forget scans that the service has had for a while: the newest 300 stay to be looked at. */
export async function tidy() {
  const sent = (await allScans()).filter((scan) => scan.state === "sent").sort((a, b) => b.at.localeCompare(a.at));
  const waiting = new Set((await allPhotos()).map((photo) => photo.scan));
  const old = sent.slice(300).filter((scan) => !waiting.has(scan.id));
  await within(["scans"], "readwrite", (scans) => { old.forEach((scan) => scans.delete(scan.id)); });
}
