/** The time in whole seconds since 1970, kept current while `on`. */
import { useSyncExternalStore } from "react";

function subscribe(tick: () => void): () => void {
  const timer = window.setInterval(tick, 1_000);
  return () => window.clearInterval(timer);
}

const never = (): (() => void) => () => undefined;

export function useSeconds(on: boolean): number {
  return useSyncExternalStore(on ? subscribe : never, () => (on ? Math.floor(Date.now() / 1_000) : 0));
}
