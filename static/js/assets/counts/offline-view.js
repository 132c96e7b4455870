/* What the offline page shows. Text always goes in as text, never as markup. */
const tones = { ok: "ok", info: "info", neutral: "info", warn: "warn", danger: "stop", waiting: "wait" };

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

export function showRooms(list, rooms, onPhone, words) {
  list.replaceChildren(...rooms.map((room) => {
    const box = element("input", { type: "checkbox", value: room.id, checked: onPhone.has(room.id) });
    const place = [room.unit, room.building].filter(Boolean).join(" · ");
    const share = fill(words.share, { done: room.counted, total: room.expected });
    return element("label", { class: "take" }, box, element("span", {},
      element("strong", { text: room.name }), element("span", { class: "quiet", text: `${place} · ${share}` })));
  }));
}

export function showChoice(select, entries, chosen) {
  select.replaceChildren(...entries.map(({ id, name }) => element("option", { value: id, text: name, selected: String(id) === String(chosen) })));
}

function line(scan, words, note) {
  const { answer } = scan;
  const told = scan.state === "refused" ? scan.reason : answer ? answer.words : scan.guess.words;
  const tone = scan.state === "refused" ? "stop" : answer ? tones[answer.tone] : "wait";
  const name = answer?.name || scan.guess.name || "";
  const state = scan.state === "sent" ? words.sent : scan.state === "refused" ? words.notTaken : words.waits;
  return element("li", { class: `scanned scanned-${tone}`, "data-scan": scan.id },
    element("span", { class: "scanned-word", text: told }),
    element("span", { class: "scanned-name", text: name || scan.code }),
    element("span", { class: "quiet", text: [scan.withSet ? words.withSet : name ? scan.code : "", scan.roomName, scan.remark, state].filter(Boolean).join(" · ") }),
    note ? element("button", { type: "button", class: "btn btn-quiet", text: words.note, on: () => note(scan) }) : "");
}

export const showLast = (list, scans, words, note) => list.replaceChildren(...scans.slice(0, 5).map((scan) => line(scan, words, note)));

export function showRefused(section, refused, words) {
  section.hidden = !refused.length;
  section.querySelector("ul").replaceChildren(...refused.map((scan) => line(scan, words)));
}

export function showLeft(list, lines, words) {
  list.replaceChildren(...lines.map((one) => element("li", {},
    element("span", { class: "mono", text: one.no || words.noNumber }), element("span", { text: one.name }),
    one.quantity > 1 ? element("span", { class: "quiet", text: `× ${one.quantity}` }) : "")));
}

/** Offer the parts of a set that was scanned; each is confirmed by one tap, none of itself. */
export function showParts(box, parts, words, confirm) {
  box.hidden = !parts.length;
  box.querySelector("ul").replaceChildren(...parts.map((one) => element("li", { class: "set-part" },
    element("span", {}, element("strong", { text: one.name }), element("span", { class: "mono quiet", text: one.no || words.noNumber })),
    element("button", { type: "button", class: "btn", text: words.isHere, on: () => confirm(one) }))));
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
