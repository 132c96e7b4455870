/* Shows the notes that the service sends to this device, and opens the page a note is about. It has
   no pages of its own and keeps nothing. */
self.addEventListener("push", (event) => {
  const note = event.data ? event.data.json() : {};
  event.waitUntil(
    self.registration.showNotification(note.title || "", {
      body: note.body || "",
      tag: note.tag,
      data: { link: note.link || "/inbox" },
    }),
  );
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const target = new URL(event.notification.data.link, self.location.origin);
  if (target.origin !== self.location.origin) return;
  event.waitUntil(self.clients.openWindow(target.href));
});
