/* Reads one code from the camera: the browser's own reader where there is one, else jsQR. */
let library;

function loadLibrary(address) {
  library ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.jsQR);
    script.onerror = () => reject(new Error("decoder"));
    document.head.append(script);
  });
  return library;
}

async function makeReader(address) {
  if ("BarcodeDetector" in window) {
    const known = await window.BarcodeDetector.getSupportedFormats();
    const wanted = ["qr_code", "code_128", "code_39", "ean_13"].filter((f) => known.includes(f));
    if (wanted.includes("qr_code")) {
      const detector = new window.BarcodeDetector({ formats: wanted });
      return async (video) => (await detector.detect(video))[0]?.rawValue;
    }
  }
  const read = await loadLibrary(address);
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return async (video) => {
    // 800 pixels are enough for a label at arm's length and keep an old phone quick.
    const scale = Math.min(1, 800 / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = video.videoWidth * scale;
    canvas.height = video.videoHeight * scale;
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const image = context.getImageData(0, 0, canvas.width, canvas.height);
    return read(image.data, image.width, image.height, { inversionAttempts: "dontInvert" })?.data;
  };
}

/** True where a camera can be asked for (a secure page, a browser that knows how). */
export const cameraPossible = () => Boolean(navigator.mediaDevices?.getUserMedia);

/**
 * Show the camera in the video element and call found(code) for each new code.
 * Returns a function that stops it. The same code is told again only after two seconds.
 */
export async function startCamera(video, decoderAddress, found) {
  const read = await makeReader(decoderAddress);
  const stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
  video.srcObject = stream;
  await video.play();
  let running = true;
  let last = { code: "", at: 0 };
  const step = async () => {
    if (!running) return;
    try {
      const code = video.readyState >= 2 ? await read(video) : undefined;
      const now = performance.now();
      if (running && code && (code !== last.code || now - last.at > 2000)) {
        last = { code, at: now };
        found(code);
      } else if (code) {
        last.at = now;
      }
    } catch { /* a frame that cannot be read; the next one may */ }
    if (running) setTimeout(step, 120);
  };
  step();
  return () => {
    running = false;
    stream.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  };
}
