/* What signed-in pages load. Each module looks for its own data attributes and does nothing without them. */
import { watchScanBoxes } from "./scan-box.js";
import { watchForms } from "./submit-once.js";
import { watchPhotoInputs } from "./photo-input.js";
import { watchKeys } from "./shortcuts.js";
import { watchDisclosures } from "./disclosure.js";
import { watchTimes } from "./relative-time.js";
import { watchLinks } from "./copy-link.js";
import { watchLists } from "./lists.js";
import { watchParts } from "./live-part.js";

function watch(root) {
  watchScanBoxes(root);
  watchForms(root);
  watchPhotoInputs(root);
  watchDisclosures(root);
  watchTimes(root);
  watchLinks(root);
  watchLists(root);
  watchParts(root);
}

// On a phone the tab of this page may lie beyond the edge.
for (const tab of document.querySelectorAll(".tabs [aria-current], .views [aria-current]")) {
  const row = tab.parentElement;
  row.scrollLeft = tab.offsetLeft - row.offsetLeft - (row.clientWidth - tab.clientWidth) / 2;
}

watch(document);
watchKeys();
// Parts that htmx puts in later get the same treatment; every module skips what it has seen.
document.addEventListener("htmx:load", (event) => watch(event.detail.elt));
