/** Opens the list of keys from anywhere. */
const OPEN = "labelbus:shortcuts";

export function openShortcuts(): void {
  window.dispatchEvent(new Event(OPEN));
}

export function onShortcuts(listener: () => void): () => void {
  window.addEventListener(OPEN, listener);
  return () => window.removeEventListener(OPEN, listener);
}

/** True where a key is text: single letters must not act there. */
export function typing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(?:INPUT|TEXTAREA|SELECT)$/.test(target.tagName));
}
