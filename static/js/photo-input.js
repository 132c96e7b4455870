/* Photos: thumbnails at once, each can be taken out again, large ones are made smaller before they
   travel (templates/_components/field.html, kind "photos").

   data-photo-input   the box; its file input may carry data-largest (pixels, 2000)
   data-photo-list    list that receives the thumbnails
   A photo that the browser cannot read (HEIC on a desktop) is sent as it is; the server reads it. */
import { fresh } from "./once.js";

const SMALL_ENOUGH = 1_500_000;

async function shrink(file, largest) {
  if (file.size <= SMALL_ENOUGH || !window.createImageBitmap) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, largest / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
    if (!blob || blob.size >= file.size) return file;
    return new File([blob], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file;
  }
}

function thumbnail(file, drop) {
  const item = document.createElement("li");
  const picture = document.createElement("img");
  const address = URL.createObjectURL(file);
  picture.src = address;
  picture.alt = file.name;
  picture.addEventListener("load", () => URL.revokeObjectURL(address));
  const wait = document.createElement("progress");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "photo-drop";
  button.textContent = "×";
  button.setAttribute("aria-label", `× ${file.name}`);
  button.addEventListener("click", drop);
  item.append(picture, wait, button);
  return { item, wait };
}

function watchBox(box) {
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector("[data-photo-list]");
  const largest = Number(input.dataset.largest || 2000);
  let chosen = [];
  const write = () => {
    const bag = new DataTransfer();
    chosen.forEach((one) => bag.items.add(one.file));
    input.files = bag.files;
  };
  const take = async () => {
    // Taking a second photo adds to the first; only a single-file input starts anew.
    if (!input.multiple) { chosen = []; list.replaceChildren(); }
    const fresh = [...input.files].map((file) => ({ file }));
    chosen.push(...fresh);
    write();
    for (const one of fresh) {
      const { item, wait } = thumbnail(one.file, () => {
        chosen = chosen.filter((other) => other !== one);
        item.remove();
        write();
      });
      list.append(item);
      one.file = await shrink(one.file, largest);
      wait.remove();
    }
    write();
  };
  input.addEventListener("change", take);
  if (input.files.length) take(); // chosen while this file was still on its way
}

/** Give each photo box its thumbnails. */
export function watchPhotoInputs(root) {
  for (const box of fresh(root, "[data-photo-input]", "Photos")) watchBox(box);
}
