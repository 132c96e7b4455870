/* What pages off the network show alike. Text always goes in as text, never as markup. */
export function element(tag, options = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name === "text") made.textContent = value;
    else if (name === "on") made.addEventListener("click", value);
    else if (value !== undefined && value !== false) made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children);
  return made;
}

/** Put numbers and names into a sentence: "{num} left". */
export const fill = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (_all, name) => values[name] ?? "");

export function showStrip(strip, words, { stopped, waiting, refused, busy }) {
  const said = busy ? words.sending : stopped === "offline" ? words.offline : stopped === "sign-in" ? words.signIn
    : stopped === "trouble" ? words.trouble : words.online;
  strip.dataset.state = busy ? "busy" : stopped || "done";
  strip.querySelector("[data-said]").textContent = said;
  strip.querySelector("[data-waiting]").textContent = waiting ? fill(words.waiting, { num: waiting }) : words.nothingWaits;
  const bad = strip.querySelector("[data-refused]");
  bad.hidden = !refused;
  bad.textContent = refused ? fill(words.refusedCount, { num: refused }) : "";
  strip.querySelector("[data-sign-in]").hidden = stopped !== "sign-in";
}

export function showChoice(select, entries, chosen) {
  select.replaceChildren(...entries.map(({ id, name }) => element("option", { value: id, text: name, selected: String(id) === String(chosen) })));
}

/** A line that is ticked to be taken along. */
export function takeLine(id, name, about, ticked) {
  return element("label", { class: "take" }, element("input", { type: "checkbox", value: id, checked: ticked }),
    element("span", {}, element("strong", { text: name }), element("span", { class: "quiet", text: about })));
}

/** Make a photo small enough to travel; one that the browser cannot read goes as it is. */
export async function shrink(file, largest = 1600) {
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const scale = Math.min(1, largest / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
    return blob && blob.size < file.size ? blob : file;
  } catch {
    return file;
  }
}
