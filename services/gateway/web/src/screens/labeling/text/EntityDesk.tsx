/** Named entities of one text: the text, the labels, the list of what is tagged. */
import { type ReactNode, useEffect, useEffectEvent, useState } from "react";

import type { Command } from "../../../annotator/command";
import { intentOf } from "../../../annotator/keys";
import type { ShownLabel } from "../../../annotator/labels";
import { choiceOf, type PageState } from "../../../annotator/page";
import { standAt } from "../../../annotator/text/caret";
import { Passage } from "../../../annotator/text/passage";
import type { TextItem } from "../../../labeling/texts";
import { typing } from "../../../app/shortcuts";
import { ItemChips } from "../ItemChips";
import { LabelPanel } from "../LabelPanel";
import { EntityFoot } from "./EntityFoot";
import { EntityText } from "./EntityText";
import { type Font, STACKS } from "./font";
import { TextScroll } from "./scroll";
import { SpanList } from "./SpanList";
import { TextSheet } from "./TextSheet";
import { useTagging } from "./useTagging";
import { useText } from "./useText";
import stage from "../Labeling.module.css";
import classes from "./Text.module.css";

interface Props {
  item: TextItem & { name: string };
  page: PageState;
  labels: readonly ShownLabel[];
  font: Font;
  run: (command: Command) => void;
  children?: ReactNode;
}

const EMPTY = new Passage("");

/** Number keys choose labels for words here, not for the whole text: they are taken before the page's keys. */
function useLabelKeys(labels: readonly ShownLabel[], choose: (label: string) => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const intent = intentOf(event);
    if (intent?.type !== "label" || typing(event.target) || document.querySelector("[role=dialog], [role=menu]")) return;
    const label = labels.find((one) => one.key === intent.key);
    event.preventDefault();
    if (label) choose(label.id);
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => press(event);
    window.addEventListener("keydown", listener, { capture: true });
    return () => window.removeEventListener("keydown", listener, { capture: true });
  }, []);
}

export function EntityDesk({ item, page, labels, font, run, children }: Props) {
  const [scroll] = useState(() => new TextScroll());
  const text = useText(item);
  const choice = choiceOf(page, item.id);
  const passage = text.state === "ready" ? text.passage : EMPTY;
  const tagging = useTagging({ item: item.id, passage, regions: choice.regions, run });
  const byId = new Map(labels.map((label) => [label.id, label]));
  const usable = text.state === "ready";
  const choose = (label: string) => usable && tagging.choose(label);
  useLabelKeys(labels, choose);
  return (
    <>
      <main className={stage["stage"]}>
        {children}
        <TextSheet
          item={item}
          skipped={choice.skip}
          foot={choice.skip ? <ItemChips item={item} choice={choice} labels={labels} onCommand={run} /> : usable && <EntityFoot tagger={tagging.tagger} spans={tagging.spans} labels={byId} onSelectAll={tagging.selectAll} />}
        >
          {(_, [column]) => (
            <>
              {column && <div className={classes["column"]} style={{ fontFamily: STACKS[font.family], fontSize: font.size }}><div dir="auto"><span>{column.name}</span></div></div>}
              <EntityText name={item.name} passage={passage} font={font} scroll={scroll} tagging={tagging} labels={byId} />
            </>
          )}
        </TextSheet>
      </main>
      <LabelPanel labels={labels} held={(label) => (label === tagging.tagger.label ? 1 : 0)} targets={1} onChoose={choose}>
        <SpanList
          text={passage.text}
          spans={tagging.spans}
          selected={tagging.tagger.selected}
          labels={byId}
          onSelect={(span) => {
            tagging.toggle(span.id);
            tagging.setCaret(standAt(span.start));
            scroll.reveal(passage.rows.at(span.start));
          }}
          onRemove={(span) => tagging.remove([span.id])}
        />
      </LabelPanel>
    </>
  );
}
