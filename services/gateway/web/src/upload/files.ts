/** Which files go up and under which key. Pure but for reading a drop. */

/** What files may hold. */
export type Content = "image" | "text" | "table" | "manifest" | "any";

/** Accepted by name before anything is sent; the server decides by content later (F29, F34, F35). */
const ACCEPTED: Record<Exclude<Content, "any">, RegExp> = {
  image: /\.(?:jpe?g|jpe|jfif|png|bmp|tiff?|dcm|dicom)$/i,
  text: /\.txt$/i,
  table: /\.(?:csv|tsv|parquet)$/i,
  // What a manifest names may lie beside it.
  manifest: /(?:\.(?:jsonl|csv|tsv|parquet|jpe?g|jpe|jfif|png|bmp|tiff?|dcm|dicom)|(?:^|\/)MLTable)$/i,
};

export interface LocalFile {
  readonly file: File;
  /** Path inside what was chosen, with `/`. */
  readonly path: string;
}

export function isAccepted(path: string, content: Content): boolean {
  const patterns = content === "any" ? Object.values(ACCEPTED) : [ACCEPTED[content]];
  return patterns.some((pattern) => pattern.test(path)) && !path.split("/").some((part) => part.startsWith("."));
}

export function fromInput(files: FileList | File[]): LocalFile[] {
  return [...files].map((file) => ({ file, path: file.webkitRelativePath || file.name }));
}

/** Adds files; a path that is there already is replaced by the new file. */
export function addFiles(known: readonly LocalFile[], more: readonly LocalFile[]): readonly LocalFile[] {
  const byPath = new Map(known.map((one) => [one.path, one]));
  for (const one of more) byPath.set(one.path, one);
  return [...byPath.values()];
}

/** A folder name out of a project name. */
export function folderFor(name: string, media: "image" | "text"): string {
  const plain = name.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
  return `${plain || `${media}s`}/`;
}

function entries(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  return new Promise((resolve, reject) => reader.readEntries(resolve, reject));
}

async function walk(entry: FileSystemEntry, found: LocalFile[]): Promise<void> {
  const path = entry.fullPath.replace(/^\//, "");
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({ file, path });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  for (let some = await entries(reader); some.length > 0; some = await entries(reader)) for (const one of some) await walk(one, found);
}

/** All files of a drop, also those in dropped folders. */
export async function fromDrop(transfer: DataTransfer): Promise<LocalFile[]> {
  const roots = [...transfer.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const found: LocalFile[] = [];
  for (const root of roots) await walk(root, found);
  return found;
}
