/** Texts fetched and made ready ahead of time, so that the next one is there at once. */
import { Passage } from "../annotator/text/passage";
import { getBytes } from "../api/http";
import { ApiError } from "../api/problem";
import { Ahead, type Loader, type Loading } from "./ahead";

export interface TextItem {
  readonly id: string;
  readonly source: { readonly etag: string };
  readonly media: { readonly chars: number } | null;
}

export type TextFailure = "gone" | "unreadable" | "changed" | "unreachable";
export type TextState =
  | Loading
  | { readonly state: "failed"; readonly reason: TextFailure; readonly message: string }
  | { readonly state: "ready"; readonly passage: Passage };

/** The one at work, the one ahead, the one just left: each may be 50 MB. */
const KEPT = 3;

const keyOf = (item: TextItem): string => `${item.id} ${item.source.etag}`;

async function fetched(item: TextItem): Promise<TextState> {
  const [project = "", hash = ""] = item.id.split("/");
  const bytes = await getBytes(`/projects/${project}/items/${hash}/text`, { v: item.source.etag.replaceAll('"', "") });
  // A mark of byte order that is still there is a character of the text: the server has taken the first one away.
  const passage = new Passage(new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes));
  const { count } = passage.points;
  if (item.media && item.media.chars !== count) return { state: "failed", reason: "changed", message: "" };
  return { state: "ready", passage };
}

function failed(error: unknown): TextState {
  if (!(error instanceof ApiError)) return { state: "failed", reason: "unreadable", message: "" };
  const reason = error.status === 404 || error.status === 410 ? "gone" : error.passing || error.status === 401 ? "unreachable" : "unreadable";
  return { state: "failed", reason, message: error.problem.detail };
}

export const TEXTS: Loader<TextItem, TextState> = { keyOf, load: (item) => fetched(item).catch(failed), kept: KEPT };
export const texts = new Ahead(TEXTS);
