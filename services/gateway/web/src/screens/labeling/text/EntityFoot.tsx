/** Below a text with entities: what to do next, and how many there are of each label. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { ShownLabel } from "../../../annotator/labels";
import type { Span } from "../../../annotator/text/spans";
import type { Tagger } from "../../../annotator/text/tagger";
import classes from "./Text.module.css";

interface Props {
  tagger: Tagger;
  spans: readonly Span[];
  labels: ReadonlyMap<string, ShownLabel>;
  onSelectAll: (label: string) => void;
}

export function EntityFoot({ tagger, spans, labels, onSelectAll }: Props) {
  const { t } = useTranslation();
  const counts = new Map<string, number>();
  for (const span of spans) counts.set(span.label, (counts.get(span.label) ?? 0) + 1);
  const { selected, hint, label } = tagger;
  const advice = hint
    ? t(`texts.hint.${hint}`)
    : selected.size > 0
      ? t("texts.hint.selected", { count: selected.size })
      : label === null
        ? t("texts.hint.first")
        : t("texts.hint.ready", { label: labels.get(label)?.name ?? label });
  return (
    <>
      <span className={classes["hint"]} data-warn={hint ?? undefined} role="status">{advice}</span>
      {[...counts].map(([id, count]) => {
        const name = labels.get(id)?.name ?? id;
        return (
          <Button key={id} size="compact-xs" variant="default" leftSection={<span className={classes["color"]} style={{ background: labels.get(id)?.color }} />} rightSection={<span className="numbers">{count}</span>} title={t("texts.selectAll", { label: name, count })} onMouseDown={(event) => event.preventDefault()} onClick={() => onSelectAll(id)}>
            {name}
          </Button>
        );
      })}
    </>
  );
}
