/** One text at work or gone back to (F167): read and labeled as a whole, or tagged word by word. */
import type { ReactNode } from "react";

import type { Command } from "../../../annotator/command";
import type { ShownLabel } from "../../../annotator/labels";
import { choiceOf, held, type PageState } from "../../../annotator/page";
import { shapeOf } from "../../../annotator/task";
import type { TextItem } from "../../../labeling/texts";
import { ItemChips } from "../ItemChips";
import { LabelPanel } from "../LabelPanel";
import { EntityDesk } from "./EntityDesk";
import type { Font } from "./font";
import { PlainText } from "./PlainText";
import { RowText } from "./RowText";
import { TextSheet } from "./TextSheet";
import stage from "../Labeling.module.css";

interface Props {
  item: TextItem & { name: string };
  page: PageState;
  labels: readonly ShownLabel[];
  font: Font;
  run: (command: Command) => void;
  /** Gives a label to the whole text, or takes it. */
  onChoose: (label: string) => void;
  /** Above the text. */
  children?: ReactNode;
}

export function TextDesk({ item, page, labels, font, run, onChoose, children }: Props) {
  const choice = choiceOf(page, item.id);
  if (shapeOf(page.task.type) === "span") return <EntityDesk key={item.id} item={item} page={page} labels={labels} font={font} run={run}>{children}</EntityDesk>;
  const chosen = choice.skip || choice.labels.length > 0;
  return (
    <>
      <main className={stage["stage"]}>
        {children}
        <TextSheet item={item} skipped={choice.skip} foot={chosen && <ItemChips item={item} choice={choice} labels={labels} onCommand={run} />}>
          {(passage, columns) =>
            columns.length > 0 ? <RowText key={item.id} columns={columns} name={item.name} font={font} /> : <PlainText key={item.id} passage={passage} name={item.name} font={font} />
          }
        </TextSheet>
      </main>
      <LabelPanel labels={labels} held={(label) => held(page, [item.id], label)} targets={1} onChoose={onChoose} />
    </>
  );
}
