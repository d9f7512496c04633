/** Shows a decoded picture as large as it fits, or that it is coming, or that it can't be shown. */
import { Loader } from "@mantine/core";
import { useElementSize } from "@mantine/hooks";
import { useLayoutEffect, useRef } from "react";

import { CRISP_SCALE, fitted } from "../../annotator/viewport";
import { images } from "../../labeling/images";
import { BrokenPicture } from "./BrokenPicture";
import { usePicture } from "./usePicture";
import classes from "./PictureBox.module.css";

export function PictureBox({ url }: { url: string }) {
  const picture = usePicture(url);
  const { ref, width, height } = useElementSize();
  const holder = useRef<HTMLDivElement>(null);
  const element = picture.state === "ready" ? picture.element : null;

  useLayoutEffect(() => {
    if (!element || !holder.current) return;
    holder.current.replaceChildren(element);
  }, [element]);
  useLayoutEffect(() => {
    if (!element || width === 0) return;
    const view = fitted({ width, height }, { width: element.naturalWidth, height: element.naturalHeight });
    Object.assign(element.style, {
      transform: "",
      width: `${element.naturalWidth * view.scale}px`,
      height: `${element.naturalHeight * view.scale}px`,
      imageRendering: view.scale >= CRISP_SCALE ? "pixelated" : "auto",
    });
  }, [element, width, height]);

  return (
    <div ref={ref} className={classes["box"]}>
      {picture.state === "loading" && <Loader size="sm" color="gray" />}
      {picture.state === "failed" && <BrokenPicture reason={picture.reason} onRetry={() => images.again(url)} />}
      <div ref={holder} className={classes["holder"]} hidden={!element} />
    </div>
  );
}
