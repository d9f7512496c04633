/** One region: number, colour, label, size; select, hide, delete. */
import { VisuallyHidden } from "@mantine/core";
import { IconEye, IconEyeOff, IconLock, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { boundsOf } from "../../../annotator/geometry/bounds";
import type { ShownLabel } from "../../../annotator/labels";
import type { Region } from "../../../annotator/regions/region";
import classes from "./Regions.module.css";

interface Props {
  region: Region;
  number: number;
  label: ShownLabel | undefined;
  selected: boolean;
  hovered: boolean;
  hidden: boolean;
  locked: boolean;
  onSelect: () => void;
  onHover: (over: boolean) => void;
  onHide: (hide: boolean) => void;
  onRemove: () => void;
}

export function RegionRow({ region, number, label, selected, hovered, hidden, locked, onSelect, onHover, onHide, onRemove }: Props) {
  const { t } = useTranslation();
  const path = label?.path ?? region.label;
  const { x0, y0, x1, y1 } = boundsOf(region.points);
  const size = region.shape === "box" ? t("regions.boxSize", { width: Math.round(x1 - x0), height: Math.round(y1 - y0) }) : t("regions.corners", { count: region.points.length / 2 });
  const still = (event: { preventDefault: () => void }) => event.preventDefault();
  return (
    <div className={classes["row"]} data-selected={selected || undefined} data-hovered={hovered || undefined} data-hidden={hidden || undefined} onMouseEnter={() => onHover(true)} onMouseLeave={() => onHover(false)}>
      <button type="button" className={classes["pick"]} aria-pressed={selected} title={path} onMouseDown={still} onClick={onSelect} onFocus={() => onHover(true)} onBlur={() => onHover(false)}>
        <VisuallyHidden>{t("regions.region")}</VisuallyHidden>
        <span className={`${classes["number"] ?? ""} numbers`}>{number}</span>
        <span className={classes["swatch"]} style={{ background: label?.color }} />
        <span className={classes["label"]}>{label?.name ?? region.label}</span>
        <span className={`${classes["size"] ?? ""} numbers`}>{size}</span>
      </button>
      <button type="button" className={classes["small"]} aria-label={t(hidden ? "regions.show" : "regions.hide", { place: number, label: path })} onMouseDown={still} onClick={() => onHide(!hidden)}>
        {hidden ? <IconEyeOff size={15} aria-hidden /> : <IconEye size={15} aria-hidden />}
      </button>
      {locked ? <span className={classes["small"]}><IconLock size={15} aria-label={t("regions.locked")} /></span> : (
        <button type="button" className={classes["small"]} aria-label={t("regions.remove", { place: number, label: path })} onMouseDown={still} onClick={onRemove}>
          <IconX size={15} aria-hidden />
        </button>
      )}
    </div>
  );
}
