/* What guest pages load: photos, sending once, copying the private link. The pages work without it. */
import { watchForms } from "./submit-once.js";
import { watchPhotoInputs } from "./photo-input.js";
import { watchLinks } from "./copy-link.js";

document.documentElement.classList.add("js");
watchForms(document);
watchPhotoInputs(document);
watchLinks(document);
