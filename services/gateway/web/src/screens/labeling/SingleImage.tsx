/** One image, as large as it fits, with zoom and pan; its labels below. It is always what a label goes to. */
import { Text } from "@mantine/core";

import type { Command } from "../../annotator/command";
import type { ShownLabel } from "../../annotator/labels";
import { choiceOf, type PageState } from "../../annotator/page";
import type { DoneItem } from "../../api/labeling-types";
import { SingleDicom } from "./dicom/SingleDicom";
import { useDicom } from "./dicom/useDicom";
import { ItemChips } from "./ItemChips";
import { SinglePicture } from "./SinglePicture";
import type { Zoom } from "./useZoom";
import classes from "./SingleImage.module.css";

interface Props {
  item: Pick<DoneItem, "id" | "source" | "name" | "media">;
  page: PageState;
  labels: readonly ShownLabel[];
  zoom: Zoom;
  onCommand: (command: Command) => void;
}

export function SingleImage({ item, page, labels, zoom, onCommand }: Props) {
  const choice = choiceOf(page, item.id);
  const dicom = useDicom(item);
  return (
    <div className={classes["single"]}>
      <div className={classes["window"]} data-skipped={choice.skip || undefined}>
        {dicom?.view ? <SingleDicom name={item.name} dicom={dicom} view={dicom.view} zoom={zoom} /> : <SinglePicture item={item} zoom={zoom} />}
      </div>
      <div className={classes["foot"]}>
        <Text size="xs" c="dimmed" truncate title={item.name}>{item.name}</Text>
        {(choice.skip || choice.labels.length > 0) && <ItemChips item={item} choice={choice} labels={labels} onCommand={onCommand} />}
      </div>
    </div>
  );
}
