/* Signing on the screen (templates/helpdesk/desk/lending/signature.html).

   data-sign         the form, hidden until this script runs     data-sign-canvas  where one draws
   data-sign-clear   button that begins anew
   What was drawn goes into the field "drawing" as a PNG data address when the form is sent. */
const INK = "#14213d";

for (const form of document.querySelectorAll("[data-sign]")) {
  const canvas = form.querySelector("[data-sign-canvas]");
  const pen = canvas.getContext("2d");
  let last = null;
  let drawn = false;

  const at = (event) => {
    const box = canvas.getBoundingClientRect();
    return [((event.clientX - box.left) * canvas.width) / box.width, ((event.clientY - box.top) * canvas.height) / box.height];
  };
  const stroke = (to) => {
    pen.strokeStyle = INK;
    pen.lineWidth = 4;
    pen.lineCap = "round";
    pen.beginPath();
    pen.moveTo(...last);
    pen.lineTo(...to);
    pen.stroke();
    last = to;
    drawn = true;
  };
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = at(event);
    stroke(last);
  });
  canvas.addEventListener("pointermove", (event) => { if (last) stroke(at(event)); });
  for (const end of ["pointerup", "pointercancel"]) canvas.addEventListener(end, () => { last = null; });
  form.querySelector("[data-sign-clear]").addEventListener("click", () => {
    pen.clearRect(0, 0, canvas.width, canvas.height);
    drawn = false;
  });
  form.addEventListener("submit", () => {
    form.elements.drawing.value = drawn ? canvas.toDataURL("image/png") : "";
  });
  form.hidden = false;
}
