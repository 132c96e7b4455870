/* Lists: "tick all", the bulk bar that appears with the first tick, selects that send themselves.

   table[data-select]   with [data-tick-all] and [data-tick] boxes (templates/_components/table.html)
   [data-bulk]          bar shown while something is ticked; [data-bulk-count] receives the number
   select[data-autosubmit]   sends its form when changed
   [data-print]         prints the page */
import { fresh } from "./once.js";

function watchTicks(table) {
  const all = table.querySelector("[data-tick-all]");
  const form = table.closest("form") || document;
  const bar = form.querySelector("[data-bulk]");
  const show = () => {
    const ticks = [...table.querySelectorAll("[data-tick]")];
    const on = ticks.filter((tick) => tick.checked).length;
    if (all) { all.checked = on > 0 && on === ticks.length; all.indeterminate = on > 0 && on < ticks.length; }
    if (!bar) return;
    bar.hidden = on === 0;
    const count = bar.querySelector("[data-bulk-count]");
    if (count) count.textContent = String(on);
  };
  table.addEventListener("change", (event) => {
    if (event.target === all) table.querySelectorAll("[data-tick]").forEach((tick) => { tick.checked = all.checked; });
    show();
  });
  show();
}

export function watchLists(root) {
  for (const table of fresh(root, "table[data-select]", "Ticks")) watchTicks(table);
  for (const select of fresh(root, "select[data-autosubmit]", "Auto")) {
    select.form.querySelector("button[type=submit]")?.classList.add("visually-hidden");
    select.addEventListener("change", () => select.form.requestSubmit());
  }
  for (const button of fresh(root, "[data-print]", "Print")) button.addEventListener("click", () => window.print());
}
