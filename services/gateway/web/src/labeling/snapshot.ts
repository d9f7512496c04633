/** What the labeling page shows at one moment. Immutable; a new one after each change. */
import type { Layout } from "../annotator/layout";
import { type Log, startLog } from "../annotator/log";
import { type Choice, openPage, type Task } from "../annotator/page";
import { NONE, type Selection } from "../annotator/selection";
import type { Kind } from "../api/labeling-types";
import type { ApiError } from "../api/problem";
import type { WorkItem } from "./work-page";

/** Work that came back: its lease was lost, or the server refused it. The choice is kept until a person decides. */
export interface ReturnedItem {
  readonly item: WorkItem;
  readonly choice: Choice;
  /** Empty: the lease was lost. Else why the server refused it. */
  readonly refusal: string;
}

export interface Snapshot {
  /** starting: the first claim is under way; blocked: paused or not running, with no page on screen. */
  readonly phase: "starting" | "working" | "waiting" | "done" | "blocked" | "failed";
  readonly layout: Layout;
  readonly kind: Kind;
  readonly items: readonly WorkItem[];
  readonly log: Log;
  readonly selection: Selection;
  readonly paused: boolean;
  readonly othersHold: number;
  /** In other tabs of this person. */
  readonly ownHold: number;
  readonly pending: number;
  readonly error: ApiError | null;
  readonly returned: readonly ReturnedItem[];
  /** Said once: how many drafts came back with the page, how many returned items are gone for good. */
  readonly draftsBack: number;
  readonly gone: number;
  /** False once this browser refused to store a draft. */
  readonly draftsKept: boolean;
}

export function firstSnapshot(task: Task, layout: Layout): Snapshot {
  return {
    phase: "starting",
    layout,
    kind: 2,
    items: [],
    log: startLog(openPage(task, [])),
    selection: NONE,
    paused: false,
    othersHold: 0,
    ownHold: 0,
    pending: 0,
    error: null,
    returned: [],
    draftsBack: 0,
    gone: 0,
    draftsKept: true,
  };
}
