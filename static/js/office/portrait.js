/* Cuts a photo to three by four before it is sent: the frame is moved by finger, mouse or arrow keys
   and the face made larger by the slider. What was chosen goes with the form as parts of the photo
   ("left,top,width"); the server cuts. Without this script it takes the middle.

   data-portrait         the box, data-small the sentence for a photo with too few dots
   data-portrait-file    the file input        data-portrait-cut    what appears with a photo
   data-portrait-canvas  the frame             data-portrait-zoom   the slider, in per cent */
const LEAST_WIDTH = 240;
const STEP = 0.02;

function watch(box) {
  const file = box.querySelector("[data-portrait-file]");
  const part = (name) => box.querySelector(`[data-portrait-${name}]`);
  const canvas = part("canvas");
  const zoom = part("zoom");
  const sent = box.closest("form").elements.cut;
  let picture = null;
  let middle = { x: 0.5, y: 0.5 };

  function frame() {
    const widest = Math.min(picture.width, picture.height * 0.75);
    const width = widest / (Number(zoom.value) / 100);
    const height = width / 0.75;
    const left = Math.min(Math.max(middle.x * picture.width - width / 2, 0), picture.width - width);
    const top = Math.min(Math.max(middle.y * picture.height - height / 2, 0), picture.height - height);
    middle = { x: (left + width / 2) / picture.width, y: (top + height / 2) / picture.height };
    return { left, top, width, height };
  }

  function draw() {
    const { left, top, width, height } = frame();
    canvas.getContext("2d").drawImage(picture, left, top, width, height, 0, 0, canvas.width, canvas.height);
    sent.value = [left / picture.width, top / picture.height, width / picture.width]
      .map((one) => Math.min(Math.max(one, 0), 1).toFixed(6)).join(",");
    const small = part("small");
    small.hidden = width >= LEAST_WIDTH;
    small.textContent = box.dataset.small;
  }

  function move(x, y) {
    if (!picture) return;
    middle = { x: middle.x + x, y: middle.y + y };
    draw();
  }

  file.addEventListener("change", async () => {
    sent.value = "";
    part("cut").hidden = true;
    picture = null;
    if (!file.files.length) return;
    try {
      picture = await createImageBitmap(file.files[0], { imageOrientation: "from-image" });
    } catch {
      return; // HEIC on a desktop: the server reads it and takes the middle
    }
    middle = { x: 0.5, y: 0.5 };
    zoom.value = 100;
    part("cut").hidden = false;
    const last = part("last");
    if (last) last.hidden = true;
    draw();
  });
  zoom.addEventListener("input", () => { if (picture) draw(); });
  canvas.addEventListener("pointerdown", (event) => canvas.setPointerCapture(event.pointerId));
  canvas.addEventListener("pointermove", (event) => {
    if (!picture || !canvas.hasPointerCapture(event.pointerId)) return;
    const scale = frame().width / canvas.clientWidth;
    move((-event.movementX * scale) / picture.width, (-event.movementY * scale) / picture.height);
  });
  canvas.addEventListener("keydown", (event) => {
    const ways = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    if (!ways[event.key]) return;
    event.preventDefault();
    move(...ways[event.key]);
  });
}

for (const box of document.querySelectorAll("[data-portrait]")) watch(box);
