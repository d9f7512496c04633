/** Projects and what belongs to one: progress, refreshes, messages, exports. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { get, patch, post, remove } from "./http";
import type {
  Listing,
  NewProject,
  Progress,
  Project,
  ProjectRow,
  Refresh,
  RunState,
  SourceCheck,
  SourceToCheck,
  StatusMessage,
} from "./types";

/** A list answers either `{items}` or the bare array; both are read. */
const rows = <T>(answer: Listing<T> | T[]): T[] => (Array.isArray(answer) ? answer : answer.items);

export interface ProjectFilter {
  q: string;
  state: RunState | "";
}

export const projectsQuery = (filter: ProjectFilter) =>
  infiniteQueryOptions({
    queryKey: ["projects", filter],
    queryFn: ({ pageParam, signal }) => get<Listing<ProjectRow>>("/projects", { ...filter, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.cursor || undefined,
  });

export const projectQuery = (id: string) =>
  queryOptions({ queryKey: ["project", id], queryFn: ({ signal }) => get<Project>(`/projects/${id}`, undefined, signal) });

export const progressQuery = (id: string) =>
  queryOptions({ queryKey: ["progress", id], queryFn: ({ signal }) => get<Progress>(`/projects/${id}/progress`, undefined, signal) });

export const refreshesQuery = (id: string) =>
  queryOptions({
    queryKey: ["refreshes", id],
    queryFn: async ({ signal }) => rows(await get<Refresh[]>(`/projects/${id}/refreshes`, undefined, signal)),
  });

export const messagesQuery = (id: string) =>
  queryOptions({
    queryKey: ["messages", id],
    queryFn: async ({ signal }) => rows(await get<StatusMessage[]>(`/projects/${id}/messages`, undefined, signal)),
  });

export const checkQuery = (source: SourceToCheck) =>
  queryOptions({
    queryKey: ["check", source],
    queryFn: ({ signal }) => post<SourceCheck>("/sources/check", source, { signal }),
    enabled: "dataset" in source ? source.dataset !== "" : source.datastore !== "",
    staleTime: 10_000,
  });

export interface ProjectChange {
  version: number;
  instructions?: { text: string; url: string };
  allow_empty?: boolean;
  refresh_regularly?: boolean;
}

export const createProject = (project: NewProject, key: string): Promise<Project> =>
  post<Project>("/projects", project, { idempotencyKey: key });
export const changeProject = (id: string, change: ProjectChange): Promise<Project> =>
  patch<Project>(`/projects/${id}`, change);
export const pauseProject = (id: string): Promise<Project> => post<Project>(`/projects/${id}/pause`);
export const startProject = (id: string): Promise<Project> => post<Project>(`/projects/${id}/start`);
export const deleteProject = (id: string, name: string): Promise<unknown> => remove(`/projects/${id}`, { confirm: name });
export const refreshNow = (id: string): Promise<Refresh> => post<Refresh>(`/projects/${id}/refreshes`);
