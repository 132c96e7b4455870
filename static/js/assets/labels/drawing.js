/* The drawing of a paper follows what is typed: the server draws, this only asks again. */
const WAIT = 400;

function watchDrawing(form) {
  const picture = document.getElementById(form.dataset.drawnBy);
  if (!picture) return;
  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const typed = new URLSearchParams(new FormData(form));
      for (const name of ["csrf_token", "version", "key"]) typed.delete(name);
      const next = new Image();
      // A paper that cannot be has no drawing: the last one that could stays.
      next.addEventListener("load", () => { picture.src = next.src; });
      next.src = `${form.dataset.drawing}?${typed}`;
    }, WAIT);
  });
}

document.querySelectorAll("form[data-drawing]").forEach(watchDrawing);
