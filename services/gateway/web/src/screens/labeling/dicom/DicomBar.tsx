/** How a DICOM picture is looked at: presets of its header, level and width, which frame. Changes no label. */
import { ActionIcon, Button, Group, Text, Tooltip } from "@mantine/core";
import { IconContrast2, IconRotate } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import type { Preset } from "../../../annotator/dicom/picture";
import type { DicomView } from "../../../annotator/dicom/view";
import { StageSelect } from "../StageSelect";
import { ToolButton } from "../ToolButton";
import type { Dicom } from "./useDicom";
import classes from "./Dicom.module.css";

interface Props {
  dicom: Dicom;
  /** Where no tool bar offers the window: whether dragging adjusts it. */
  adjusting?: boolean;
  onAdjust?: () => void;
}

export function DicomBar({ dicom, adjusting = false, onAdjust }: Props) {
  const { t } = useTranslation();
  return (
    <Group className={classes["bar"]} gap="sm" role="group" aria-label={t("dicom.window")}>
      {onAdjust ? (
        <Tooltip label={`${t("dicom.window")} (W)`}>
          <ActionIcon variant={adjusting ? "light" : "subtle"} color={adjusting ? undefined : "gray"} size={30} aria-label={t("dicom.window")} aria-pressed={adjusting} aria-keyshortcuts="W" onMouseDown={(event) => event.preventDefault()} onClick={onAdjust}>
            <IconContrast2 size={18} />
          </ActionIcon>
        </Tooltip>
      ) : (
        <IconContrast2 size={18} aria-hidden />
      )}
      {dicom.view && <WindowControls view={dicom.view} />}
      {dicom.state === "failed" && (
        <>
          <Text size="xs" role="status">{t("dicom.failed")}</Text>
          <Button size="compact-xs" variant="default" onClick={dicom.again}>{t("common.retry")}</Button>
        </>
      )}
      {dicom.frames > 1 && <Frames count={dicom.frames} />}
    </Group>
  );
}

function WindowControls({ view }: { view: DicomView }) {
  const { t } = useTranslation();
  const mapping = useSyncExternalStore(view.onChange, () => view.mapping);
  const place = view.presets.findIndex((preset) => preset.mapping === mapping);
  const nameOf = (preset: Preset, at: number): string => preset.name || t(`dicom.preset.${preset.source}`, { place: at + 1 });
  return (
    <>
      <StageSelect
        w={150}
        aria-label={t("dicom.presets")}
        placeholder={t("dicom.own")}
        data={view.presets.map((preset, at) => ({ value: String(at), label: nameOf(preset, at) }))}
        value={place < 0 ? null : String(place)}
        onChange={(value) => {
          const preset = view.presets[Number(value)];
          if (preset) view.show(preset.mapping);
        }}
      />
      {mapping.kind !== "table" && (
        <Text size="xs" className="numbers" data-window>
          {t("dicom.level", { value: Math.round(mapping.center * 100) / 100 })} · {t("dicom.width", { value: Math.round(mapping.width * 100) / 100 })}
        </Text>
      )}
      <ToolButton name={t("dicom.reset")} disabled={place === 0} onClick={() => view.reset()}><IconRotate size={17} /></ToolButton>
    </>
  );
}

/** Read-only: the first frame is what is labeled. */
function Frames({ count }: { count: number }) {
  const { t } = useTranslation();
  return (
    <Group gap={8} wrap="nowrap" title={t("dicom.frameHint")}>
      <Text size="xs">{t("dicom.frameOf", { count })}</Text>
      <input type="range" min={1} max={count} value={1} disabled readOnly aria-label={t("dicom.frame")} className={classes["frames"]} />
    </Group>
  );
}
