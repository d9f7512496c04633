/** Tells when the device pixels for one CSS pixel change: the window went to another screen, or the page was zoomed. */
export function onRatio(changed: () => void): () => void {
  let stop = new AbortController();
  const listen = (): void => {
    stop = new AbortController();
    // A query holds for one ratio only: after a change there is a new one to ask.
    globalThis.matchMedia(`(resolution: ${globalThis.devicePixelRatio}dppx)`).addEventListener("change", again, { once: true, signal: stop.signal });
  };
  const again = (): void => {
    listen();
    changed();
  };
  listen();
  return () => stop.abort();
}
