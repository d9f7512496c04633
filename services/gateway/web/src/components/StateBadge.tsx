/** The run state of a project: colour and word. */
import { Badge } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { RunState } from "../api/types";

const COLORS: Record<RunState, string> = {
  initializing: "blue",
  created: "blue",
  running: "teal",
  paused: "yellow",
  failed: "red",
  deleting: "gray",
  deleted: "gray",
};

export function StateBadge({ state }: { state: RunState }) {
  const { t } = useTranslation();
  return <Badge color={COLORS[state]}>{t(`projects.state.${state}`)}</Badge>;
}
