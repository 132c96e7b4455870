/* The visit on a phone off the network: item after item is scanned, its checklist filled in, and
   the result kept until the service has it. */
import { toLatin } from "../../kedmanee.js";
import { keepPage, meant, part, say, sendingOf, watchCamera } from "../../offline/page.js";
import { fill, showChoice, showStrip } from "../../offline/view.js";
import { allInOrder, draftFrom, drawForm, faultOf, judge, putBack, resultFrom, showPhotos, takePhoto } from "./offline-form.js";
import { fetchList, fetchVisits, sendAll } from "./offline-send.js";
import { addResult, allPhotos, allResults, changePhoto, changeResults, draftOf, keep, keepDraft, keepList, lists, recall } from "./offline-store.js";
import { showLast, showLeft, showRefused, showVisits } from "./offline-view.js";

const words = JSON.parse(document.body.dataset.words);
const at = JSON.parse(document.body.dataset.addresses);
const state = { visits: [], me: undefined, lines: [], onPhone: new Set(), visit: 0, line: undefined, refused: undefined, photos: new Map(), stopped: "", busy: false };
const [scan, work, body] = [part("form"), part("work-form"), part("steps")];

const ended = (results) => new Set(results.filter((one) => one.state !== "refused").map((one) => one.occurrence));

async function load() {
  state.visits = (await recall("visits")) || [];
  state.me = await recall("me");
  const kept = await lists();
  state.onPhone = new Set(kept.map((one) => one.visit));
  const wanted = Number(await recall("visit"));
  state.visit = state.onPhone.has(wanted) ? wanted : kept[0]?.visit || 0;
  state.lines = kept.find((one) => one.visit === state.visit)?.lines || [];
}

async function draw() {
  const [results, photos] = [(await allResults()).sort((a, b) => b.at.localeCompare(a.at)), await allPhotos()];
  const waiting = results.filter((one) => one.state === "waiting");
  const refused = results.filter((one) => one.state === "refused");
  const others = waiting.filter((one) => state.me && one.person !== state.me.id);
  const number = waiting.length + photos.filter((photo) => photo.state === "waiting").length;
  showStrip(part("strip"), words, { ...state, waiting: number, refused: refused.length });
  part("others").hidden = !others.length;
  part("others").textContent = others.length ? fill(words.others, { num: others.length, name: others[0].personName }) : "";
  showRefused(part("refused-list"), refused, words, openAgain);
  showLast(part("last"), results.filter((one) => one.visit === state.visit), words);
  const done = ended(results);
  const left = state.lines.filter((one) => !one.over && !done.has(one.id));
  const over = state.lines.length - left.length;
  part("count").textContent = fill(words.share, { done: over, total: state.lines.length });
  part("bar").max = state.lines.length || 1;
  part("bar").value = over;
  showLeft(part("left"), left, words, open);
  part("all-done").hidden = left.length > 0 || !state.lines.length;
  part("finish").href = `${at.visit}/${state.visit}`;
  part("who").textContent = state.me ? state.me.name : "";
  part("work").hidden = !state.visit;
  part("no-visits").hidden = state.visits.length > 0 || state.onPhone.size > 0;
  document.body.dataset.waiting = number;
}

async function drawChoices() {
  const known = state.visits.filter((one) => state.onPhone.has(one.id));
  showVisits(part("visits"), state.visits, state.onPhone, words);
  showChoice(part("visit"), known.length ? known : [{ id: state.visit, name: words.visit }], state.visit);
}

/* Opens the checklist of an item, with what was filled in before the phone was put away. */
async function open(line, refused) {
  [state.line, state.photos, state.refused] = [line, new Map(), refused];
  part("item-name").textContent = line.name;
  part("item-about").textContent = [line.no || words.noNumber, line.room, line.plan].join(" · ");
  part("item-parts").textContent = line.parts.length ? fill(words.parts, { parts: line.parts.join(", ") }) : "";
  part("item-note").textContent = line.note;
  drawForm(body, line, words);
  work.elements.reason.value = "";
  part("skip").open = false;
  part("fault").textContent = "";
  const draft = refused?.draft || (await draftOf(line.id));
  if (draft) { putBack(work, draft); state.photos = new Map(draft.photos); }
  showPhotos(body, state.photos, words);
  work.hidden = false;
  part("item-name").focus();
  part("item-name").scrollIntoView({ block: "start" });
}

async function openAgain(refused) {
  const line = (await lists()).flatMap((one) => one.lines).find((one) => one.id === refused.occurrence);
  if (line) await open(line, refused);
  else say("stop", words.notHere);
}

function close() {
  state.line = undefined;
  work.hidden = true;
  scan.elements.code.focus();
}

async function find(event) {
  event.preventDefault();
  const field = scan.elements.code;
  const text = toLatin(field.value.trim());
  if (!text || !state.visit) return;
  field.value = "";
  const fits = meant(state.lines, text);
  const done = ended(await allResults());
  const line = fits.find((one) => !one.over && !done.has(one.id));
  if (line) {
    say("ok", line.name);
    await open(line);
  } else say("stop", fits.length ? fill(words.doneBefore, { name: fits[0].name }) : words.notHere);
}

