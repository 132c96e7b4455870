/* Sound and colour for "ok" and "stop": the desk looks at the item, not at the screen. */
let audio;

/** Short high tone for ok, two low ones for stop; silent where sound is not allowed. */
export function beep(kind) {
  try {
    audio ??= new AudioContext();
    const tones = kind === "ok" ? [[880, 0]] : [[220, 0], [180, 0.16]];
    for (const [pitch, wait] of tones) {
      const tone = audio.createOscillator();
      const volume = audio.createGain();
      const start = audio.currentTime + wait;
      tone.frequency.value = pitch;
      tone.type = kind === "ok" ? "sine" : "square";
      volume.gain.setValueAtTime(kind === "ok" ? 0.12 : 0.05, start);
      volume.gain.exponentialRampToValueAtTime(0.001, start + 0.13);
      tone.connect(volume).connect(audio.destination);
      tone.start(start);
      tone.stop(start + 0.14);
    }
  } catch { /* no sound on this device */ }
  navigator.vibrate?.(kind === "ok" ? 40 : [80, 60, 80]);
}

/** Colour the element for a moment and say the words in its result line. */
export function signal(box, kind, words = "") {
  beep(kind);
  box.dataset.flash = kind;
  setTimeout(() => delete box.dataset.flash, 700);
  const line = box.querySelector("[data-scan-result]");
  if (line) {
    line.dataset.tone = kind;
    line.textContent = words;
  }
}
