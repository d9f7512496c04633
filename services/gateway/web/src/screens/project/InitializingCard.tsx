/** What happens between Create and Running: files seen, images found, images looked into; or why it failed. */
import { Alert, Card, Group, Loader, Progress as ProgressBar, Text, Title } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { messagesQuery, refreshesQuery } from "../../api/projects";
import type { Project } from "../../api/types";
import { percent } from "../../components/format";

export function InitializingCard({ project }: { project: Project }) {
  const { t } = useTranslation();
  const { data: refreshes = [] } = useQuery({ ...refreshesQuery(project.id), refetchInterval: 2_000 });
  const { data: messages = [] } = useQuery(messagesQuery(project.id));
  const scan = refreshes.find((one) => one.scan === 1);
  if (project.run_state === "failed") {
    const why = messages.find((one) => one.level === "error")?.text;
    return <Alert color="red" mb="md" icon={<IconAlertTriangle />} title={t("project.dashboard.failed")}>{why}</Alert>;
  }
  const { listed = 0, found = 0, probed = 0, unreadable = 0 } = scan ?? {};
  return (
    <Card mb="md">
      <Group justify="space-between" mb={6}>
        <Group gap="sm"><Loader size={18} /><Title order={2}>{t("project.dashboard.initializing")}</Title></Group>
        <Text size="sm" c="dimmed" className="numbers">
          {[t("project.dashboard.listed", { count: listed }), t("project.dashboard.found", { count: found })].join(" · ")}
        </Text>
      </Group>
      <Text size="sm" c="dimmed" mb="sm">{t("project.dashboard.initializingHint")}</Text>
      <ProgressBar value={percent(probed + unreadable, found)} animated aria-label={t("project.dashboard.probed", { part: probed, total: found })} />
      <Text size="xs" c="dimmed" mt={6} className="numbers">{t("project.dashboard.probed", { part: probed, total: found })}</Text>
    </Card>
  );
}