/* Writes a result to the phone before anybody sees that it was taken. */
async function keepResult(said) {
  const { line } = state;
  const id = state.refused?.id || crypto.randomUUID();
  const photos = [...state.photos.values()].map((one) => ({ ...one, result: id, state: "waiting" }));
  const result = {
    id, occurrence: line.id, visit: line.visit, name: line.name, no: line.no, plan: line.plan, person: state.me.id, personName: state.me.name,
    ...said, draft: draftFrom(work, state.photos), at: new Date().toISOString(), state: "waiting", reason: "",
  };
  try {
    await addResult(result, said.leftOut ? [] : photos);
  } catch {
    say("stop", words.notKept);
    return;
  }
  const done = ended(await allResults());
  const next = state.lines.find((one) => one.asset === line.asset && !one.over && !done.has(one.id));
  say("ok", fill(said.leftOut ? words.keptLeftOut : words.keptDone, { name: line.name }));
  if (next) await open(next);
  else close();
  await draw();
  if (navigator.onLine) send();
}

async function finish(event) {
  event.preventDefault();
  const fault = faultOf(work, state.line, state.photos, words);
  part("fault").textContent = fault ? fault[1] : "";
  if (fault) document.getElementById(fault[0]).focus();
  else if (state.me) await keepResult(resultFrom(work, state.line, state.photos));
}

async function leaveOut() {
  const reason = work.elements.reason.value.trim();
  if (!reason) { work.elements.reason.focus(); say("stop", words.sayWhy); return; }
  if (state.me) await keepResult({ answers: [], readings: [], bad: false, leftOut: reason, minutes: "", cost: "", note: "" });
}

async function changed({ target }) {
  const { line } = state;
  if (!line) return;
  if (target.type === "file" && target.files.length) {
    await takePhoto(state.photos, Number(target.name.split("-")[1]), target.files[0]);
    target.value = "";
    showPhotos(body, state.photos, words);
  }
  judge(work, line, target);
  if (state.line === line) await keepDraft(line.id, draftFrom(work, state.photos));
}

async function takeVisits() {
  const wanted = [...part("visits").querySelectorAll("input:checked")].map((box) => Number(box.value));
  const line = part("visits-said");
  if (!wanted.length) { line.textContent = words.tickOne; return; }
  line.textContent = words.loading;
  try {
    let items = 0;
    for (const visit of wanted) {
      const found = await fetchList(at.base, visit);
      await keepList(visit, found);
      items += found.length;
    }
    line.textContent = fill(words.loaded, { num: items });
    part("setup").open = false;
  } catch {
    line.textContent = words.notLoaded;
  }
  await load();
  await drawChoices();
  await draw();
}

async function again() {
  const refused = (await allResults()).filter((one) => one.state === "refused");
  const known = new Set(refused.map((one) => one.id));
  for (const photo of await allPhotos()) if (known.has(photo.result)) await changePhoto({ ...photo, state: "waiting" });
  await changeResults(refused.map((one) => ({ ...one, state: "waiting" })));
  await send();
}

const send = sendingOf(state, {
  run: () => sendAll({ base: at.base, visits: at.visits, told: draw }),
  draw,
  afterwards: async () => {
    await load();
    // What others have done of the same visits meanwhile is over here too.
    for (const visit of state.onPhone) await fetchList(at.base, visit).then((lines) => keepList(visit, lines)).catch(() => { /* the list stays as it was */ });
    await load();
    await drawChoices();
  },
});

function listen() {
  scan.addEventListener("submit", find);
  work.addEventListener("submit", finish);
  work.addEventListener("change", changed);
  part("leave-out").addEventListener("click", leaveOut);
  part("close").addEventListener("click", close);
  part("all-good").addEventListener("click", () => { allInOrder(work, state.line); keepDraft(state.line.id, draftFrom(work, state.photos)); });
  part("again").addEventListener("click", again);
  part("take").addEventListener("click", takeVisits);
  part("visit").addEventListener("change", async (event) => { await keep("visit", Number(event.target.value)); close(); await load(); await drawChoices(); await draw(); });
  watchCamera(at.decoder, (found) => { scan.elements.code.value = found; scan.requestSubmit(); }, words.noCamera);
}

async function start() {
  await load();
  // Whoever has taken a visit along came to do it; the choice of visits stays one tap away.
  part("setup").open = !state.visit;
  // The choices last: what stands above them must not move them away under a finger.
  await draw();
  await drawChoices();
}

/* Nothing that is tapped or scanned may go past us; what is drawn waits for the phone's memory. */
listen();
/* First of all ask who is signed in: without an answer the page goes on with what it knows. */
keepPage(at);
fetchVisits(at.visits).catch((error) => { state.stopped = error.message; }).finally(() => start().then(() => { if (!state.stopped && Number(document.body.dataset.waiting)) send(); }));
