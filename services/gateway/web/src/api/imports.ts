/** Imports of labels: files, requests, reports, and the agreement. */
import { queryOptions } from "@tanstack/react-query";

import { putFile, type Put } from "../upload/put";
import { get, post } from "./http";

export type ImportFormat = "coco" | "jsonl" | "csv" | "yolo" | "voc" | "cvat" | "label_studio" | "conll";
export type ImportMode = "prelabels" | "labels";
export type ImportState = "requested" | "checking" | "counting" | "checked" | "applying" | "succeeded" | "failed" | "canceled";

/** A file of labels: what it seems to be, and the columns of CSV or of the first line of JSON Lines. */
export interface ImportFile {
  datastore: string;
  key: string;
  name: string;
  size: number;
  format: ImportFormat | null;
  columns: string[];
}

export interface ImportProblem {
  row: string;
  key: string;
  code: string;
  message: string;
}

export interface Columns {
  image: string;
  category: string;
  confidence: string;
}

export interface ImportJob {
  id: string;
  project: string;
  version: number;
  format: ImportFormat;
  mode: ImportMode;
  state: ImportState;
  name: string;
  total: number;
  matched: number;
  unmatched: number;
  refused: number;
  empty: number;
  left_out: number;
  applied: number;
  already_labeled: number;
  kept: number;
  problems: ImportProblem[];
  suppressed: number;
  has_report: boolean;
  requested_at: string;
  finished_at: string | null;
  error: string;
}

export interface NewImport {
  datastore: string;
  key: string;
  format: ImportFormat;
  mode: ImportMode;
  mapping?: Columns;
}

/** States that nothing follows. */
export const hasEnded = ({ state }: ImportJob): boolean => state === "succeeded" || state === "failed" || state === "canceled";

export const importsQuery = (project: string) =>
  queryOptions({
    queryKey: ["imports", project],
    queryFn: ({ signal }) => get<ImportJob[]>(`/projects/${project}/imports`, undefined, signal),
  });

export const uploadImportFile = (project: string, file: File, onSent: (bytes: number) => void): Put<ImportFile> =>
  putFile<ImportFile>(`/projects/${project}/import-files`, { name: file.name }, file, onSent);
export const lookAtImportFile = (project: string, datastore: string, key: string): Promise<ImportFile> =>
  post<ImportFile>(`/projects/${project}/import-files/look`, { datastore, key });
export const startImport = (project: string, body: NewImport, key: string): Promise<ImportJob> =>
  post<ImportJob>(`/projects/${project}/imports`, body, { idempotencyKey: key });
export const applyImport = (id: string): Promise<ImportJob> => post<ImportJob>(`/imports/${id}/apply`);
export const cancelImport = (id: string): Promise<ImportJob> => post<ImportJob>(`/imports/${id}/cancel`);
