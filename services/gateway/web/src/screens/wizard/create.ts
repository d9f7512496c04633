/** Makes the project, and asks for the import of the labels that its list holds (F33). */
import type { TFunction } from "i18next";

import { type NewImport, startImport } from "../../api/imports";
import { createProject } from "../../api/projects";
import type { Project, SourceCheck } from "../../api/types";
import { failureText } from "../../components/failure";
import { type Draft, toProject } from "./draft";
import { labelFormat } from "./rows";

/** The import of the list, or of all lists that an MLTable names; null where nothing is to be imported. */
export function importOf(draft: Draft, check: SourceCheck | undefined): NewImport | null {
  if (!draft.labeled || !draft.mapping?.category || !check) return null;
  const format = labelFormat(draft.labeled, draft.task);
  if (!format) return null;
  const whole = format === "jsonl" ? check.samples.find((key) => /(?:^|\/)MLTable$/.test(key)) : undefined;
  return { datastore: check.source.datastore, key: whole ?? draft.labeled, format, mode: draft.importMode, mapping: draft.mapping };
}

/** `problem` says why the labels are not imported: the project is there all the same. */
export async function create(t: TFunction, draft: Draft, check: SourceCheck | undefined): Promise<{ project: Project; problem: string }> {
  const project = await createProject(toProject(draft), draft.key);
  const wanted = importOf(draft, check);
  if (!wanted) return { project, problem: "" };
  try {
    // A key stands for one request only.
    await startImport(project.id, wanted, `${draft.key}-labels`);
    return { project, problem: "" };
  } catch (error) {
    return { project, problem: failureText(t, error) };
  }
}
