/* What guest pages load: photos, sending once, copying the private link,
   parts that follow what is typed. The pages work without it. */
import { watchForms } from "./submit-once.js";
import { watchPhotoInputs } from "./photo-input.js";
import { watchLinks } from "./copy-link.js";
import { watchParts } from "./live-part.js";

document.documentElement.classList.add("js");
watchForms(document);
watchPhotoInputs(document);
watchLinks(document);
watchParts(document);
