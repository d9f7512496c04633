/** Where items come from, as the API has it: data stores, data sets, sources of projects. */
export type SourceKind = "files" | "table" | "manifest";

export interface TableSettings {
  /** Empty: detected. */
  delimiter: string;
  /** Empty: detected. */
  encoding: string;
  header: boolean;
  /** What labelers see; empty: all. */
  columns: string[];
}

export interface ColumnMapping {
  image: string;
  category: string;
  confidence: string;
}

/** A folder: which objects of a data store, and what they are. */
export interface FolderSource {
  datastore: string;
  prefix: string;
  pattern: string;
  kind?: SourceKind;
  table?: TableSettings | null;
  mapping?: ColumnMapping | null;
}

/** What a project says of its data. `dataset` is empty for a plain folder. */
export interface DataSource extends FolderSource {
  dataset?: string;
  dataset_version?: number;
}

/** How a project names its data: a folder, or a version of a data set and how its rows are read here. */
export type SourceChoice = FolderSource | { dataset: string; dataset_version: number; table?: TableSettings; mapping?: ColumnMapping };

/** The first rows of a table or manifest. `table` are the settings that it was read with, `mapping` is a guess. */
export interface SourcePreview {
  key: string;
  size: number;
  table: TableSettings;
  mapping: ColumnMapping;
  columns: string[];
  rows: string[][];
  /** Why rows among them can't be read. */
  wrong: string[];
  field: string;
  problem: string;
}

export interface Datastore {
  name: string;
  default: boolean;
  /** False for a bucket that the deployment's own key sees. */
  registered: boolean;
  endpoint: string;
  bucket: string;
  region: string;
  path_style: boolean;
  read_only: boolean;
  public_url: string;
  /** Whether keys are set; they are never told. */
  credentials: boolean;
  version: number;
}

export interface DatastoreBody {
  endpoint: string;
  bucket: string;
  region: string;
  path_style: boolean;
  read_only: boolean;
  public_url: string;
  access_key: string;
  secret_key: string;
}

export type CheckName = "connect" | "credentials" | "bucket" | "list" | "read" | "write";

export interface ConnectionTest {
  ok: boolean;
  /** `passed` null: not tried, `detail` says why. */
  checks: { name: CheckName; passed: boolean | null; detail: string }[];
  field: string;
  problem: string;
}

export interface Browsed {
  folders: string[];
  objects: { key: string; size: number; modified_at: string | null }[];
  cursor: string;
}

export interface Dataset {
  id: string;
  version: number;
  newest_version: number;
  revision: number;
  name: string;
  description: string;
  kind: SourceKind;
  datastore: string;
  prefix: string;
  pattern: string;
  table: TableSettings | null;
  mapping: ColumnMapping | null;
  created_by_name: string;
  created_at: string;
  count: number;
  bytes: number;
  by_extension: Record<string, number>;
  /** Null while it is being counted. */
  counted_at: string | null;
  problem: string;
  samples: string[];
}
