/** What was chosen of the rows of tables and manifests, and what is wrong with it. Pure. */
import type { TFunction } from "i18next";

import type { SourceKind, SourcePreview } from "../../api/dataset-types";
import type { SourceCheck } from "../../api/types";
import { type Draft, type Step, STEPS } from "./draft";

/** What the data are: of a data set what the server says, which alone knows it. */
export function kindOf(draft: Draft, check: SourceCheck | undefined): SourceKind {
  return draft.origin === "dataset" ? (check?.source.kind ?? "files") : draft.kind;
}

export function stepsOf(kind: SourceKind): readonly Step[] {
  return STEPS.filter((step) => step !== "rows" || kind !== "files");
}

/** The choices to begin with, or after the columns became others: all, of which entities take the one with the longest texts. */
export function firstChoices(draft: Draft, kind: SourceKind, preview: SourcePreview): Partial<Draft> {
  if (kind === "manifest") return draft.mapping ? {} : { mapping: { image: preview.mapping.image, category: "", confidence: "" } };
  const { columns, rows, table } = preview;
  if (draft.table?.columns.every((column) => columns.includes(column))) return {};
  const length = (place: number): number => rows.reduce((sum, row) => sum + (row[place]?.length ?? 0), 0);
  const longest = columns.reduce((best, _, place) => (length(place) > length(best) ? place : best), 0);
  const chosen = draft.task === "text_entities" ? columns.slice(longest, longest + 1) : columns;
  return { table: { delimiter: "", encoding: "", header: table.header, ...draft.table, columns: chosen } };
}

/** As what a list can be imported whose columns hold labels; null where they can't be read. Masks are never in a cell of CSV. */
export function labelFormat(key: string, task: Draft["task"]): "jsonl" | "csv" | null {
  if (key.endsWith(".jsonl")) return "jsonl";
  return /\.(?:csv|tsv)$/.test(key) && task !== "image_mask" ? "csv" : null;
}

export function rowsProblems(t: TFunction, draft: Draft, kind: SourceKind): Record<string, string> {
  if (kind === "manifest" && !draft.mapping?.image) return { mapping: t("wizard.rows.needImage") };
  if (kind !== "table") return {};
  const count = draft.table?.columns.length ?? 0;
  if (count === 0) return { columns: t("wizard.rows.needColumn") };
  if (draft.task === "text_entities" && count > 1) return { columns: t("wizard.rows.needOne") };
  return {};
}
