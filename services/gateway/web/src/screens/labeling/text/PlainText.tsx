/** A text to read: what a label of the whole text is chosen by. */
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Passage } from "../../../annotator/text/passage";
import type { Font } from "./font";
import { TextScroll } from "./scroll";
import { TextView } from "./TextView";

const NO_LABELS = new Map<string, never>();
const NOTHING = new Set<string>();
const SCROLLS = new Set(["ArrowUp", "ArrowDown", "PageUp", "PageDown", "Home", "End", " "]);

/** Keys that scroll are the browser's here, not the page's. */
export function keepScrolling(event: KeyboardEvent): void {
  if (SCROLLS.has(event.key)) event.stopPropagation();
}

export function PlainText({ passage, name, font }: { passage: Passage; name: string; font: Font }) {
  const { t } = useTranslation();
  const [scroll] = useState(() => new TextScroll());
  const area = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (document.activeElement === document.body) area.current?.focus({ preventScroll: true });
  }, []);
  return (
    <TextView
      passage={passage}
      font={font}
      scroll={scroll}
      spans={[]}
      selected={NOTHING}
      marked={null}
      labels={NO_LABELS}
      area={area}
      hands={{ onKeyDown: keepScrolling, role: "region", tabIndex: 0, "aria-label": t("texts.name", { name }) }}
    />
  );
}
