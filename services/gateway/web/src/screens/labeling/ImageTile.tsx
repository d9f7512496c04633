/** One image of a page: picture, round select button, labels below. */
import { IconCheck } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Command } from "../../annotator/command";
import type { ShownLabel } from "../../annotator/labels";
import { choiceOf, type PageState } from "../../annotator/page";
import { imageUrl } from "../../labeling/image-url";
import type { WorkItem } from "../../labeling/work-page";
import { ItemChips } from "./ItemChips";
import { PictureBox } from "./PictureBox";
import classes from "./ImageGrid.module.css";

interface Props {
  item: WorkItem;
  page: PageState;
  labels: readonly ShownLabel[];
  selected: boolean;
  standing: boolean;
  onStand: () => void;
  onToggle: () => void;
  onCommand: (command: Command) => void;
}

export function ImageTile({ item, page, labels, selected, standing, onStand, onToggle, onCommand }: Props) {
  const { t } = useTranslation();
  const tile = useRef<HTMLDivElement>(null);
  const choice = choiceOf(page, item.id);
  const names = choice.labels.map((id) => labels.find((label) => label.id === id)?.path ?? id).join(", ");
  useEffect(() => {
    const free = document.activeElement === document.body || document.activeElement?.closest("[data-tile]");
    if (standing && free) tile.current?.focus({ preventScroll: true });
  }, [standing]);
  return (
    <div
      ref={tile}
      data-tile
      data-selected={selected || undefined}
      data-skipped={choice.skip || undefined}
      className={classes["tile"]}
      role="group"
      tabIndex={standing ? 0 : -1}
      aria-label={t("labeling.image", { name: item.name, labels: choice.skip ? t("labeling.skipped") : names || t("labeling.imageNone") })}
      onFocus={(event) => event.target === event.currentTarget && !standing && onStand()}
      onClick={onToggle}
    >
      <div className={classes["picture"]}>
        <PictureBox url={imageUrl(item, "preview")} />
        <button
          type="button"
          tabIndex={-1}
          className={classes["select"]}
          aria-pressed={selected}
          aria-label={t("labeling.select", { name: item.name })}
          onMouseDown={(event) => event.preventDefault()}
          onClick={(event) => {
            event.stopPropagation();
            onToggle();
          }}
        >
          <IconCheck size={16} stroke={3} aria-hidden />
        </button>
      </div>
      <div className={classes["foot"]}>
        <ItemChips item={item} choice={choice} labels={labels} onCommand={onCommand} />
      </div>
    </div>
  );
}
