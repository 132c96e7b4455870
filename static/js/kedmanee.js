/* A wedge scanner types with the keyboard layout that is on. With Thai Kedmanee on, a Latin code
   arrives as Thai letters; this table turns it back, key by key. */
const thai =
  "ๅ/-ภถุึคตจขช" + "ๆไำพะัีรนยบลฃ" + "ฟหกดเ้่าสวง" + "ผปแอิืทมใฝ" +
  "+๑๒๓๔ู฿๕๖๗๘๙" + "๐\"ฎฑธํ๊ณฯญฐ,ฅ" + "ฤฆฏโฌ็๋ษศซ." + "()ฉฮฺ์?ฒฬฦ";
const latin =
  "1234567890-=" + "qwertyuiop[]\\" + "asdfghjkl;'" + "zxcvbnm,./" +
  "!@#$%^&*()_+" + "QWERTYUIOP{}|" + "ASDFGHJKL:\"" + "ZXCVBNM<>?";
const keys = new Map([...thai].map((letter, place) => [letter, latin[place]]));
const thaiLetter = /[\u0e00-\u0e7f]/;
const codeShape = /^(https?:\/\/\S+|[A-Z0-9][A-Z0-9\-/.]{4,})$/;
const upperAddress = /^HTTPS?:\/\/[^\sa-z]+$/;

/**
 * The text as it would have been typed on a Latin layout, or the text itself.
 * Only a scanned code is translated: every key must be known, and the outcome must look like an
 * address or like a number of ours (capitals, figures, at least one of them), so that a Thai word
 * someone searches for stays what it is.
 */
export function toLatin(text) {
  if (!thaiLetter.test(text)) return text;
  let out = "";
  for (const letter of text) {
    const key = keys.get(letter);
    if (key === undefined) return text;
    out += key;
  }
  return upperAddress.test(out) || (codeShape.test(out) && /\d/.test(out)) ? out : text;
}
