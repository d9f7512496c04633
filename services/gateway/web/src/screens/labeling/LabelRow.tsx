/** One label: key, colour, name; pressed when the targets have it. */
import { IconCheck, IconMinus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { ShownLabel } from "../../annotator/labels";
import classes from "./LabelRow.module.css";

interface Props {
  label: ShownLabel;
  nested: boolean;
  state: "none" | "some" | "all";
  onChoose: () => void;
}

export function LabelRow({ label, nested, state, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <button
      type="button"
      className={classes["row"]}
      style={{ paddingLeft: 8 + (nested ? label.depth * 16 : 0) }}
      aria-pressed={state === "some" ? "mixed" : state === "all"}
      aria-keyshortcuts={label.key || undefined}
      title={label.path}
      onMouseDown={(event) => event.preventDefault()}
      onClick={onChoose}
    >
      <span className={classes["color"]} style={{ background: label.color }} />
      <span className={classes["name"]}>{nested ? label.name : label.path}</span>
      {state === "all" && <IconCheck size={15} stroke={2.4} aria-hidden />}
      {state === "some" && <IconMinus size={15} stroke={2.4} aria-hidden />}
      {label.key && <kbd className={classes["key"]} aria-label={t("labeling.key", { key: label.key })}>{label.key}</kbd>}
    </button>
  );
}
