/* A list that stays true: asks every twenty seconds whether there is news and shows a calm bar.

   [data-live="/address"]     asked with what the page has seen; its inside becomes the bar
   data-live-seen="12.3"      how far the page has seen
   data-live-swap="a, b"      what is replaced when the reader wants to see the news
   [data-live-show]           in the bar: shows it

   Nothing is replaced before the reader asks. Ticks and the chosen row stay by the number of the
   ticket (data-id), and what is typed lies outside of what is replaced. */
import { fresh } from "../once.js";

const EVERY = 20000;

function numbers(swap) {
  return [...document.querySelectorAll(`:is(${swap}) [data-id]`)].map((row) => row.dataset.id);
}

function keep(bar) {
  const swap = bar.dataset.liveSwap;
  let mark = `W/"${bar.dataset.liveSeen}"`;
  let latest = mark;
  let pause = EVERY;

  const ask = async () => {
    if (document.hidden) return;
    const address = new URL(bar.dataset.live, location.href);
    address.searchParams.set("seen", mark.replace(/[W/"]/g, ""));
    address.searchParams.set("on", numbers(swap).join(","));
    try {
      const answer = await fetch(address, { credentials: "same-origin", cache: "no-store", headers: { "If-None-Match": latest } });
      pause = answer.ok || answer.status === 304 ? EVERY : Math.min(pause * 2, EVERY * 15);
      if (answer.status !== 200 || answer.redirected) return;
      latest = answer.headers.get("ETag") || latest;
      const words = await answer.text();
      if (bar.innerHTML.trim() !== words.trim()) bar.innerHTML = words;
    } catch { pause = Math.min(pause * 2, EVERY * 15); }
  };

  const show = async () => {
    const answer = await fetch(location.href, { credentials: "same-origin", cache: "no-store" });
    if (!answer.ok || answer.redirected) { location.reload(); return; }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const olds = [...document.querySelectorAll(swap)];
    const news = [...page.querySelectorAll(swap)];
    if (olds.length !== news.length) { location.reload(); return; }
    const ticked = new Set([...document.querySelectorAll("[data-id] [data-tick]:checked")].map((tick) => tick.closest("[data-id]").dataset.id));
    const chosen = document.querySelector("[data-id][aria-selected=true]")?.dataset.id;
    olds.forEach((old, place) => old.replaceChildren(...news[place].childNodes));
    for (const row of document.querySelectorAll("[data-id]")) {
      const tick = row.querySelector("[data-tick]");
      if (tick && ticked.has(row.dataset.id)) tick.checked = true;
      if (row.dataset.id === chosen) row.setAttribute("aria-selected", "true");
    }
    document.querySelectorAll("table[data-select]").forEach((table) => table.dispatchEvent(new Event("change")));
    const seen = page.querySelector("[data-live-seen]");
    if (seen) { bar.dataset.liveSeen = seen.dataset.liveSeen; mark = `W/"${bar.dataset.liveSeen}"`; latest = mark; }
    bar.replaceChildren();
  };

  bar.addEventListener("click", (event) => {
    if (!event.target.closest("[data-live-show]")) return;
    event.preventDefault();
    show().catch(() => location.reload());
  });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) ask(); });
  bar.addEventListener("live-ask", ask);
  const again = () => setTimeout(async () => { await ask(); again(); }, pause);
  again();
}

for (const bar of fresh(document, "[data-live]", "Live")) keep(bar);
