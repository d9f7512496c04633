/** One class in the making. Enter adds the next, Tab with Alt nests, arrows with Alt move. */
import { ActionIcon, ColorInput, Group, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconIndentDecrease, IconIndentIncrease, IconX } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { PALETTE } from "../../annotator/labels";
import { DEPTH, type DraftLabel } from "./draft";
import classes from "./Wizard.module.css";

interface Props {
  label: DraftLabel;
  place: number;
  last: boolean;
  color: string;
  keyName: string;
  problem: string | undefined;
  focused: boolean;
  onChange: (part: Partial<DraftLabel>) => void;
  onEnter: () => void;
  onMove: (by: number) => void;
  onRemove: () => void;
}

export function LabelInput({ label, place, last, color, keyName, problem, focused, onChange, onEnter, onMove, onRemove }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (focused) input.current?.focus();
  }, [focused]);
  const name = label.name || t("wizard.labels.name", { number: place + 1 });
  const press = (event: KeyboardEvent) => {
    if (event.key === "Enter") onEnter();
    else if (event.key === "Backspace" && label.name === "") onRemove();
    else if (event.altKey && event.key === "ArrowUp") onMove(-1);
    else if (event.altKey && event.key === "ArrowDown") onMove(1);
    else if (event.altKey && event.key === "ArrowRight") onChange({ depth: label.depth + 1 });
    else if (event.altKey && event.key === "ArrowLeft") onChange({ depth: Math.max(0, label.depth - 1) });
    else return;
    event.preventDefault();
  };
  return (
    <li className={classes["label"]} style={{ paddingLeft: label.depth * 26 }}>
      <span className={`${classes["key"] ?? ""} numbers`} title={keyName && t("wizard.labels.key", { key: keyName })}>{keyName}</span>
      <ColorInput
        aria-label={t("wizard.labels.color", { name })}
        w={46}
        value={color}
        format="hex"
        swatches={[...PALETTE]}
        withEyeDropper={false}
        onChange={(value) => onChange({ color: value })}
        styles={{ input: { color: "transparent", paddingInlineEnd: 0, caretColor: "transparent" } }}
      />
      <TextInput
        ref={input}
        style={{ flex: 1 }}
        aria-label={t("wizard.labels.name", { number: place + 1 })}
        placeholder={t("wizard.labels.placeholder")}
        value={label.name}
        error={problem}
        onKeyDown={press}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <Group gap={0} wrap="nowrap" h={36}>
        <ActionIcon variant="subtle" color="gray" disabled={label.depth === 0} aria-label={t("wizard.labels.higher", { name })} onClick={() => onChange({ depth: label.depth - 1 })}><IconIndentDecrease size={16} /></ActionIcon>
        <ActionIcon variant="subtle" color="gray" disabled={place === 0 || label.depth >= DEPTH - 1} aria-label={t("wizard.labels.deeper", { name })} onClick={() => onChange({ depth: label.depth + 1 })}><IconIndentIncrease size={16} /></ActionIcon>
        <ActionIcon variant="subtle" color="gray" disabled={place === 0} aria-label={t("wizard.labels.up", { name })} onClick={() => onMove(-1)}><IconArrowUp size={16} /></ActionIcon>
        <ActionIcon variant="subtle" color="gray" disabled={last} aria-label={t("wizard.labels.down", { name })} onClick={() => onMove(1)}><IconArrowDown size={16} /></ActionIcon>
        <ActionIcon variant="subtle" color="gray" aria-label={t("wizard.labels.remove", { name })} onClick={onRemove}><IconX size={16} /></ActionIcon>
      </Group>
    </li>
  );
}
