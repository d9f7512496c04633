/** Texts and rows of tables fetched and made ready ahead of time, so that the next one is there at once. */
import { Passage } from "../annotator/text/passage";
import { getBytes } from "../api/http";
import { ApiError } from "../api/problem";
import { Ahead, type Loader, type Loading } from "./ahead";

export interface TextItem {
  readonly id: string;
  readonly source: { readonly etag: string };
  readonly media: { readonly format: string; readonly chars: number } | null;
}

/** A column of a row that labelers see. */
export interface Cell {
  readonly name: string;
  readonly value: string;
}

export type TextFailure = "gone" | "unreadable" | "changed" | "unreachable";
export type TextState =
  | Loading
  | { readonly state: "failed"; readonly reason: TextFailure; readonly message: string }
  /** Of a row the passage is made of its `columns`: the value of the only one, or all with a line break between two. */
  | { readonly state: "ready"; readonly passage: Passage; readonly columns: readonly Cell[] };

/** The one at work, the one ahead, the one just left: each may be 50 MB. */
const KEPT = 3;

export const isRow = (item: Pick<TextItem, "media">): boolean => item.media?.format === "row";

const keyOf = (item: TextItem): string => `${item.id} ${item.source.etag}`;

async function fetched(item: TextItem): Promise<TextState> {
  const [project = "", hash = ""] = item.id.split("/");
  const row = isRow(item);
  const bytes = await getBytes(`/projects/${project}/items/${hash}/${row ? "row" : "text"}`, { v: item.source.etag.replaceAll('"', "") });
  // A mark of byte order that is still there is a character of the text: the server has taken the first one away.
  const text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  const columns = row ? (JSON.parse(text) as { columns: readonly Cell[] }).columns : [];
  const passage = new Passage(row ? columns.map(({ value }) => value).join("\n") : text);
  const { count } = passage.points;
  if (item.media && item.media.chars !== count) return { state: "failed", reason: "changed", message: "" };
  return { state: "ready", passage, columns };
}

function failed(error: unknown): TextState {
  if (!(error instanceof ApiError)) return { state: "failed", reason: "unreadable", message: "" };
  const reason = error.status === 404 || error.status === 410 ? "gone" : error.passing || error.status === 401 ? "unreachable" : "unreadable";
  return { state: "failed", reason, message: error.problem.detail };
}

export const TEXTS: Loader<TextItem, TextState> = { keyOf, load: (item) => fetched(item).catch(failed), kept: KEPT };
export const texts = new Ahead(TEXTS);
