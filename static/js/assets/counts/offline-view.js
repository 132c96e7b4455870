/* What the counting page shows. Text always goes in as text, never as markup. */
import { element, fill, takeLine } from "../../offline/view.js";

const tones = { ok: "ok", info: "info", neutral: "info", warn: "warn", danger: "stop", waiting: "wait" };

export function showRooms(list, rooms, onPhone, words) {
  list.replaceChildren(...rooms.map((room) => {
    const place = [room.unit, room.building].filter(Boolean).join(" · ");
    const share = fill(words.share, { done: room.counted, total: room.expected });
    return takeLine(room.id, room.name, `${place} · ${share}`, onPhone.has(room.id));
  }));
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
