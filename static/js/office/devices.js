/* Lets this browser show notes: asks its owner, subscribes at its push service, tells the service. */
const box = document.querySelector("[data-push]");
const button = box?.querySelector("[data-push-add]");

function bytes(text) {
  const padded = text.replaceAll("-", "+").replaceAll("_", "/").padEnd(Math.ceil(text.length / 4) * 4, "=");
  return Uint8Array.from(atob(padded), (letter) => letter.charCodeAt(0));
}

function written(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

function called() {
  const brands = navigator.userAgentData?.brands?.map((one) => one.brand).filter((name) => !name.includes("Not"));
  const platform = navigator.userAgentData?.platform || navigator.platform;
  return [brands?.at(-1), platform].filter(Boolean).join(" · ");
}

async function add() {
  const worker = await navigator.serviceWorker.register(box.dataset.worker);
  if ((await Notification.requestPermission()) !== "granted") throw new Error("forbidden");
  const made = await worker.pushManager.subscribe({
    userVisibleOnly: true,
    applicationServerKey: bytes(box.dataset.key),
  });
  const sent = new URLSearchParams({
    csrf_token: box.dataset.token,
    endpoint: made.endpoint,
    public_key: written(made.getKey("p256dh")),
    secret: written(made.getKey("auth")),
    called: called(),
  });
  const answer = await fetch(box.dataset.add, { method: "POST", body: sent });
  if (!answer.ok) throw new Error("refused");
}

if (button) {
  const able = "serviceWorker" in navigator && "PushManager" in window && Notification.permission !== "denied";
  button.hidden = !able;
  box.querySelector("[data-push-unable]").hidden = able;
  button.addEventListener("click", async () => {
    button.disabled = true;
    try {
      await add();
      location.reload();
    } catch {
      button.disabled = false;
      box.querySelector("[data-push-unable]").hidden = false;
    }
  });
}
