/** How far a project is: a bar of what is labeled and skipped, and the numbers in words. */
import { Progress, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { ProjectCounts } from "../api/types";
import { percentText } from "./format";

export function ProgressLine({ counts, failed }: { counts: ProjectCounts | null; failed: boolean }) {
  const { t } = useTranslation();
  if (!counts || counts.total === 0) return <Text size="sm" c="dimmed">{t(failed ? "projects.unread" : "projects.preparing")}</Text>;
  const { labeled, skipped, total } = counts;
  const words = skipped > 0 ? t("projects.progressSkipped", { labeled, skipped, total }) : t("projects.progress", { labeled, total });
  return (
    <div>
      <Progress.Root size={6} radius="xl" aria-hidden>
        <Progress.Section value={(labeled / total) * 100} color="teal" />
        <Progress.Section value={(skipped / total) * 100} color="gray" />
      </Progress.Root>
      <Text size="xs" c="dimmed" mt={6} className="numbers">{words}<span aria-hidden> · {percentText(t, labeled + skipped, total)}</span></Text>
    </div>
  );
}
