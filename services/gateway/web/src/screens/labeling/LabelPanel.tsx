/** The project's labels in order (F120), with keys, a filter when there are many, and which of them the targets have. */
import { Text, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";

import { filterLabels, KEYS, type ShownLabel } from "../../annotator/labels";
import { LabelList } from "./LabelList";
import classes from "./Labeling.module.css";

interface Props {
  labels: readonly ShownLabel[];
  /** How many of the `targets` have a label. */
  held: (label: string) => number;
  targets: number;
  /** Beside the title. */
  chosen?: string;
  /** Why a label that was chosen went nowhere. */
  hint?: string;
  onChoose: (label: string) => void;
  /** Below the labels: a list of regions. */
  children?: ReactNode;
}

export function LabelPanel({ labels, held, targets, chosen = "", hint = "", onChoose, children }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const shown = filterLabels(labels, text);
  const enter = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Escape") {
      setText("");
      event.currentTarget.blur();
    }
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey || !text || !shown[0]) return;
    onChoose(shown[0].id);
    setText("");
    event.currentTarget.blur();
  };
  return (
    <aside className={classes["panel"]} aria-label={t("labeling.labels")}>
      <div className={classes["panelHead"]}>
        <div className={classes["panelTitle"]}>
          <span>{t("labeling.labels")}</span>
          <span>{chosen}</span>
        </div>
        {labels.length > KEYS && (
          <TextInput
            size="xs"
            leftSection={<IconSearch size={14} />}
            placeholder={t("labeling.filter")}
            aria-label={t("labeling.filter")}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
            onKeyDown={enter}
          />
        )}
        <Text size="xs" c="var(--warn)" role="status" hidden={!hint}>{hint}</Text>
      </div>
      {shown.length === 0 && <Text size="sm" c="dimmed" px="md">{t("labeling.noLabel", { text })}</Text>}
      <LabelList labels={shown} nested={text === ""} held={held} targets={targets} onChoose={onChoose} />
      {children}
    </aside>
  );
}
