/* Asking the service from a page that may be off the network, and sending what waits. */

/* Why a sending stopped: "offline", "sign-in", "trouble". */
export class Stopped extends Error {}

export async function ask(address, options = {}) {
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

/** Fetch what must come, or stop. */
export async function fetchJson(address) {
  const { ok, body } = await ask(address);
  if (!ok) throw new Stopped("trouble");
  return body;
}

/** Send something of a session; make(token) gives headers and body. */
export async function post(address, session, make) {
  for (const again of [false, true]) {
    const answer = await ask(address, { method: "POST", ...make(session.token) });
    // A new sign-in has a new token: fetch it once and send the same things again.
    if (answer.ok || answer.body.code !== "csrf") return answer;
    if (again) throw new Stopped("sign-in");
    Object.assign(session, await session.greet());
  }
  throw new Stopped("trouble");
}

export const asJson = (content) => (token) => ({
  headers: { "Content-Type": "application/json", "X-CSRFToken": token }, body: JSON.stringify(content),
});

export const asPhoto = (fields, blob) => (token) => {
  const form = new FormData();
  Object.entries(fields).forEach(([name, value]) => form.append(name, value));
  form.append("photo", blob, "photo.jpg");
  return { headers: { "X-CSRFToken": token }, body: form };
};

/** Make of run() a sending that resolves to "done" or why it stopped; of several windows one sends. */
export function sender(lock, run) {
  let under;
  const safely = async (options) => {
    try {
      await run(options);
      return "done";
    } catch (error) {
      if (error instanceof Stopped) return error.message;
      throw error;
    }
  };
  return (options) => {
    const work = () => safely(options);
    under ??= (navigator.locks ? navigator.locks.request(lock, work) : work()).finally(() => { under = undefined; });
    return under;
  };
}
