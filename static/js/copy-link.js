/* Copying and sharing a link (templates/_components/copy_link.html); the buttons appear only where
   the browser can do it. data-copy-link around, data-copy-source the field, data-copy, data-share. */
import { fresh } from "./once.js";

export function watchLinks(root) {
  for (const box of fresh(root, "[data-copy-link]", "Copy")) {
    const source = box.querySelector("[data-copy-source]");
    const copy = box.querySelector("[data-copy]");
    const share = box.querySelector("[data-share]");
    source.addEventListener("focus", () => source.select());
    if (copy && navigator.clipboard) {
      copy.hidden = false;
      copy.addEventListener("click", async () => {
        await navigator.clipboard.writeText(source.value);
        copy.querySelector("span").textContent = copy.dataset.done;
      });
    }
    if (share && navigator.share) {
      share.hidden = false;
      share.addEventListener("click", () => {
        navigator.share({ title: share.dataset.shareTitle, url: share.dataset.share }).catch(() => { /* closed */ });
      });
    }
  }
}
