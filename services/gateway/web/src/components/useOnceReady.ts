/** Something to do at once, or else as soon as what it depends on is there. */
import { useEffect, useState } from "react";

export function useOnceReady(busy: boolean, act: () => void): { waiting: boolean; start: () => void } {
  const [waiting, setWaiting] = useState(false);
  useEffect(() => {
    if (!waiting || busy) return;
    setWaiting(false);
    act();
  });
  return { waiting, start: () => (busy ? setWaiting(true) : act()) };
}
