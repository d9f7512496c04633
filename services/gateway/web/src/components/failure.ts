/** A failure in words for a person. */
import type { TFunction } from "i18next";

import { ApiError } from "../api/problem";

export function failureText(t: TFunction, error: unknown): string {
  if (!(error instanceof ApiError)) return error instanceof Error ? error.message : String(error);
  const { problem } = error;
  if (error.status === 0) return t("failure.unreachable");
  if (error.status >= 500 && problem.request_id && !problem.retryable) return t("failure.server", { id: problem.request_id });
  return problem.detail || problem.fields.map((one) => one.message).join(" ") || problem.title || t("failure.title");
}
