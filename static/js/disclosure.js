/* Panels and menus are <details> and work by themselves; this adds what they lack.

   details[data-disclosure="menu"] and details.filter   close with Esc and with a click elsewhere
   details[data-disclosure]   a link to its id (#id) opens it
   details[data-fold]         facts: open on wide screens, folded on phones */
import { fresh } from "./once.js";

const closing = "details[data-disclosure=menu], details.filter";

function openTarget() {
  const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const panel = target && target.closest("details[data-disclosure]");
  if (panel) panel.open = true;
}

export function watchDisclosures(root) {
  for (const fold of fresh(root, "details[data-fold]", "Fold")) {
    if (window.matchMedia("(min-width: 900px)").matches) fold.open = true;
  }
  // What was wrong is read first.
  if (root === document) root.querySelector("[data-focus]")?.focus();
}

document.addEventListener("click", (event) => {
  document.querySelectorAll(closing).forEach((box) => { if (box.open && !box.contains(event.target)) box.open = false; });
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  document.querySelectorAll(closing).forEach((box) => {
    if (box.open) { box.open = false; box.querySelector("summary").focus(); }
  });
});
window.addEventListener("hashchange", openTarget);
openTarget();
