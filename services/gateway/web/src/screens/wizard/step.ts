/** What every step of the wizard is given. */
import type { Draft } from "./draft";

export interface StepProps {
  draft: Draft;
  change: (part: Partial<Draft>) => void;
  problems: Readonly<Record<string, string>>;
}
