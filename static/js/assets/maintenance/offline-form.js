/* The checklist of one item: drawn from what was taken along, read back as a result. */
import { element, fill, shrink } from "../../offline/view.js";

const digits = (text) => text.replace(/[๐-๙]/g, (one) => String("๐๑๒๓๔๕๖๗๘๙".indexOf(one))).replace(/,/g, "").trim();
const isNumber = (text) => /^-?\d+(\.\d+)?$/.test(digits(text));
const isWhole = (text) => /^\d+$/.test(digits(text));

function field(label, name, more = {}) {
  return element("div", {}, element("label", { class: "field-label", for: name, text: label }),
    element("input", { class: "field-input", id: name, name, maxlength: 300, ...more }));
}

function chip(name, value, label) {
  return element("label", { class: "chip" }, element("input", { type: "radio", id: `${name}-${value}`, name, value }), element("span", { text: label }));
}

function limits(step, words) {
  if (step.least === null && step.most === null) return step.unit;
  return fill(words.limits, { least: step.least ?? "…", most: step.most ?? "…", unit: step.unit });
}

function stepFields(step, number, words) {
  const name = `step-${step.id}`;
  const parts = [element("legend", { text: `${number}. ${step.text}${step.required ? "" : ` (${words.optional})`}` })];
  if (step.kind === "reading") parts.push(field([words.reading, limits(step, words)].filter(Boolean).join(" · "), `${name}-reading`, { inputmode: "decimal", autocomplete: "off" }));
  if (step.kind === "photo") {
    parts.push(field(words.photo, `${name}-photo`, { type: "file", accept: "image/*", capture: "environment" }));
    parts.push(element("p", { class: "quiet", "data-photo-of": step.id }));
  }
  parts.push(element("div", { class: "chips" }, chip(name, "good", words.inOrder), chip(name, "bad", words.notInOrder)));
  parts.push(field(words.remark, `${name}-note`));
  return element("fieldset", { class: "check-step", "data-step": step.id }, ...parts);
}

function meterFields(meter, number, words) {
  const name = `meter-${number}`;
  const shown = meter.last === null ? meter.meter : fill(words.meterLast, { meter: meter.meter, num: meter.last.toLocaleString() });
  return element("fieldset", { class: "check-step" }, element("legend", { text: fill(words.meter, { meter: meter.meter }) }),
    field(shown, name, { inputmode: "numeric", autocomplete: "off" }),
    element("label", { class: "take" }, element("input", { type: "checkbox", name: `${name}-replaced` }), element("span", { text: words.replaced })));
}

/** Draw the fields of an item into a form. */
export function drawForm(body, line, words) {
  body.replaceChildren(
    ...line.steps.map((step, place) => stepFields(step, place + 1, words)),
    ...line.meters.map((meter, place) => meterFields(meter, place, words)),
    element("div", { class: "side-by-side" },
      field(fill(words.minutes, { num: line.minutes }), "minutes", { inputmode: "numeric", autocomplete: "off" }),
      field(words.cost, "cost", { inputmode: "decimal", autocomplete: "off" })),
    field(words.remark, "note"));
}

/** Say "in order" to every step that has no answer yet; readings and photos stay to be given. */
export function allInOrder(form, line) {
  for (const step of line.steps) {
    const chosen = form.elements[`step-${step.id}`];
    if (step.kind === "tick" && !chosen.value) chosen.value = "good";
  }
}

/** A reading says by itself whether it lies within its limits. */
export function judge(form, line, target) {
  const step = line.steps.find((one) => target.name === `step-${one.id}-reading`);
  if (!step || !isNumber(target.value)) return;
  const shown = Number(digits(target.value));
  const outside = (step.least !== null && shown < step.least) || (step.most !== null && shown > step.most);
  form.elements[`step-${step.id}`].value = outside ? "bad" : "good";
}

