/** What is typed about a data set, kept for a reload in this tab, and what of it is sent. */
import type { Dataset, FolderSource, SourceKind } from "../../api/dataset-types";
import type { SourceToCheck } from "../../api/types";

export type Content = "image" | "text" | "table" | "manifest";
export const CONTENTS: readonly Content[] = ["image", "text", "table", "manifest"];

export interface DatasetValues {
  readonly name: string;
  readonly description: string;
  readonly content: Content;
  readonly origin: "store" | "upload";
  readonly datastore: string;
  readonly prefix: string;
  readonly pattern: string;
  /** The place that files were uploaded to; absent before. */
  readonly uploaded?: string;
  /** What else a version holds, and the next one keeps. */
  readonly kept?: Pick<Dataset, "kind" | "table" | "mapping">;
}

const STORED = "labelbus.dataset";
const KINDS: Record<Content, SourceKind> = { image: "files", text: "files", table: "table", manifest: "manifest" };

export function emptyForm(): DatasetValues {
  return { name: "", description: "", content: "image", origin: "store", datastore: "", prefix: "", pattern: "**" };
}

/** What was typed of a new data set so far. Files that were chosen can't be kept. */
export function storedForm(): DatasetValues {
  const stored = sessionStorage.getItem(STORED);
  return { ...emptyForm(), ...(stored && (JSON.parse(stored) as Partial<DatasetValues>)) };
}

export function storeForm(form: DatasetValues | null): void {
  if (form) sessionStorage.setItem(STORED, JSON.stringify(form));
  else sessionStorage.removeItem(STORED);
}

export function formOf(dataset: Dataset): DatasetValues {
  const { name, description, kind, datastore, prefix, pattern, table, mapping, by_extension: kinds } = dataset;
  const texts = "txt" in kinds && Object.keys(kinds).length === 1;
  const content = kind === "files" ? (texts ? "text" : "image") : kind;
  return { name, description, content, origin: "store", datastore, prefix, pattern, kept: { kind, table, mapping } };
}

export function sourceOf({ content, datastore, prefix, pattern, kept }: DatasetValues): FolderSource {
  const kind = KINDS[content];
  const same = kept?.kind === kind ? { ...(kept.table && { table: kept.table }), ...(kept.mapping && { mapping: kept.mapping }) } : {};
  return { datastore, prefix, pattern, ...(kind !== "files" && { kind }), ...same };
}

export function checkOf(values: DatasetValues): SourceToCheck {
  return { ...sourceOf(values), media: values.content === "image" || values.content === "manifest" ? "image" : "text" };
}
