/** Data stores, what lies in them, and data sets. */
import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";

import { address, get, patch, post, remove } from "./http";
import type { Browsed, ConnectionTest, Dataset, Datastore, DatastoreBody, FolderSource } from "./dataset-types";
import type { Listing } from "./types";

const at = (store: string): string => `/datastores/${encodeURIComponent(store)}`;
/** A look at the counting of a data set, beside the live hint that tells of its end. */
const COUNTING_MS = 1_500;

export const datastoresQuery = queryOptions({
  queryKey: ["datastores"],
  queryFn: ({ signal }) => get<Datastore[]>("/datastores", undefined, signal),
  staleTime: 60_000,
});

export const registerDatastore = (body: DatastoreBody & { name: string }): Promise<Datastore> => post<Datastore>("/datastores", body);
export const changeDatastore = (name: string, change: Partial<DatastoreBody> & { version: number }): Promise<Datastore> => patch<Datastore>(at(name), change);
export const removeDatastore = (name: string): Promise<unknown> => remove(at(name));
export const testConnection = (body: DatastoreBody): Promise<ConnectionTest> => post<ConnectionTest>("/datastores/test", body);
export const testDatastore = (name: string): Promise<ConnectionTest> => post<ConnectionTest>(`${at(name)}/test`);

export const browseQuery = (store: string, prefix: string) =>
  infiniteQueryOptions({
    queryKey: ["browse", store, prefix],
    queryFn: ({ pageParam, signal }) => get<Browsed>(`${at(store)}/browse`, { prefix, cursor: pageParam, limit: 200 }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.cursor || undefined,
    enabled: store !== "",
  });

export const thumbnailOf = (store: string, key: string): string =>
  address(`${at(store)}/objects/${key.split("/").map(encodeURIComponent).join("/")}`, { size: "thumbnail" });

export const datasetsQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ["datasets", q],
    queryFn: ({ pageParam, signal }) => get<Listing<Dataset>>("/datasets", { q, cursor: pageParam, limit: 50 }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.cursor || undefined,
    refetchInterval: (query) => (query.state.data?.pages.some((page) => page.items.some(isCounting)) ? COUNTING_MS : false),
  });

export const datasetQuery = (id: string) =>
  queryOptions({
    queryKey: ["dataset", id],
    queryFn: ({ signal }) => get<Dataset>(`/datasets/${id}`, undefined, signal),
    refetchInterval: (query) => (query.state.data && isCounting(query.state.data) ? COUNTING_MS : false),
  });

export const versionsQuery = (id: string) =>
  infiniteQueryOptions({
    queryKey: ["dataset", id, "versions"],
    queryFn: ({ pageParam, signal }) => get<Listing<Dataset>>(`/datasets/${id}/versions`, { cursor: pageParam, limit: 50 }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.cursor || undefined,
  });

export interface NewVersion {
  description: string;
  source: FolderSource;
}

export const createDataset = (body: NewVersion & { name: string }): Promise<Dataset> => post<Dataset>("/datasets", body);
export const createVersion = (id: string, body: NewVersion): Promise<Dataset> => post<Dataset>(`/datasets/${id}/versions`, body);
export const changeDataset = (id: string, change: { revision: number; name: string; description: string }): Promise<Dataset> => patch<Dataset>(`/datasets/${id}`, change);
export const countAgain = (id: string, version: number): Promise<Dataset> => post<Dataset>(`/datasets/${id}/versions/${version}/count`);

export const isCounting = (dataset: Dataset): boolean => dataset.counted_at === null && dataset.problem === "";
