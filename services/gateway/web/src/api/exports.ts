/** Exports: asking for one, and what is known of it. */
import { queryOptions } from "@tanstack/react-query";

import { get, post } from "./http";
import type { ExportDetails, ExportJob, ExportWishes } from "./types";

export const exportsQuery = (id: string) =>
  queryOptions({ queryKey: ["exports", id], queryFn: ({ signal }) => get<ExportJob[]>(`/projects/${id}/exports`, undefined, signal) });

/** Below the key of the project's list, so that a hint at the project makes both stale. */
export const exportQuery = (project: string, id: string) =>
  queryOptions({ queryKey: ["exports", project, id], queryFn: ({ signal }) => get<ExportDetails>(`/exports/${id}`, undefined, signal) });

export const readExport = (id: string): Promise<ExportJob> => get<ExportJob>(`/exports/${id}`);

export const startExport = (project: string, wishes: ExportWishes, key: string): Promise<ExportJob> =>
  post<ExportJob>(`/projects/${project}/exports`, wishes, { idempotencyKey: key });
