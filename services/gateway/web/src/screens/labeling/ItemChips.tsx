/** What was chosen for an image, each with its X (F124, F130). */
import { IconX } from "@tabler/icons-react";
import type { MouseEvent } from "react";
import { useTranslation } from "react-i18next";

import type { Command } from "../../annotator/command";
import type { ShownLabel } from "../../annotator/labels";
import type { Choice } from "../../annotator/page";
import grid from "./ImageGrid.module.css";
import classes from "./ItemChips.module.css";

interface Props {
  item: { id: string; name: string };
  choice: Choice;
  labels: readonly ShownLabel[];
  onCommand: (command: Command) => void;
}

export function ItemChips({ item, choice, labels, onCommand }: Props) {
  const { t } = useTranslation();
  const act = (command: Command) => (event: MouseEvent) => {
    event.stopPropagation();
    onCommand(command);
  };
  if (choice.skip) {
    return (
      <span className={classes["chip"]}>
        {t("labeling.skipped")}
        <button type="button" className={classes["remove"]} aria-label={t("labeling.unskip", { name: item.name })} onClick={act({ type: "unskip", items: [item.id] })}><IconX size={13} /></button>
      </span>
    );
  }
  if (choice.labels.length === 0) return <span className={grid["file"]} title={item.name}>{item.name}</span>;
  return choice.labels.map((id) => {
    const label = labels.find((one) => one.id === id);
    const name = label?.path ?? id;
    return (
      <span key={id} className={classes["chip"]} title={name}>
        <span className={classes["color"]} style={{ background: label?.color }} />
        <span className={classes["text"]}>{label?.name ?? id}</span>
        <button
          type="button"
          className={classes["remove"]}
          aria-label={t("labeling.removeLabel", { label: name, name: item.name })}
          onMouseDown={(event) => event.preventDefault()}
          onClick={act({ type: "remove", items: [item.id], label: id })}
        >
          <IconX size={13} />
        </button>
      </span>
    );
  });
}
