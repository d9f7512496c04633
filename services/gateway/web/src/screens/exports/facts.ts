/** What can be said of an export in words and numbers. */
import type { TFunction } from "i18next";

import type { ExportJob, Project } from "../../api/types";
import { showLabels } from "../../annotator/labels";
import { formatDateTime } from "../../components/format";

export function secondsOf(job: ExportJob): number {
  const end = job.finished_at ? new Date(job.finished_at).getTime() : Date.now();
  return (end - new Date(job.started_at ?? job.requested_at).getTime()) / 1000;
}

export function isFiltered({ filter, since }: ExportJob): boolean {
  const { labels, labelers, approved, labeled_from: from, labeled_to: to } = filter;
  return since !== null || labels.length > 0 || labelers.length > 0 || approved !== null || from !== null || to !== null;
}

/** What items have in common that are in the file; empty for all. */
export function filterText(t: TFunction, job: ExportJob, project: Project): string {
  const { labels, labelers, approved, labeled_from: from, labeled_to: to } = job.filter;
  const paths = new Map(showLabels(project.label_sets.flatMap((set) => set.labels)).map((label) => [label.id, label.path]));
  return [
    labels.length > 0 && t("exports.page.withLabels", { labels: labels.map((id) => paths.get(id) ?? id).join(", ") }),
    labelers.length > 0 && t("exports.page.byPeople", { count: labelers.length }),
    job.since && t("exports.page.since", { at: formatDateTime(job.since) }),
    from && t("exports.page.from", { at: formatDateTime(from) }),
    to && t("exports.page.to", { at: formatDateTime(to) }),
    approved !== null && t(approved ? "exports.page.approved" : "exports.page.unapproved"),
  ].filter(Boolean).join(", ");
}

export function optionsText(t: TFunction, job: ExportJob): string {
  return [job.images && t("exports.page.images"), job.as_stored && t("exports.page.asStored"), job.escape_formulas && t("exports.page.escaped")].filter(Boolean).join(", ");
}
