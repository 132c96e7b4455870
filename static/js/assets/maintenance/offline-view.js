/* What the visit page shows. Text always goes in as text, never as markup. */
import { element, fill, takeLine } from "../../offline/view.js";

export function showVisits(list, visits, onPhone, words) {
  list.replaceChildren(...visits.map((one) => {
    const about = [fill(words.items, { num: one.items }), one.person].filter(Boolean).join(" · ");
    return takeLine(one.id, one.name, about, onPhone.has(one.id));
  }));
}

function line(result, words, again) {
  const tone = result.state === "refused" ? "stop" : result.leftOut || result.bad ? "warn" : result.state === "sent" ? "ok" : "wait";
  const what = result.leftOut ? words.leftOut : result.bad ? words.notInOrder : words.done;
  const state = result.state === "sent" ? words.sent : result.state === "refused" ? result.reason : words.waits;
  const repair = result.repair ? fill(words.repair, { num: result.repair }) : "";
  return element("li", { class: `scanned scanned-${tone}`, "data-result-of": result.occurrence },
    element("span", { class: "scanned-word", text: what }),
    element("span", { class: "scanned-name", text: result.name }),
    element("span", { class: "quiet", text: [result.no, result.plan, result.leftOut, state, repair].filter(Boolean).join(" · ") }),
    again ? element("button", { type: "button", class: "btn btn-quiet", text: words.openAgain, on: () => again(result) }) : "");
}

export const showLast = (list, results, words) => list.replaceChildren(...results.slice(0, 5).map((one) => line(one, words)));

export function showRefused(section, refused, words, again) {
  section.hidden = !refused.length;
  section.querySelector("ul").replaceChildren(...refused.map((one) => line(one, words, again)));
}

/** The items still to be done, room by room; a tap opens one whose label cannot be scanned. */
export function showLeft(list, lines, words, open) {
  let room;
  list.replaceChildren(...lines.flatMap((one) => {
    const shown = element("li", { class: "left-line" }, element("button", { type: "button", class: "line-button", on: () => open(one) },
      element("strong", { text: one.name }), element("span", { class: "quiet", text: [one.no || words.noNumber, one.plan].join(" · ") })));
    if (one.room === room) return [shown];
    room = one.room;
    return [element("li", { class: "left-room", text: room }), shown];
  }));
}
