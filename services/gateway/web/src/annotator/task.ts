/** The kinds of task, and what kind of region each one asks for. */
import type { Shape } from "./regions/region";

export type TaskType =
  | "image_multi_class"
  | "image_multi_label"
  | "image_box"
  | "image_polygon"
  | "image_mask"
  | "text_multi_class"
  | "text_multi_label"
  | "text_entities";

/** How labels are given: from set `set`, several of them if `multi`; whether an item without a region may be submitted (A11). */
export interface Task {
  readonly type: TaskType;
  readonly set: string;
  readonly multi: boolean;
  readonly allowEmpty: boolean;
}

const SHAPES: Partial<Record<TaskType, Shape>> = { image_box: "box", image_polygon: "polygon", image_mask: "mask", text_entities: "span" };

/** What labels are put on, or null where the whole item gets them. */
export function shapeOf(type: TaskType): Shape | null {
  return SHAPES[type] ?? null;
}

export function isText(type: TaskType): boolean {
  return type.startsWith("text_");
}

/** Whether it is a question if an item may go without regions: entities always may, whole items never do (A11, A17). */
export function mayBeEmpty(type: TaskType): boolean {
  const shape = shapeOf(type);
  return shape !== null && shape !== "span";
}

export type MediaType = "image" | "text";

export function mediaOf(type: TaskType): MediaType {
  return isText(type) ? "text" : "image";
}

/** Whether a page holds one item: everything but the classification of whole images. */
export function oneAPage(type: TaskType): boolean {
  return isText(type) || shapeOf(type) !== null;
}
