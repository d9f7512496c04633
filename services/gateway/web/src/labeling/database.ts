/** What this browser keeps across reloads and crashes: drafts and unsent submissions (IndexedDB). */
import { type DBSchema, type IDBPDatabase, openDB } from "idb";

import type { Choice } from "../annotator/page";
import type { SubmitItem } from "../api/labeling-types";
import type { MaskJob } from "./masks";

/** Uncommitted work on one item at one version. Bound to item and version, never to a lease. */
export interface Draft extends Partial<Choice> {
  id: string;
  user: string;
  item: string;
  version: number;
  updatedAt: number;
}

/** A submission on its way. Kept until the server answered; the key makes sending it twice harmless. */
export interface Outgoing {
  key: string;
  user: string;
  project: string;
  token: string;
  items: SubmitItem[];
  /** Masks by item id, not encoded yet. Missing in an entry from before there were masks. */
  masks?: Readonly<Record<string, MaskJob>>;
  /** File names by item id, to say which item is meant should it come back. */
  names: Record<string, string>;
  createdAt: number;
}

interface Schema extends DBSchema {
  drafts: { key: string; value: Draft; indexes: { updatedAt: number } };
  outbox: { key: string; value: Outgoing; indexes: { user: string } };
}

let opened: Promise<IDBPDatabase<Schema>> | null = null;

export function database(): Promise<IDBPDatabase<Schema>> {
  opened ??= openDB<Schema>("labelbus", 1, {
    upgrade(db) {
      db.createObjectStore("drafts", { keyPath: "id" }).createIndex("updatedAt", "updatedAt");
      db.createObjectStore("outbox", { keyPath: "key" }).createIndex("user", "user");
    },
    terminated() {
      opened = null;
    },
  });
  return opened;
}
