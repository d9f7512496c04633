/** The picture with its regions: canvases of the annotator, the name and X of one region, what is refused and why. */
import { Loader, Text } from "@mantine/core";
import { IconLock, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { ShownLabel } from "../../../annotator/labels";
import type { Choice } from "../../../annotator/page";
import { BrokenPicture } from "../BrokenPicture";
import type { Bound } from "./useAnnotator";
import type { ShownPicture } from "./usePictureLayer";
import classes from "./Regions.module.css";

interface Props {
  name: string;
  choice: Choice;
  labels: readonly ShownLabel[];
  bound: Bound;
  picture: ShownPicture;
}

export function RegionStage({ name, choice, labels, bound: { annotator, state, attach }, picture }: Props) {
  const { t } = useTranslation();
  const region = choice.regions.find((one) => one.id === (state.hovered ?? state.selection));
  const label = labels.find((one) => one.id === region?.label);
  const badge = (element: HTMLDivElement | null) => annotator?.setBadge(element);
  return (
    <div className={classes["frame"]}>
      <div ref={attach} className={classes["canvas"]} data-picture={picture.state} data-skipped={choice.skip || undefined}>
        <div className={classes["cover"]} role="img" aria-label={name} />
        {region && (
          <div ref={badge} className={classes["badge"]} data-badge>
            <span className={classes["swatch"]} style={{ background: label?.color }} />
            <span className={classes["badgeName"]}>{label?.name ?? region.label}</span>
            {annotator?.locked(region.id) ? <IconLock size={14} aria-label={t("regions.locked")} /> : (
              <button type="button" className={classes["x"]} tabIndex={-1} aria-label={t("regions.removeHere", { label: label?.path ?? region.label })} onClick={() => annotator?.remove([region.id])}>
                <IconX size={14} stroke={2.4} aria-hidden />
              </button>
            )}
          </div>
        )}
      </div>
      {picture.state === "loading" && <div className={classes["over"]}><Loader size="sm" color="gray" /></div>}
      {picture.state === "failed" && <BrokenPicture className={classes["over"]} reason={picture.reason} onRetry={picture.again} />}
      <div className={classes["foot"]}>
        <Text size="xs" c="dimmed" truncate title={name}>{name}</Text>
        <Text key={state.hint?.count} size="xs" className={classes["say"]} data-warn={(state.hint !== null && state.hint.code !== "boxKeeps") || undefined} role="status">
          {state.hint ? t(`regions.hint.${state.hint.code}`) : t(`regions.usage.${state.tool}`)}
        </Text>
      </div>
    </div>
  );
}