/** Return what is filled in, as a draft that can be put back. */
export function draftFrom(form, photos) {
  const values = {};
  for (const one of form.elements) {
    if (!one.name || one.type === "file") continue;
    if (one.type === "radio" || one.type === "checkbox") { if (one.checked) values[one.name] = one.type === "radio" ? one.value : true; }
    else if (one.value) values[one.name] = one.value;
  }
  return { values, photos: [...photos] };
}

export function putBack(form, { values }) {
  for (const [name, value] of Object.entries(values)) {
    const one = form.elements[name];
    if (!one) continue;
    if (value === true) one.checked = true;
    else one.value = value;
  }
}

export async function takePhoto(photos, step, file) {
  photos.set(step, { id: crypto.randomUUID(), blob: await shrink(file) });
}

export function showPhotos(body, photos, words) {
  for (const line of body.querySelectorAll("[data-photo-of]")) line.textContent = photos.has(Number(line.dataset.photoOf)) ? words.photoTaken : "";
}

function answerOf(form, step, photos) {
  const name = `step-${step.id}`;
  const answer = { step: step.id, good: form.elements[name].value !== "bad", note: form.elements[`${name}-note`].value.trim() };
  if (step.kind === "reading") answer.reading = digits(form.elements[`${name}-reading`].value);
  if (step.kind === "photo") answer.photo = photos.get(step.id)?.id || "";
  return answer;
}

const given = (form, step, photos) => {
  const name = `step-${step.id}`;
  if (step.kind === "reading") return Boolean(form.elements[`${name}-reading`].value.trim());
  if (step.kind === "photo") return photos.has(step.id);
  return Boolean(form.elements[name].value);
};

/** Return what keeps the form from being done as [name of the field, sentence], undefined if nothing. */
export function faultOf(form, line, photos, words) {
  for (const step of line.steps) {
    const name = `step-${step.id}`;
    const [isGiven, chosen] = [given(form, step, photos), form.elements[name].value];
    const asked = step.kind === "reading" ? `${name}-reading` : step.kind === "photo" ? `${name}-photo` : `${name}-good`;
    // Whoever says that an optional reading is in order has to say what it shows.
    if (!isGiven && (step.required || chosen)) return [asked, fill(words.missing, { step: step.text })];
    if (isGiven && !chosen) return [`${name}-good`, fill(words.missing, { step: step.text })];
    if (step.kind === "reading" && isGiven && !isNumber(form.elements[asked].value)) return [asked, fill(words.noNumberTyped, { step: step.text })];
  }
  for (const [place, meter] of line.meters.entries()) {
    const value = form.elements[`meter-${place}`].value;
    if (!value.trim()) continue;
    if (!isWhole(value)) return [`meter-${place}`, fill(words.noNumberTyped, { step: meter.meter })];
    if (meter.last !== null && Number(digits(value)) < meter.last && !form.elements[`meter-${place}-replaced`].checked) return [`meter-${place}`, fill(words.backwards, { num: meter.last })];
  }
  for (const [name, fits] of [["minutes", isWhole], ["cost", isNumber]]) {
    const value = form.elements[name].value;
    if (value.trim() && !fits(value)) return [name, fill(words.noNumberTyped, { step: value })];
  }
  return undefined;
}

/** Return the result that the form holds. */
export function resultFrom(form, line, photos) {
  const answers = line.steps.filter((step) => given(form, step, photos)).map((step) => answerOf(form, step, photos));
  const readings = line.meters.flatMap(({ meter }, place) => {
    const value = digits(form.elements[`meter-${place}`].value);
    return value ? [{ meter, value, replaced: form.elements[`meter-${place}-replaced`].checked }] : [];
  });
  return {
    answers, readings, bad: answers.some((one) => !one.good), leftOut: "",
    minutes: digits(form.elements.minutes.value), cost: digits(form.elements.cost.value), note: form.elements.note.value.trim(),
  };
}
