/** What there is paint of: a row for each label, gone with its last pixel. */
import { useTranslation } from "react-i18next";

import type { ShownLabel } from "../../../annotator/labels";
import type { Paint } from "../../../annotator/masks/raster";
import classes from "./Regions.module.css";

interface Props {
  paints: readonly Paint[];
  labels: readonly ShownLabel[];
  hidden: boolean;
}

export function PaintList({ paints, labels, hidden }: Props) {
  const { t } = useTranslation();
  return (
    <ul className={classes["painted"]} aria-label={t("regions.painted")}>
      {paints.map(({ label: id, pixels }) => {
        const label = labels.find((one) => one.id === id);
        return (
          <li key={id} className={classes["row"]} data-hidden={hidden || undefined} title={label?.path ?? id}>
            <span className={classes["swatch"]} style={{ background: label?.color }} />
            <span className={classes["label"]}>{label?.name ?? id}</span>
            <span className={`${classes["size"] ?? ""} numbers`}>{t("regions.pixels", { count: pixels })}</span>
          </li>
        );
      })}
    </ul>
  );
}
