/* Keys of every page: "/" to the box, j and k (or the arrows) through rows, h and l (or the arrows)
   between columns, x ticks the chosen row, Enter opens, "?" shows the keys.

   data-lane          a column of rows on a board
   data-rows          around rows ([data-row] or the rows of a table body)
   data-key="e"       an element that this letter presses, on the chosen row or on the page
   No key acts while someone types, or with Ctrl, Alt or Meta. */
// A tick box takes no letters: whoever has just ticked goes on with the keys.
const typing = "input:not([type=checkbox]), textarea, select, [contenteditable]";

function rows() {
  const around = document.querySelector("[data-rows]") || document.querySelector("main .table tbody");
  return around ? [...around.querySelectorAll(around.matches("tbody") ? "tr" : "[data-row], tbody tr")] : [];
}

function move(by) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.getAttribute("aria-selected") === "true");
  choose(all, all[Math.min(Math.max(now + by, 0), all.length - 1)]);
}

function choose(all, next) {
  all.forEach((row) => row.removeAttribute("aria-selected"));
  next.setAttribute("aria-selected", "true");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("a[href]")?.focus({ preventScroll: true });
}

/** To the column beside this one, to the row at the same height; empty columns are passed over. */
function cross(by) {
  const chosen = chosenRow();
  const lanes = [...document.querySelectorAll("[data-lane]")].filter((lane) => lane.querySelector("[data-row]"));
  if (!lanes.length) return;
  if (!chosen) { move(1); return; }
  const here = lanes.indexOf(chosen.closest("[data-lane]"));
  const lane = lanes[Math.min(Math.max(here + by, 0), lanes.length - 1)];
  const height = [...lanes[here].querySelectorAll("[data-row]")].indexOf(chosen);
  const beside = [...lane.querySelectorAll("[data-row]")];
  choose(rows(), beside[Math.min(height, beside.length - 1)]);
}

function chosenRow() {
  return document.querySelector("[aria-selected=true]");
}

function press(key) {
  const chosen = chosenRow();
  const target = chosen?.querySelector(`[data-key="${key}"]`) || document.querySelector(`main [data-key="${key}"]`);
  if (!target) return false;
  if (target.matches(typing)) target.focus(); else target.click();
  return true;
}

/** Write down the keys of the elements that this page has, each letter once. */
function tell(help) {
  const list = help.querySelector("[data-keys-here]");
  if (!list) return;
  const known = new Map();
  for (const one of document.querySelectorAll("main [data-key]")) {
    const words = (one.getAttribute("aria-label") || one.textContent || one.labels?.[0]?.textContent || "").trim();
    if (words && !known.has(one.dataset.key)) known.set(one.dataset.key, words);
  }
  list.replaceChildren(...[...known].map(([key, words]) => {
    const [row, term, sign, said] = ["div", "dt", "kbd", "dd"].map((name) => document.createElement(name));
    sign.textContent = key;
    said.textContent = words;
    term.append(sign);
    row.append(term, said);
    return row;
  }));
}

export function watchKeys() {
  const help = document.getElementById("key-help");
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      if (help && !help.hidden) help.hidden = true;
      else if (event.target.matches("[data-scan-input]")) event.target.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || event.target.closest(typing)) return;
    if (event.key === "/") {
      const box = document.querySelector("[data-keep-focus] [data-scan-input]") || document.querySelector("[data-scan-input]");
      if (box) { event.preventDefault(); box.focus(); box.select(); }
    } else if (event.key === "j") move(1);
    else if (event.key === "k") move(-1);
    else if (/^(h|l|ArrowLeft|ArrowRight)$/.test(event.key) && document.querySelector("[data-lane]")) {
      event.preventDefault();
      cross(/^(h|ArrowLeft)$/.test(event.key) ? -1 : 1);
    }
    else if (/^Arrow(Up|Down)$/.test(event.key) && chosenRow()) { event.preventDefault(); move(event.key === "ArrowDown" ? 1 : -1); }
    else if (event.key === "x" && chosenRow()?.querySelector("[data-tick]")) chosenRow().querySelector("[data-tick]").click();
    else if (event.key === "?" && help) { help.hidden = !help.hidden; if (!help.hidden) { tell(help); help.focus(); } }
    else if (/^[a-z]$/.test(event.key) && press(event.key)) event.preventDefault();
  });
}
