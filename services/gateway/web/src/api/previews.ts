/** A look into tables and manifests before a project is made of them. */
import { keepPreviousData, queryOptions } from "@tanstack/react-query";

import type { MediaType } from "../annotator/task";
import type { SourceChoice, SourcePreview, TableSettings } from "./dataset-types";
import { post } from "./http";

/** `table` null: everything is detected. Which columns are chosen makes no other preview. */
export const previewQuery = (source: SourceChoice, media: MediaType, table: TableSettings | null) => {
  const body = { ...source, media, ...(table && { table: { ...table, columns: [] } }) };
  return queryOptions({
    queryKey: ["preview", body],
    queryFn: ({ signal }) => post<SourcePreview>("/sources/preview", body, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });
};
