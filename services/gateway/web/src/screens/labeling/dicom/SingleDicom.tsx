/** One DICOM picture that is labeled as a whole: zoom and pan as for every picture, and a window to look at it through (W). */
import { useElementSize } from "@mantine/hooks";
import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from "react";

import type { DicomView } from "../../../annotator/dicom/view";
import { boxOfPicture } from "../../../annotator/pixels/visible";
import { fitted, type Size, type Viewport } from "../../../annotator/viewport";
import { usePointers } from "../usePointers";
import type { Zoom } from "../useZoom";
import { DicomBar } from "./DicomBar";
import type { Dicom } from "./useDicom";
import { useWindowKeys } from "./useWindowKeys";
import classes from "./Dicom.module.css";

interface Props {
  name: string;
  dicom: Dicom;
  view: DicomView;
  zoom: Zoom;
}

export function SingleDicom({ name, dicom, view, zoom }: Props) {
  const { ref, width, height } = useElementSize();
  const area = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [adjusting, setAdjusting] = useState(false);
  const { fit, measure, over } = zoom;
  const { header } = view;
  const drag = (dx: number, dy: number) => view.drag(view.mapping, dx, dy);
  const toggle = () => setAdjusting(!adjusting);
  useWindowKeys({ adjusting, onToggle: toggle, onDrag: drag });
  usePointers(area, adjusting ? { ...zoom, pan: drag } : zoom);

  useEffect(() => fit(), [view, fit]);
  useEffect(() => {
    if (width > 0) measure({ width, height }, header);
  }, [header, width, height, measure]);
  const draw = useEffectEvent(() => {
    const window = { width, height };
    if (canvas.current && width > 0) drawOn(canvas.current, view, zoom.view ? over(window, header) : fitted(window, header), window);
  });
  useLayoutEffect(() => draw());
  useEffect(() => onFrames(view, () => draw()), [view]);

  return (
    <div className={classes["single"]}>
      <DicomBar dicom={dicom} adjusting={adjusting} onAdjust={toggle} />
      <div ref={ref} className={classes["stage"]}>
        <canvas ref={canvas} className={classes["canvas"]} aria-hidden />
        <div
          ref={area}
          className={classes["area"]}
          role="img"
          aria-label={name}
          data-adjusting={adjusting || undefined}
          data-zoomed={zoom.view !== null || undefined}
          onDoubleClick={() => adjusting && view.reset()}
        />
      </div>
    </div>
  );
}

function drawOn(canvas: HTMLCanvasElement, { layer, header }: DicomView, view: Viewport, window: Size): void {
  const ratio = globalThis.devicePixelRatio;
  const [width, height] = [Math.round(window.width * ratio), Math.round(window.height * ratio)];
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
  const context = canvas.getContext("2d");
  if (!context) return;
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, window.width, window.height);
  layer.draw(context, view, window, boxOfPicture(header));
}

/** Draws once a frame at most, however often the window changes. */
function onFrames(view: DicomView, draw: () => void): () => void {
  let frame = 0;
  const stop = view.onChange(() => {
    cancelAnimationFrame(frame);
    frame = requestAnimationFrame(draw);
  });
  return () => {
    stop();
    cancelAnimationFrame(frame);
  };
}
