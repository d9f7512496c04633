/** What a page at work is given, whatever is labeled on it. */
import type { ShownLabel } from "../../annotator/labels";
import type { LabelingSession } from "../../labeling/session";
import type { Snapshot } from "../../labeling/snapshot";

export interface BenchProps {
  session: LabelingSession;
  snapshot: Snapshot;
  labels: readonly ShownLabel[];
  onBack: () => void;
  onInstructions: () => void;
}
