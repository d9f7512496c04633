/** A picture as large as it fits, with zoom and pan; or that it is coming, or can't be shown. */
import { Loader } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useEffect, useLayoutEffect, useRef } from "react";

import { CRISP_SCALE } from "../../annotator/viewport";
import { imageUrl, type Pictured } from "../../labeling/image-url";
import { images } from "../../labeling/images";
import { BrokenPicture } from "./BrokenPicture";
import { usePicture } from "./usePicture";
import { usePointers } from "./usePointers";
import type { Zoom } from "./useZoom";
import classes from "./SingleImage.module.css";

export function SinglePicture({ item, zoom }: { item: Pictured & { name: string }; zoom: Zoom }) {
  const url = imageUrl(item, "preview");
  const picture = usePicture(url);
  const { ref, width, height } = useElementSize();
  const holder = useRef<HTMLDivElement>(null);
  const element = picture.state === "ready" ? picture.element : null;
  const { fit, measure, over } = zoom;
  usePointers(holder, zoom);

  // A new image starts fitted.
  useEffect(() => fit(), [item.id, fit]);
  useLayoutEffect(() => {
    if (element) holder.current?.replaceChildren(element);
  }, [element]);
  useEffect(() => {
    if (element && width > 0) measure({ width, height }, { width: element.naturalWidth, height: element.naturalHeight });
  }, [element, width, height, measure]);
  useLayoutEffect(() => {
    if (!element || width === 0) return;
    const view = over({ width, height }, { width: element.naturalWidth, height: element.naturalHeight });
    Object.assign(element.style, {
      width: `${element.naturalWidth}px`,
      height: `${element.naturalHeight}px`,
      transformOrigin: "0 0",
      transform: `translate(${view.x}px, ${view.y}px) scale(${view.scale})`,
      imageRendering: view.scale >= CRISP_SCALE ? "pixelated" : "auto",
    });
  });

  return (
    <div ref={ref} className={classes["picture"]}>
      {picture.state === "loading" && <Loader size="sm" color="gray" />}
      {picture.state === "failed" && <BrokenPicture reason={picture.reason} onRetry={() => images.again(url)} />}
      <div ref={holder} className={classes["holder"]} data-zoomed={zoom.view !== null || undefined} role="img" aria-label={item.name} />
    </div>
  );
}
