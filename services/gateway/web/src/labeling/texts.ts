/** Texts fetched and made ready ahead of time, so that the next one is there at once. */
import { Passage } from "../annotator/text/passage";
import { getBytes } from "../api/http";
import { ApiError } from "../api/problem";

export interface TextItem {
  readonly id: string;
  readonly source: { readonly etag: string };
  readonly media: { readonly chars: number } | null;
}

export type TextFailure = "gone" | "unreadable" | "changed" | "unreachable";
export type TextState =
  | { readonly state: "loading" }
  | { readonly state: "failed"; readonly reason: TextFailure; readonly message: string }
  | { readonly state: "ready"; readonly passage: Passage };

const LOADING: TextState = { state: "loading" };
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

export class Texts {
  private readonly texts = new Map<string, TextState>();
  private readonly listeners = new Set<() => void>();

  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  look(item: TextItem): TextState {
    return this.texts.get(keyOf(item)) ?? LOADING;
  }

  /** Starts to load what is not loaded yet. */
  ahead(items: readonly TextItem[]): void {
    const wanted = new Set(items.map(keyOf));
    for (const item of items) if (!this.texts.has(keyOf(item))) void this.load(item);
    for (const key of this.texts.keys()) {
      if (this.texts.size <= KEPT) break;
      if (!wanted.has(key)) this.texts.delete(key);
    }
  }

  again(item: TextItem): void {
    this.texts.delete(keyOf(item));
    this.ahead([item]);
  }

  private async load(item: TextItem): Promise<void> {
    this.texts.set(keyOf(item), LOADING);
    const state = await fetched(item).catch(failed);
    if (!this.texts.has(keyOf(item))) return;
    this.texts.set(keyOf(item), state);
    for (const listener of this.listeners) listener();
  }
}

export const texts = new Texts();
