/** The wire: what `/api/v1` sends and takes. Field names are the server's. */

import type { MediaType, TaskType } from "../annotator/task";
import type { ImportFormat } from "./imports";
import type { DataSource, SourceChoice } from "./dataset-types";

export type { TaskType } from "../annotator/task";
export type RunState = "initializing" | "created" | "running" | "paused" | "failed" | "deleting" | "deleted";
export type JobState = "requested" | "running" | "succeeded" | "failed" | "canceled";
export type ItemState = "discovered" | "queued" | "leased" | "labeled" | "skipped" | "needs_review" | "removed" | "missing";
export type ExportFormat = "coco" | "coco_azure" | "jsonl" | "csv" | "conll" | "yolo" | "voc" | "huggingface";
export type Role = "owner" | "labeler";
export type Permission =
  | "projects/read"
  | "projects/write"
  | "projects/create"
  | "projects/delete"
  | "summary/read"
  | "labels/write"
  | "exports/write"
  | "imports/write"
  | "datasets/read"
  | "datasets/write"
  | "members/write"
  | "audit/read";

export interface User {
  id: string;
  name: string;
  email: string;
}

export interface Session {
  user: User;
  permissions: Permission[];
  csrf: string;
}

export interface Label {
  id: string;
  name: string;
  parent: string;
  color: string;
  retired: boolean;
}

export interface LabelSet {
  id: string;
  multi: boolean;
  labels: Label[];
}

export interface Instructions {
  text: string;
  url: string;
}

/** A data source, and what its items are to be: that decides which files count. */
export type SourceToCheck = SourceChoice & { media: MediaType };

export interface ProjectCounts {
  total: number;
  labeled: number;
  skipped: number;
  needs_review: number;
  missing: number;
  pending: number;
  unreadable: number;
}

export interface ProjectRow {
  id: string;
  name: string;
  task_type: TaskType;
  run_state: RunState;
  progress: ProjectCounts | null;
  created_at: string;
  permissions: Permission[];
}

export interface Project {
  id: string;
  version: number;
  name: string;
  description: string;
  task_type: TaskType;
  label_sets: LabelSet[];
  instructions: Instructions;
  source: DataSource;
  /** Whether an image may be submitted without any region (A11). */
  allow_empty: boolean;
  /** Whether new files are looked for without anybody asking (F42). */
  refresh_regularly: boolean;
  export_formats: ExportFormat[];
  import_formats: ImportFormat[];
  run_state: RunState;
  created_by: string;
  created_at: string;
  updated_at: string;
  permissions: Permission[];
}

export interface NewLabel {
  name: string;
  parent?: number;
  color?: string;
}

export interface NewProject {
  name: string;
  description: string;
  task_type: TaskType;
  labels: NewLabel[];
  instructions: Instructions;
  source: SourceChoice;
  allow_empty: boolean;
  refresh_regularly: boolean;
}

export interface Listing<T> {
  items: T[];
  cursor: string;
}

export interface Progress {
  ready: boolean;
  total: number;
  labeled: number;
  skipped: number;
  needs_review: number;
  missing: number;
  pending: number;
  unreadable: number;
  leased: number;
  queued: Partial<Record<"0" | "1" | "2", number>>;
  /** `items` carry the label, `regions` are the labels applied (A36). */
  labels: { set: string; label: string; items: number; regions: number }[];
  labelers: { user: string; name: string; labeled: number; skipped: number }[];
  last_change: number;
}

export interface StatusMessage {
  level: "information" | "warning" | "error";
  code: string;
  text: string;
  key: string;
  at: string;
}

export interface Refresh {
  id: string;
  project: string;
  scan: number;
  state: JobState;
  requested_by: string;
  requested_at: string;
  started_at: string | null;
  finished_at: string | null;
  listed: number;
  found: number;
  missing: number;
  changed: number;
  probed: number;
  unreadable: number;
  left_out: number;
  full: boolean;
  suppressed: number;
}

export interface ExportJob {
  id: string;
  project: string;
  format: ExportFormat;
  state: JobState;
  requested_by: string;
  requested_at: string;
  started_at: string | null;
  finished_at: string | null;
  rows: number;
  total: number;
  bucket: string;
  key: string;
  size: number;
  sha256: string;
  error: string;
  filter: ExportFilter;
  since: string | null;
  images: boolean;
  as_stored: boolean;
  escape_formulas: boolean;
  manifest_key: string;
  files: number;
  removed: number;
}

/** Which labeled items are written: those that all fields admit. */
export interface ExportFilter {
  labels: string[];
  labelers: string[];
  approved: boolean | null;
  labeled_from: string | null;
  labeled_to: string | null;
}

export interface ExportWishes {
  format: ExportFormat;
  filter: Partial<ExportFilter>;
  since_export: string;
  images: boolean;
  as_stored: boolean;
  escape_formulas: boolean;
}

export interface ExportDetails extends ExportJob {
  file_name: string;
  sample: string;
}

export interface SourceCheck {
  source: DataSource;
  looked: number;
  complete: boolean;
  matching: number;
  by_extension: Record<string, number>;
  samples: string[];
  field: string;
  problem: string;
}

export interface Person {
  id: string;
  name: string;
  email: string;
  /** Null: no rights but those of projects that the person is a member of. */
  role: Role | null;
  disabled: boolean;
  created_at: string;
  signed_in_at: string | null;
}

export interface Member {
  id: string;
  name: string;
  email: string;
  role: Role;
  /** By a role of the whole workspace, which is changed there. */
  inherited: boolean;
}

export interface Token {
  id: string;
  name: string;
  created_at: string;
  used_at: string | null;
}
