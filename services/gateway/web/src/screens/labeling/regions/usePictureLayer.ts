/** The picture on the stage: its preview at once, all its pixels when they would be seen. */
import { useEffect, useState } from "react";

import type { Layer } from "../../../annotator/stage/layer";
import { PictureLayer } from "../../../annotator/stage/picture-layer";
import type { Annotator } from "../../../annotator/desk/annotator";
import type { DoneItem } from "../../../api/labeling-types";
import { imageUrl } from "../../../labeling/image-url";
import { images } from "../../../labeling/images";
import { usePicture } from "../usePicture";

/** `again` tries to load it once more. */
export type ShownPicture = { readonly again: () => void } & ({ readonly state: "loading" | "ready" } | { readonly state: "failed"; readonly reason: string });

type Shown = Pick<DoneItem, "id" | "source" | "media">;

async function decoded(url: string): Promise<ImageBitmap> {
  const element = new Image();
  element.src = url;
  await element.decode();
  return createImageBitmap(element);
}

/** `zoom`: device pixels for one picture pixel. `better`: what is shown instead of the preview as soon as it is there. */
export function usePictureLayer(annotator: Annotator | null, item: Shown, zoom: number, better: Layer | null): ShownPicture {
  const url = imageUrl(item, "preview");
  const picture = usePicture(url);
  const element = picture.state === "ready" ? picture.element : null;
  const [layer, setLayer] = useState<PictureLayer | null>(null);

  useEffect(() => {
    if (!annotator || !item.media) return;
    if (better) {
      annotator.stage.setImage(better);
      setLayer(null);
      return;
    }
    if (!element) return;
    const made = new PictureLayer(item.media, () => annotator.stage.ratio);
    made.add({ pixels: element, width: element.naturalWidth, height: element.naturalHeight });
    annotator.stage.setImage(made);
    setLayer(made);
  }, [annotator, element, item.id, better]);

  const more = layer !== null && annotator !== null && layer.wantsMore(zoom / annotator.stage.ratio);
  useEffect(() => {
    if (!more) return undefined;
    let left = false;
    decoded(imageUrl(item, "full")).then(
      (pixels) => {
        if (left) pixels.close();
        else {
          layer.add({ pixels, width: pixels.width, height: pixels.height });
          annotator.stage.repaint();
        }
      },
      // The preview stays: a picture that is less sharp is better than none.
      () => undefined,
    );
    return () => {
      left = true;
    };
  }, [more, layer]);
  const again = () => images.again(url);
  if (better) return { state: "ready", again };
  if (!item.media || picture.state === "failed") return { state: "failed", reason: picture.state === "failed" ? picture.reason : "", again };
  return { state: picture.state, again };
}
