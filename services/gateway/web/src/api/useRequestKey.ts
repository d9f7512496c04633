/** The `Idempotency-Key` of what a dialog asks for: while it is open, the same request has the same key however often it is sent. */
import { useCallback, useEffect, useRef } from "react";

import { randomId } from "./random";

const NONE = { body: "", key: "" };

export function useRequestKey(opened = true): (body: unknown) => string {
  const held = useRef(NONE);
  useEffect(() => {
    if (opened) held.current = NONE;
  }, [opened]);
  return useCallback((body: unknown) => {
    const text = JSON.stringify(body);
    if (held.current.body !== text) held.current = { body: text, key: randomId() };
    return held.current.key;
  }, []);
}
