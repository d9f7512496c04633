/** A project that can't be shown: it does not exist, or not for this person, or something failed. */
import { Container } from "@mantine/core";

import { ApiError } from "../../api/problem";
import { NotFound } from "../../app/NotFound";
import { ErrorState } from "../../components/ErrorState";

export function ProjectFailure({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  if (error instanceof ApiError && error.status === 404) return <NotFound />;
  return <Container py="xl"><ErrorState error={error} onRetry={onRetry} /></Container>;
}
