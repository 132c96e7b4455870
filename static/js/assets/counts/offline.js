/* The counting page that works off the network. What it says of a scan is a guess from the list
   that was taken along; the service decides when the scan arrives. */
import { toLatin } from "../../kedmanee.js";
import { keepPage, meant, part, say, sendingOf, tagOf, watchCamera } from "../../offline/page.js";
import { fill, showChoice, showStrip, shrink } from "../../offline/view.js";
import { fetchList, fetchRounds, sendAll } from "./offline-send.js";
import { addScan, allPhotos, allScans, changePhoto, changeScans, keep, keepList, lists, recall } from "./offline-store.js";
import { showLast, showLeft, showParts, showRefused, showRooms } from "./offline-view.js";

const words = JSON.parse(document.body.dataset.words);
const at = JSON.parse(document.body.dataset.addresses);
const MANY = 12;
const state = { rounds: [], me: undefined, lines: [], rooms: new Set(), round: 0, room: 0, stopped: "", busy: false, device: "" };
const form = part("form");
const PART = "set-part:";

/* Lines of the list and parts of its sets, which may be on no room's list of their own. */
function byId(id) {
  const line = state.lines.find((one) => one.id === id);
  return line || state.lines.flatMap((one) => one.parts || []).find((one) => one.id === id);
}

function guess(text) {
  if (text.startsWith(PART)) {
    const confirmed = byId(Number(text.slice(PART.length)));
    return { words: words.found, name: confirmed?.name || "", tone: "ok", asset: confirmed?.id };
  }
  const fits = meant(state.lines, text);
  const line = fits.find((one) => one.room === state.room) || fits[0];
  if (!line) return { words: words.notHere, name: "", tone: "stop" };
  const here = line.room === state.room;
  return { words: here ? words.found : words.otherRoom, name: line.name, tone: here ? "ok" : "stop", asset: line.id };
}

async function load() {
  state.rounds = (await recall("rounds")) || [];
  state.me = await recall("me");
  const kept = await lists();
  state.round = Number(await recall("round")) || state.rounds[0]?.id || 0;
  if (!state.rounds.some((one) => one.id === state.round)) state.round = state.rounds[0]?.id || state.round;
  const mine = kept.filter((one) => one.round === state.round);
  state.rooms = new Set(mine.map((one) => one.room));
  state.lines = mine.flatMap((one) => one.lines);
  const known = roomsOfRound().filter((room) => state.rooms.has(room.id));
  const wanted = Number(await recall("room"));
  state.room = known.some((room) => room.id === wanted) ? wanted : known[0]?.id || 0;
  state.device = (await recall("device")) || "";
  if (!state.device) await keep("device", state.device = crypto.randomUUID());
}

const roomsOfRound = () => state.rounds.find((one) => one.id === state.round)?.rooms || [];
const roomName = () => roomsOfRound().find((room) => room.id === state.room)?.name || "";

async function draw() {
  const [all, photos] = [await allScans(), await allPhotos()];
  const scans = all.sort((a, b) => b.at.localeCompare(a.at));
  const waiting = scans.filter((scan) => scan.state === "waiting");
  const refused = scans.filter((scan) => scan.state === "refused");
  const others = waiting.filter((scan) => state.me && scan.person !== state.me.id);
  const waitingPhotos = photos.filter((photo) => photo.state === "waiting").length;
  showStrip(part("strip"), words, { ...state, waiting: waiting.length + waitingPhotos, refused: refused.length });
  part("others").hidden = !others.length;
  part("others").textContent = others.length ? fill(words.others, { num: others.length, name: others[0].personName }) : "";
  showRefused(part("refused-list"), refused, words);
  const here = scans.filter((scan) => scan.round === state.round);
  showLast(part("last"), here.filter((scan) => scan.room === state.room), words, openNote);
  const done = new Set(here.filter((scan) => scan.state !== "refused").map((scan) => scan.guess.asset).filter(Boolean));
  const expected = state.lines.filter((one) => one.room === state.room);
  const left = expected.filter((one) => !one.counted && !done.has(one.id));
  part("count").textContent = fill(words.share, { done: expected.length - left.length, total: expected.length });
  part("bar").max = expected.length || 1;
  part("bar").value = expected.length - left.length;
  showLeft(part("left"), left, words);
  const counted = new Set(state.lines.filter((one) => one.counted).map((one) => one.id));
  showParts(part("set"), (state.set?.parts || []).filter((one) => !done.has(one.id) && !counted.has(one.id)), words, confirmPart);
  part("who").textContent = state.me ? state.me.name : "";
  part("work").hidden = !state.room;
  part("no-rounds").hidden = state.rounds.length > 0;
  document.body.dataset.waiting = waiting.length + waitingPhotos;
}

async function drawChoices() {
  showChoice(part("round"), state.rounds, state.round);
  showRooms(part("rooms"), roomsOfRound(), state.rooms, words);
  part("find").hidden = roomsOfRound().length <= MANY;
  findRooms();
  showChoice(part("room"), roomsOfRound().filter((room) => state.rooms.has(room.id)), state.room);
}

/** Show only the rooms whose name, building or unit holds every word; ticks stay as they are. */
function findRooms() {
  const typed = part("find").hidden ? "" : part("find").querySelector("input").value;
  const wanted = typed.toLowerCase().split(/\s+/).filter(Boolean);
  for (const line of part("rooms").children) line.hidden = !wanted.every((word) => line.textContent.toLowerCase().includes(word));
}

