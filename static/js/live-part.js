/* Parts of a form's page that follow what is typed: the questions of the chosen category, what was
   reported in the room already. Without this script the page has a button that does the same.

   [data-part="/address"]       fetched anew when one of the named fields of its form changes
   data-part-names="a b"        the fields, sent along by their names
   data-part-wait="500"         milliseconds after the last key stroke */
import { fresh } from "./once.js";

function follow(part) {
  const form = part.closest("form");
  const names = part.dataset.partNames.split(" ");
  const wait = Number(part.dataset.partWait || 0);
  let timer = 0;
  let asked = 0;
  let last = null;

  const load = async () => {
    const query = new URLSearchParams();
    const data = new FormData(form);
    for (const name of names) {
      const values = data.getAll(name);
      for (const value of values.length ? values : [""]) query.append(name, String(value).slice(0, 500));
    }
    if (String(query) === last) return;
    last = String(query);
    const mine = ++asked;
    try {
      const answer = await fetch(`${part.dataset.part}${part.dataset.part.includes("?") ? "&" : "?"}${query}`, { credentials: "same-origin" });
      // A slower answer to an older question must not overwrite a newer one.
      if (!answer.ok || mine !== asked) return;
      const html = await answer.text();
      if (mine === asked && !part.contains(document.activeElement)) part.innerHTML = html;
    } catch { /* without a network the page stays as it is */ }
  };

  form.addEventListener("input", (event) => {
    if (!names.includes(event.target.name)) return;
    clearTimeout(timer);
    timer = setTimeout(load, wait);
  });
  form.addEventListener("change", (event) => {
    if (names.includes(event.target.name)) { clearTimeout(timer); load(); }
  });
}

/** Start every part below root. */
export function watchParts(root) {
  for (const part of fresh(root, "[data-part]", "Part")) if (part.closest("form")) follow(part);
}
