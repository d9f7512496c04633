/** What goes to the mask worker and comes back. */
import type { Size } from "../viewport";
import type { MaskLayer } from "./flatten";
import type { Base } from "./raster";
import type { Stroke } from "./stroke";
import type { MaskWork } from "./work";

export type MaskRequest =
  | { readonly id: number; readonly type: "decode"; readonly size: Size; readonly layers: readonly MaskLayer[] }
  | { readonly id: number; readonly type: "encode"; readonly size: Size; readonly work: MaskWork; readonly fills: readonly Stroke[] };

export type MaskReply =
  | { readonly id: number; readonly type: "decoded"; readonly base: Base }
  | { readonly id: number; readonly type: "encoded"; readonly layers: readonly MaskLayer[] }
  /** broken: these are no run lengths; size: they are those of another picture; failed: no memory, or a bug. */
  | { readonly id: number; readonly type: "refused"; readonly code: "broken" | "size" | "failed" };
