/* Keys of every page: "/" to the box, j and k (or the arrows) through rows, x ticks the chosen row,
   Enter opens, "?" shows the keys.

   data-rows          around rows ([data-row] or the rows of a table body)
   data-key="e"       an element that this letter presses, on the chosen row or on the page
   No key acts while someone types, or with Ctrl, Alt or Meta. */
const typing = "input, textarea, select, [contenteditable]";

function rows() {
  const around = document.querySelector("[data-rows]") || document.querySelector("main .table tbody");
  return around ? [...around.querySelectorAll(around.matches("tbody") ? "tr" : "[data-row], tbody tr")] : [];
}

function move(by) {
  const all = rows();
  if (!all.length) return;
  const now = all.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const next = all[Math.min(Math.max(now + by, 0), all.length - 1)];
  all.forEach((row) => row.removeAttribute("aria-selected"));
  next.setAttribute("aria-selected", "true");
  next.scrollIntoView({ block: "nearest" });
  next.querySelector("a[href]")?.focus({ preventScroll: true });
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
    else if (/^Arrow(Up|Down)$/.test(event.key) && chosenRow()) { event.preventDefault(); move(event.key === "ArrowDown" ? 1 : -1); }
    else if (event.key === "x" && chosenRow()?.querySelector("[data-tick]")) chosenRow().querySelector("[data-tick]").click();
    else if (event.key === "?" && help) { help.hidden = !help.hidden; if (!help.hidden) help.focus(); }
    else if (/^[a-z]$/.test(event.key) && press(event.key)) event.preventDefault();
  });
}
