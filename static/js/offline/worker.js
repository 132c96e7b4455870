/* The service worker of a page that works off the network. Its scope is the one page from whose
   address it was fetched: no other page of the service ever passes here. It keeps the page and its
   files, never an answer with data, and never anything that is sent: that lies in IndexedDB. */
const base = new URL("./", self.location.href);
const PREFIX = `${base.pathname}@`;

async function fetchEdition() {
  const answer = await fetch(new URL("files.json", base), { cache: "no-store" });
  if (!answer.ok) throw new Error("files");
  return answer.json();
}

/* The page itself needs somebody signed in; a sign-in page must never be kept in its place. */
async function keepPage(cache, address) {
  const answer = await fetch(address, { cache: "no-store", credentials: "same-origin", redirect: "manual" });
  if (answer.ok) await cache.put(address, answer);
  return answer.ok;
}

async function install() {
  const { edition, files, page } = await fetchEdition();
  const cache = await caches.open(PREFIX + edition);
  await cache.addAll(files.map((address) => new Request(address, { cache: "reload" })));
  if (!(await keepPage(cache, page))) throw new Error("page");
}

async function tidy() {
  const { edition } = await fetchEdition();
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  if (names.includes(PREFIX + edition)) {
    await Promise.all(names.filter((name) => name !== PREFIX + edition).map((name) => caches.delete(name)));
  }
}

async function kept(request, options) {
  for (const name of (await caches.keys()).filter((one) => one.startsWith(PREFIX)).reverse()) {
    const found = await (await caches.open(name)).match(request, options);
    if (found) return found;
  }
  return undefined;
}

async function refreshPage() {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX));
  if (names.length) await keepPage(await caches.open(names.at(-1)), base.pathname);
}

self.addEventListener("install", (event) => event.waitUntil(install().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(
  self.clients.claim().then(() => tidy().catch(() => { /* without a network the old files stay */ })),
));

self.addEventListener("message", (event) => {
  if (event.data === "refresh") event.waitUntil(refreshPage().catch(() => { /* the next visit will */ }));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) return;
  const isPage = request.mode === "navigate" && address.pathname === base.pathname;
  const isFile = request.mode !== "navigate" && address.pathname.includes("/static/");
  if (isPage) event.respondWith(kept(base.pathname).then((found) => found || fetch(request)));
  else if (isFile) event.respondWith(kept(request, { ignoreSearch: true }).then((found) => found || fetch(request)));
});
