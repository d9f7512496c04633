/** A text whose words are tagged: takes focus at once, so that the keyboard can work (F173–F176). */
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { ShownLabel } from "../../../annotator/labels";
import type { Passage } from "../../../annotator/text/passage";
import type { Font } from "./font";
import { boxOf } from "./place";
import type { TextScroll } from "./scroll";
import { TextView } from "./TextView";
import type { Tagging } from "./useTagging";
import { useTextHands } from "./useTextHands";
import { useTextKeys } from "./useTextKeys";
import classes from "./Text.module.css";

interface Props {
  name: string;
  passage: Passage;
  font: Font;
  scroll: TextScroll;
  tagging: Tagging;
  labels: ReadonlyMap<string, ShownLabel>;
}

/** Pixels left between the caret and the edge. */
const NEAR = 24;

/** How far a box lies outside of what is seen of an area. */
function beyond(box: DOMRect, area: HTMLElement | null): number {
  const frame = area?.getBoundingClientRect();
  if (!frame) return 0;
  if (box.top < frame.top) return box.top - frame.top - NEAR;
  return box.bottom > frame.bottom ? box.bottom - frame.bottom + NEAR : 0;
}

/** The caret stands where the browser laid the letters out: known only after each drawing. Once it has moved it is brought into view. */
function useCaret(area: RefObject<HTMLDivElement | null>, passage: Passage, scroll: TextScroll, focus: number): RefObject<HTMLDivElement | null> {
  const caret = useRef<HTMLDivElement>(null);
  const seen = useRef(focus);
  useLayoutEffect(() => {
    const element = caret.current;
    const rows = element?.parentElement;
    const box = area.current && boxOf(area.current, passage.rows.at(focus), focus);
    if (!element || !rows) return;
    element.hidden = !box;
    if (!box) return;
    if (seen.current !== focus) {
      seen.current = focus;
      scroll.by(beyond(box, area.current));
    }
    const frame = rows.getBoundingClientRect();
    element.style.transform = `translate(${box.left - frame.left - 1}px, ${box.top - frame.top}px)`;
    element.style.height = `${box.height}px`;
  });
  return caret;
}

export function EntityText({ name, passage, font, scroll, tagging, labels }: Props) {
  const { t } = useTranslation();
  const area = useRef<HTMLDivElement>(null);
  const hands = useTextHands({ area, passage, scroll, tagging });
  const onKeyDown = useTextKeys({ area, passage, scroll, tagging });
  const caret = useCaret(area, passage, scroll, tagging.caret.focus);
  useEffect(() => {
    if (document.activeElement === document.body) area.current?.focus({ preventScroll: true });
  }, [passage]);
  return (
    <TextView
      passage={passage}
      font={font}
      scroll={scroll}
      spans={tagging.spans}
      selected={tagging.tagger.selected}
      marked={tagging.marked}
      labels={labels}
      area={area}
      hands={{
        ...hands,
        onKeyDown,
        role: "textbox",
        tabIndex: 0,
        "aria-multiline": true,
        "aria-readonly": true,
        "aria-label": t("texts.name", { name }),
        "aria-description": t("texts.help"),
      }}
    >
      <div ref={caret} className={classes["caret"]} data-caret hidden />
    </TextView>
  );
}
