/** What keeps a step of the wizard from going on, by field, in words. */
import type { TFunction } from "i18next";

import { mediaOf } from "../../annotator/task";
import type { SourceCheck } from "../../api/types";
import { kindOf, rowsProblems } from "./rows";
import { type Draft, labelProblems, NAME_CHARS, namedLabels, type Step } from "./draft";

/** A pixel of a mask is one byte, and 0 is the background. */
const MASK_LABELS = 255;

type Problems = Record<string, string>;

/** `waiting`: files that were chosen and not uploaded. */
export function problemsOf(t: TFunction, draft: Draft, check: SourceCheck | undefined, waiting = 0): Record<Step, Problems> {
  const name = draft.name.trim();
  const details: Problems = {};
  if (!name) details["name"] = t("wizard.details.nameMissing");
  if (name.length > NAME_CHARS) details["name"] = t("wizard.details.nameLong", { count: NAME_CHARS });

  const data: Problems = {};
  const media = mediaOf(draft.task);
  if (!check || check.problem || check.matching === 0) data["source"] = t("wizard.data.needData", { context: media });
  if (draft.origin === "upload" && draft.uploaded !== draft.prefix) data["source"] = t("wizard.data.needUpload");

  if (draft.origin === "upload" && waiting > 0) data["source"] = t("wizard.data.needSending", { count: waiting });

  const labels: Problems = {};
  if (namedLabels(draft.labels).length === 0) labels["labels"] = t("wizard.labels.need");
  if (draft.task === "image_mask" && namedLabels(draft.labels).length > MASK_LABELS) labels["labels"] = t("wizard.labels.tooMany", { count: MASK_LABELS });
  for (const [id, problem] of labelProblems(draft.labels)) {
    labels[id] = problem === "double" ? t("wizard.labels.double") : t("wizard.labels.long", { count: NAME_CHARS });
  }

  const instructions: Problems = {};
  if (draft.url.trim() && !/^https?:\/\/[^\s/]\S*$/i.test(draft.url.trim())) instructions["url"] = t("wizard.instructions.urlWrong");
  return { details, data, rows: rowsProblems(t, draft, kindOf(draft, check)), labels, instructions, review: {} };
}

/** The step that holds a field of the server's answer. */
export function stepOfField(field: string): Step {
  if (field.startsWith("labels")) return "labels";
  if (/^source\.(?:table|mapping)/.test(field)) return "rows";
  if (field.startsWith("source")) return "data";
  if (field.startsWith("instructions")) return "instructions";
  return "details";
}
