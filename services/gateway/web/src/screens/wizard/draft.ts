/** What was entered in the wizard so far, and what is wrong with it. Pure; kept for a reload in this tab. */
import { paletteColor } from "../../annotator/labels";
import { mayBeEmpty } from "../../annotator/task";
import type { ImportMode } from "../../api/imports";
import { randomId } from "../../api/random";
import type { ColumnMapping, SourceChoice, SourceKind, TableSettings } from "../../api/dataset-types";
import type { NewLabel, NewProject, TaskType } from "../../api/types";

/** `rows` only where the data are tables or manifests. */
export const STEPS = ["details", "data", "rows", "labels", "instructions", "review"] as const;
export type Step = (typeof STEPS)[number];
export const NAME_CHARS = 200;
export const DEPTH = 6;

export interface DraftLabel {
  readonly id: string;
  readonly name: string;
  /** 0 at the top. */
  readonly depth: number;
  /** Empty: the colour of the place in the list. */
  readonly color: string;
}

export interface Draft {
  readonly key: string;
  readonly name: string;
  readonly description: string;
  readonly task: TaskType;
  /** Whether an image may be submitted without any region. */
  readonly allowEmpty: boolean;
  /** Whether new files are looked for without anybody asking. */
  readonly refreshRegularly: boolean;
  readonly origin: "dataset" | "store" | "upload";
  /** The chosen data set; 0 is its newest version. */
  readonly dataset: string;
  readonly datasetVersion: number;
  readonly datastore: string;
  readonly prefix: string;
  readonly pattern: string;
  /** What the files of a folder are; a data set has its own kind. */
  readonly kind: SourceKind;
  /** How rows are read and what labelers see of them; null before the first look at them. */
  readonly table: TableSettings | null;
  readonly mapping: ColumnMapping | null;
  /** The list whose labels are imported once its items are known (F33); empty without. */
  readonly labeled: string;
  readonly importMode: ImportMode;
  /** The folder that files were uploaded into; absent before. */
  readonly uploaded?: string;
  readonly labels: readonly DraftLabel[];
  readonly text: string;
  readonly url: string;
}

const STORED = "labelbus.wizard";

export function newLabel(name = "", depth = 0): DraftLabel {
  return { id: randomId(6), name, depth, color: "" };
}

export function emptyDraft(): Draft {
  return {
    key: randomId(), name: "", description: "", task: "image_multi_class", allowEmpty: false, refreshRegularly: false, origin: "store", dataset: "", datasetVersion: 0, datastore: "", prefix: "", pattern: "**",
    kind: "files", table: null, mapping: null, labeled: "", importMode: "prelabels",
    labels: [newLabel(), newLabel()], text: "", url: "",
  };
}

export function storedDraft(): Draft {
  const stored = sessionStorage.getItem(STORED);
  return { ...emptyDraft(), ...(stored && (JSON.parse(stored) as Partial<Draft>)) };
}

export function storeDraft(draft: Draft | null): void {
  if (draft) sessionStorage.setItem(STORED, JSON.stringify(draft));
  else sessionStorage.removeItem(STORED);
}

/** Labels with a name; empty rows are no labels. */
export function namedLabels(labels: readonly DraftLabel[]): readonly DraftLabel[] {
  return labels.filter((label) => label.name.trim() !== "");
}

/** Place of the label above in the hierarchy, or -1. */
export function parentOf(labels: readonly DraftLabel[], place: number): number {
  const depth = labels[place]?.depth ?? 0;
  for (let above = place - 1; depth > 0 && above >= 0; above -= 1) if ((labels[above]?.depth ?? 0) < depth) return above;
  return -1;
}

/** No label is more than one level below the one above it, none deeper than six levels. */
export function straighten(labels: readonly DraftLabel[]): readonly DraftLabel[] {
  let deepest = 0;
  return labels.map((label) => {
    const depth = Math.min(label.depth, deepest, DEPTH - 1);
    deepest = depth + 1;
    return depth === label.depth ? label : { ...label, depth };
  });
}

export type LabelProblem = "double" | "long";

/** Problems by label id: two labels of one name under the same label above are one too many. */
export function labelProblems(labels: readonly DraftLabel[]): ReadonlyMap<string, LabelProblem> {
  const problems = new Map<string, LabelProblem>();
  const seen = new Set<string>();
  labels.forEach((label, place) => {
    const name = label.name.trim();
    if (name === "") return;
    const path = `${parentOf(labels, place)} ${name.normalize("NFKC").toLowerCase()}`;
    if (seen.has(path)) problems.set(label.id, "double");
    if (name.length > NAME_CHARS) problems.set(label.id, "long");
    seen.add(path);
  });
  return problems;
}

/** Lines of text to labels; two spaces or a tab are a level. */
export function parseLabels(text: string): readonly DraftLabel[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "");
  return straighten(
    lines.map((line) => {
      const indent = /^[\t ]*/.exec(line)?.[0] ?? "";
      return newLabel(line.trim(), Math.floor(indent.replaceAll("\t", "  ").length / 2));
    }),
  );
}

export function colorOf(labels: readonly DraftLabel[], place: number): string {
  const own = labels[place]?.color ?? "";
  return own === "" ? paletteColor(place) : own;
}

/** What the project is made of: a version of a data set, or a folder. */
export function sourceOf(draft: Draft): SourceChoice {
  if (draft.origin === "dataset") return { dataset: draft.dataset, dataset_version: draft.datasetVersion };
  return { datastore: draft.datastore, prefix: draft.prefix, pattern: draft.pattern, ...(draft.kind !== "files" && { kind: draft.kind }) };
}

/** With other data, whatever was chosen of the rows of the former is void. */
export function changed(draft: Draft, part: Partial<Draft>): Draft {
  const after = { ...draft, ...part };
  const place = ({ task, origin, dataset, datasetVersion, datastore, prefix, pattern, kind }: Draft): string => JSON.stringify([task, origin, dataset, datasetVersion, datastore, prefix, pattern, kind]);
  return place(after) === place(draft) ? after : { ...after, table: null, mapping: null, labeled: "" };
}

export function toProject(draft: Draft): NewProject {
  const labels = straighten(namedLabels(draft.labels));
  return {
    name: draft.name.trim(),
    description: draft.description.trim(),
    task_type: draft.task,
    labels: labels.map((label, place): NewLabel => {
      const parent = parentOf(labels, place);
      return { name: label.name.trim(), ...(parent >= 0 && { parent }), ...(label.color && { color: label.color }) };
    }),
    instructions: { text: draft.text, url: draft.url.trim() },
    source: { ...sourceOf(draft), ...(draft.table && { table: draft.table }), ...(draft.mapping && { mapping: { ...draft.mapping, category: "", confidence: "" } }) },
    allow_empty: mayBeEmpty(draft.task) && draft.allowEmpty,
    refresh_regularly: draft.refreshRegularly,
  };
}
