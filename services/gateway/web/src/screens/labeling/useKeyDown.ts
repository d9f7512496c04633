/** Keys of the whole page. Subscribes once, unlike Mantine's useWindowEvent: who hears a key first must not change with each drawing. */
import { useEffect, useEffectEvent } from "react";

export function useKeyDown(press: (event: KeyboardEvent) => void): void {
  const listen = useEffectEvent(press);
  useEffect(() => {
    const listener = (event: KeyboardEvent) => listen(event);
    window.addEventListener("keydown", listener);
    return () => window.removeEventListener("keydown", listener);
  }, []);
}
