/** The task types of each kind of media, in the order in which they are offered (F5, F13–F20). */
import type { MediaType, TaskType } from "../../annotator/task";

export const TASKS: Record<MediaType, readonly [TaskType, ...TaskType[]]> = {
  image: ["image_multi_class", "image_multi_label", "image_box", "image_polygon", "image_mask"],
  text: ["text_multi_class", "text_multi_label", "text_entities"],
};
