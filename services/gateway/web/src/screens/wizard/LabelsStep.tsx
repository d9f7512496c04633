/** The classes: add, order, nest, colour, paste many (F50–F53). */
import { Button, Group, Stack, Text } from "@mantine/core";
import { IconClipboardText, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { KEYS } from "../../annotator/labels";
import { colorOf, type DraftLabel, namedLabels, newLabel, straighten } from "./draft";
import { LabelInput } from "./LabelInput";
import { PasteDialog } from "./PasteDialog";
import { StepHead } from "./StepHead";
import type { StepProps } from "./step";
import classes from "./Wizard.module.css";

export function LabelsStep({ draft, change, problems }: StepProps) {
  const { t } = useTranslation();
  const [pasting, setPasting] = useState(false);
  const [focus, setFocus] = useState("");
  const { labels } = draft;
  const set = (next: readonly DraftLabel[]) => change({ labels: straighten(next) });
  const replace = (place: number, part: Partial<DraftLabel>) => set(labels.map((one, at) => (at === place ? { ...one, ...part } : one)));
  const insert = (place: number, depth: number) => {
    const label = newLabel("", depth);
    setFocus(label.id);
    set([...labels.slice(0, place), label, ...labels.slice(place)]);
  };
  const swap = (place: number, to: number) => {
    const next = [...labels];
    const [moved] = next.splice(place, 1);
    if (!moved || to < 0 || to > next.length) return;
    next.splice(to, 0, moved);
    set(next);
  };
  const remove = (place: number) => {
    setFocus(labels[Math.max(0, place - 1)]?.id ?? "");
    set(labels.filter((_, at) => at !== place));
  };
  const count = namedLabels(labels).length;
  const server = Object.entries(problems).find(([field]) => field.startsWith("labels"))?.[1];
  return (
    <Stack gap="lg">
      <StepHead title={t("wizard.labels.lead")} hint={t("wizard.labels.hint")} />
      <ol className={classes["labels"]}>
        {labels.map((label, place) => (
          <LabelInput
            key={label.id}
            label={label}
            place={place}
            last={place === labels.length - 1}
            color={colorOf(labels, place)}
            keyName={place < KEYS ? String(place + 1) : ""}
            problem={problems[label.id]}
            focused={focus === label.id}
            onChange={(part) => replace(place, part)}
            onEnter={() => insert(place + 1, label.depth)}
            onMove={(by) => swap(place, place + by)}
            onRemove={() => remove(place)}
          />
        ))}
      </ol>
      <Group>
        <Button variant="default" leftSection={<IconPlus size={16} />} onClick={() => insert(labels.length, labels.at(-1)?.depth ?? 0)}>{t("wizard.labels.add")}</Button>
        <Button variant="subtle" leftSection={<IconClipboardText size={16} />} onClick={() => setPasting(true)}>{t("wizard.labels.paste")}</Button>
        <Text size="sm" c="dimmed" ml="auto" className="numbers">{t("wizard.labels.count", { count })}</Text>
      </Group>
      {server && <Text size="sm" c="var(--bad)" role="alert">{server}</Text>}
      <PasteDialog opened={pasting} onClose={() => setPasting(false)} onAdd={(more) => set([...namedLabels(labels), ...more])} />
    </Stack>
  );
}
