/** What keeps a step of the wizard from going on, by field, in words. */
import type { TFunction } from "i18next";

import type { SourceCheck } from "../../api/types";
import { type Draft, labelProblems, NAME_CHARS, namedLabels, type Step } from "./draft";

type Problems = Record<string, string>;

export function problemsOf(t: TFunction, draft: Draft, check: SourceCheck | undefined): Record<Step, Problems> {
  const name = draft.name.trim();
  const details: Problems = {};
  if (!name) details["name"] = t("wizard.details.nameMissing");
  if (name.length > NAME_CHARS) details["name"] = t("wizard.details.nameLong", { count: NAME_CHARS });

  const data: Problems = {};
  if (!check || check.problem || check.matching === 0) data["source"] = t("wizard.data.needData");
  if (draft.origin === "upload" && draft.uploaded !== draft.prefix) data["source"] = t("wizard.data.needUpload");

  const labels: Problems = {};
  if (namedLabels(draft.labels).length === 0) labels["labels"] = t("wizard.labels.need");
  for (const [id, problem] of labelProblems(draft.labels)) {
    labels[id] = problem === "double" ? t("wizard.labels.double") : t("wizard.labels.long", { count: NAME_CHARS });
  }

  const instructions: Problems = {};
  if (draft.url.trim() && !/^https?:\/\/[^\s/]\S*$/i.test(draft.url.trim())) instructions["url"] = t("wizard.instructions.urlWrong");
  return { details, data, labels, instructions, review: {} };
}

/** The step that holds a field of the server's answer. */
export function stepOfField(field: string): Step {
  if (field.startsWith("labels")) return "labels";
  if (field.startsWith("source")) return "data";
  if (field.startsWith("instructions")) return "instructions";
  return "details";
}
