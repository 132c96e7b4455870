/* Who else has this ticket open: tells the server every fifteen seconds that this page is, and whether
   there are words in its reply, and shows what it answers.

   [data-presence="/address"]   data-token (CSRF), data-seen (last entry shown), data-writes (data-keep of the reply) */
import { fresh } from "../once.js";

const EVERY = 15000;

function keep(box) {
  const reply = document.querySelector(`form[data-keep="${CSS.escape(box.dataset.writes)}"] textarea`);
  const tell = async () => {
    if (document.hidden) return;
    const body = new URLSearchParams({
      csrf_token: box.dataset.token, seen: box.dataset.seen, writing: reply && reply.value.trim() ? "1" : "0",
    });
    try {
      const answer = await fetch(box.dataset.presence, { method: "POST", credentials: "same-origin", body });
      if (!answer.ok || answer.redirected) return;
      const words = await answer.text();
      if (box.innerHTML.trim() !== words.trim()) box.innerHTML = words;
    } catch { /* without a network nobody is seen, and nobody sees */ }
  };
  tell();
  setInterval(tell, EVERY);
  document.addEventListener("visibilitychange", tell);
  let began = Boolean(reply && reply.value.trim());
  reply?.addEventListener("input", () => {
    const writes = Boolean(reply.value.trim());
    if (writes !== began) { began = writes; tell(); }
  });
}

for (const box of fresh(document, "[data-presence]", "Presence")) keep(box);