function tickShown() {
  for (const line of part("rooms").children) if (!line.hidden) line.querySelector("input").checked = true;
}

function openNote(scan) {
  form.elements.code.value = scan.code;
  part("more").open = true;
  form.elements.remark.focus();
}

async function take(event) {
  event.preventDefault();
  const field = form.elements.code;
  const text = toLatin(field.value.trim());
  if (!text || !state.room || !state.me) return;
  if (await walkInto(text)) { field.value = ""; field.focus(); return; }
  const more = form.elements;
  const said = { condition: more.condition.value, quantity: more.quantity.value === "" ? null : Number(more.quantity.value), remark: more.remark.value.trim() };
  const files = [...more.photos.files];
  field.value = "";
  more.condition.value = more.quantity.value = more.remark.value = "";
  more.photos.value = "";
  part("photo-count").textContent = "";
  part("more").open = false;
  const kept = await keepScan(text, said, files);
  // Nothing was kept, so nothing may look as if it were.
  if (!kept) field.value = text;
  field.focus();
}

/* The label of a room leads into that room; whether it was one. */
async function walkInto(text) {
  const tag = tagOf(text);
  const room = roomsOfRound().find((one) => one.tag && one.tag === tag);
  if (!room) return false;
  if (!state.rooms.has(room.id)) {
    say("stop", fill(words.roomNotTaken, { name: room.name }));
    return true;
  }
  await choose("room", room.id);
  say("ok", fill(words.inRoom, { name: room.name }));
  return true;
}

/* Writes a scan to the phone, says what it seems to be, and sends it where there is a network. */
async function keepScan(text, said, files = []) {
  const seen = guess(text);
  const id = crypto.randomUUID();
  const scan = {
    id, person: state.me.id, personName: state.me.name, round: state.round, room: state.room, roomName: roomName(), code: text, withSet: text.startsWith(PART),
    ...said, at: new Date().toISOString(), guess: seen, state: "waiting", reason: "", answer: null,
  };
  try {
    const photos = await Promise.all(files.map(async (file) => ({ id: crypto.randomUUID(), scan: id, blob: await shrink(file), state: "waiting", reason: "" })));
    await addScan(scan, photos);
  } catch {
    say("stop", words.notKept);
    return false;
  }
  say(seen.tone, seen.name ? `${seen.words}: ${seen.name}` : seen.words);
  state.set = state.lines.find((one) => one.id === seen.asset && one.parts?.length) || state.set;
  await draw();
  if (navigator.onLine) send();
  return true;
}

async function confirmPart(one) {
  await keepScan(PART + one.id, { condition: "", quantity: null, remark: "" });
  form.elements.code.focus();
}

async function takeRooms() {
  const wanted = [...part("rooms").querySelectorAll("input:checked")].map((box) => Number(box.value));
  const line = part("rooms-said");
  if (!wanted.length) { line.textContent = words.tickOne; return; }
  line.textContent = words.loading;
  try {
    const ticked = new Set(wanted);
    const lines = await fetchList(at.base, state.round, roomsOfRound().filter((room) => ticked.has(room.id)));
    for (const room of wanted) await keepList(state.round, room, lines.filter((one) => one.room === room));
    line.textContent = fill(words.loaded, { num: lines.length });
    part("setup").open = false;
  } catch {
    line.textContent = words.notLoaded;
  }
  await load();
  await drawChoices();
  await draw();
}

async function again() {
  await changeScans((await allScans()).filter((scan) => scan.state === "refused").map((scan) => ({ ...scan, state: "waiting" })));
  for (const photo of await allPhotos()) if (photo.state === "refused") await changePhoto({ ...photo, state: "waiting" });
  await send();
}

async function choose(name, value) {
  state.set = undefined;
  await keep(name, Number(value));
  await load();
  await drawChoices();
  await draw();
}

const send = sendingOf(state, {
  run: () => sendAll({ base: at.base, rounds: at.rounds, device: state.device, told: draw }),
  draw,
  afterwards: async () => { await load(); await drawChoices(); },
});

function listen() {
  form.addEventListener("submit", take);
  form.elements.photos.addEventListener("change", (event) => { part("photo-count").textContent = fill(words.photos, { num: event.target.files.length }); });
  part("find").addEventListener("input", findRooms);
  part("tick").addEventListener("click", tickShown);
  part("again").addEventListener("click", again);
  part("take").addEventListener("click", takeRooms);
  part("round").addEventListener("change", (event) => choose("round", event.target.value));
  part("room").addEventListener("change", (event) => choose("room", event.target.value));
  watchCamera(at.decoder, (found) => { form.elements.code.value = found; form.requestSubmit(); }, words.noCamera);
}

async function start() {
  await load();
  // Whoever has taken rooms along came to scan; the choice of rooms stays one tap away.
  part("setup").open = !state.room;
  // The choices last: what stands above them must not move them away under a finger.
  await draw();
  await drawChoices();
}

/* Nothing that is tapped or scanned may go past us; what is drawn waits for the phone's memory. */
listen();
/* First of all ask who is signed in: without an answer the page goes on with what it knows. */
keepPage(at);
fetchRounds(at.rounds).catch((error) => { state.stopped = error.message; }).finally(() => start().then(() => { if (!state.stopped && Number(document.body.dataset.waiting)) send(); }));
