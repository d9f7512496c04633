/** Answers of whole items: the labels of each label set. */
import type { Answer } from "../api/labeling-types";

export function labelsOf(answers: readonly Answer[], set: string): readonly string[] {
  return answers.find((answer) => answer.set === set)?.labels ?? [];
}

export function answersOf(labels: readonly string[], set: string): Answer[] {
  return labels.length > 0 ? [{ set, labels: [...labels] }] : [];
}
