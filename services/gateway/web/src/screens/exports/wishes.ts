/** What the dialog of a new export holds, and what is asked of the server. */
import type { ExportFilter, ExportFormat, ExportJob, ExportWishes } from "../../api/types";

export interface Wishes {
  format: ExportFormat;
  some: boolean;
  labels: string[];
  labelers: string[];
  from: string;
  to: string;
  since: boolean;
  images: boolean;
  asStored: boolean;
  escape: boolean;
}

/** The first one that a project has is the one that is chosen. */
const ORDER: readonly ExportFormat[] = ["coco", "coco_azure", "jsonl", "csv", "conll", "yolo", "voc", "huggingface"];
const PIXELS: readonly ExportFormat[] = ["coco", "yolo", "voc"];

export const offered = (formats: readonly ExportFormat[]): ExportFormat[] => ORDER.filter((one) => formats.includes(one));
export const mayBeStored = (format: ExportFormat, isImage: boolean): boolean => isImage && PIXELS.includes(format);
export const mayEscape = (format: ExportFormat): boolean => format === "csv";

export const fresh = (formats: readonly ExportFormat[]): Wishes => ({
  format: offered(formats)[0] ?? "jsonl",
  some: false,
  labels: [],
  labelers: [],
  from: "",
  to: "",
  since: false,
  images: false,
  asStored: false,
  escape: false,
});

/** Times of the dialog are local ones; the server gets them with their zone. */
const time = (local: string): string | null => (local ? new Date(local).toISOString() : null);

export function asked(wishes: Wishes, last: string, isImage: boolean): ExportWishes {
  const { format, some, labels, labelers, from, to, since, images, asStored, escape } = wishes;
  return {
    format,
    filter: some ? { labels, labelers, labeled_from: time(from), labeled_to: time(to) } : {},
    since_export: since ? last : "",
    images: isImage && images,
    as_stored: asStored && mayBeStored(format, isImage),
    escape_formulas: escape && mayEscape(format),
  };
}

const chosen = ({ labels = [], labelers = [], approved = null, labeled_from: from = null, labeled_to: to = null }: Partial<ExportFilter>): string =>
  JSON.stringify([labels.toSorted(), labelers.toSorted(), approved, from && Date.parse(from), to && Date.parse(to)]);

/** The newest export that succeeded and holds the same items written in the same way: only onto such a one fits what came since. */
export function lastLike(jobs: readonly ExportJob[], wishes: Wishes, isImage: boolean): ExportJob | undefined {
  const wanted = asked(wishes, "", isImage);
  return jobs.find((job) => job.state === "succeeded" && job.format === wanted.format && job.images === wanted.images
    && job.as_stored === wanted.as_stored && job.escape_formulas === wanted.escape_formulas && chosen(job.filter) === chosen(wanted.filter));
}
