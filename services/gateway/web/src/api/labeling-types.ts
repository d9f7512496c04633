/** The wire of the labeling page: pages, leases, submissions. */
import type { Shape } from "../annotator/regions/region";
import type { ItemState } from "./types";

export interface Answer {
  set: string;
  labels: string[];
}

export interface Source {
  datastore: string;
  key: string;
  etag: string;
  size: number;
}

export interface Media {
  format: string;
  width: number;
  height: number;
  frames: number;
  /** Code points of a text. */
  chars: number;
}

/** A marked part of an item. Coordinates as in the annotator's `Region`; `rle` is COCO's `counts`, of masks only. */
export interface WireRegion {
  id: string;
  label: string;
  shape: Shape;
  points: number[];
  frame: number;
  attributes: Record<string, string>;
  origin: "human" | "model" | "import";
  rle?: string;
}

export interface LeasedItem {
  id: string;
  version: number;
  name: string;
  source: Source;
  media: Media | null;
  answers: Answer[];
  regions?: WireRegion[];
  /** Where `answers` and `regions` come from, if they are a suggestion. */
  prelabel?: Prelabel | null;
}

/** A suggestion of a model's run or of an import, and how sure that is. */
export interface Prelabel {
  run: string;
  confidence: number;
}

/** 0 prelabeled, 1 clustered, 2 manual. */
export type Kind = 0 | 1 | 2;

export interface Page {
  token: string;
  kind: Kind;
  until: number;
  items: LeasedItem[];
  others_hold: number;
  /** How many items the same person holds in other tabs. */
  own_hold: number;
  pending: number;
}

export interface Effort {
  active_ms: number;
  actions: number;
  shown_at: string | null;
}

export interface SubmitItem {
  id: string;
  version: number;
  skip: boolean;
  answers: Answer[];
  regions: WireRegion[];
  effort: Effort;
  prelabel?: Prelabel & { outcome: "accepted" | "changed" };
}

export interface ItemResult {
  id: string;
  result: "saved" | "lost" | "refused";
  version: number;
  state: ItemState | null;
  field: string;
  message: string;
}

export interface DoneItem {
  id: string;
  version: number;
  state: ItemState;
  name: string;
  source: Source;
  media: Media | null;
  answers: Answer[];
  region_count: number;
  at: number;
}

/** An own done item with all its regions. */
export interface DoneLabel {
  id: string;
  version: number;
  state: ItemState;
  answers: Answer[];
  regions: WireRegion[];
  skip_reason: string;
  note: string;
  at: number;
}
