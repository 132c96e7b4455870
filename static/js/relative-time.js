/* <time data-ago datetime="…">: "3 minutes ago" stays true while a page is open. */
import { fresh } from "./once.js";

const words = new Intl.RelativeTimeFormat(document.documentElement.lang || "th", { numeric: "auto" });
const steps = [["day", 86400], ["hour", 3600], ["minute", 60]];

function say(time) {
  const seconds = (Date.parse(time.dateTime) - Date.now()) / 1000;
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) || ["minute", 60];
  time.textContent = words.format(Math.round(seconds / size), unit);
}

export function watchTimes(root) {
  for (const time of fresh(root, "time[data-ago]", "Ago")) {
    say(time);
    setInterval(() => { if (time.isConnected) say(time); }, 30000);
  }
}
