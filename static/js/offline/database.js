/* What a page off the network keeps on the phone. A change is on the disk before it is told. */

/** Open a database with these stores, {name: key path}, and "kept" for single values. */
export function database(name, stores) {
  let opened;

  function open() {
    opened ??= new Promise((resolve, reject) => {
      const asked = indexedDB.open(name, 1);
      asked.onupgradeneeded = () => {
        for (const [store, keyPath] of Object.entries({ ...stores, kept: "name" })) asked.result.createObjectStore(store, { keyPath });
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
      const result = work(...names.map((one) => change.objectStore(one)));
      change.oncomplete = () => resolve(result?.result ?? result);
      change.onabort = change.onerror = () => reject(change.error);
    });
  }

  return {
    within,
    all: (store) => within([store], "readonly", (one) => one.getAll()),
    put: (store, rows) => within([store], "readwrite", (one) => { rows.forEach((row) => one.put(row)); }),
    drop: (store, keys) => within([store], "readwrite", (one) => { keys.forEach((key) => one.delete(key)); }),
    keep: (key, value) => within(["kept"], "readwrite", (kept) => { kept.put({ name: key, value }); }),
    forget: (key) => within(["kept"], "readwrite", (kept) => { kept.delete(key); }),
    recall: async (key) => (await within(["kept"], "readonly", (kept) => kept.get(key)))?.value,
  };
}
