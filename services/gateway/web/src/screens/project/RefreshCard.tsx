/** Looks for new files on request or regularly, and tells when that was done last (F42 to F47). */
import { Box, Button, Card, Group, Progress, Text, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconRefresh } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { refreshesQuery, refreshNow } from "../../api/projects";
import { queries } from "../../api/queries";
import type { Project } from "../../api/types";
import { useSend } from "../../api/useSend";
import { failureText } from "../../components/failure";
import { formatAgo } from "../../components/format";
import { SettingSwitch } from "./SettingSwitch";

export function RefreshCard({ project }: { project: Project }) {
  const { t } = useTranslation();
  const { data: refreshes = [] } = useQuery(refreshesQuery(project.id));
  const running = refreshes.find((one) => one.state === "running" || one.state === "requested");
  const last = refreshes.filter((one) => one.finished_at).sort((a, b) => b.scan - a.scan)[0];
  const start = useSend({
    mutationFn: () => refreshNow(project.id),
    onError: (error) => notifications.show({ color: "red", message: failureText(t, error) }),
    onSettled: () => queries.invalidateQueries({ queryKey: refreshesQuery(project.id).queryKey }),
  });
  const allowed = project.permissions.includes("projects/write") && (project.run_state === "running" || project.run_state === "paused");
  return (
    <Card>
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={2} mb={4}>{t("project.details.refresh")}</Title>
          <Text size="sm" c="dimmed">{t("project.details.refreshHint")}</Text>
        </div>
        {allowed && (
          <Button variant="default" style={{ flex: "none" }} leftSection={<IconRefresh size={17} />} loading={start.isPending} disabled={running !== undefined} onClick={() => start.mutate()}>{t("project.details.refreshNow")}</Button>
        )}
      </Group>
      <Box mt="md">
        <SettingSwitch project={project} setting="refresh_regularly" label={t("project.details.refreshRegularly")} description={t("project.details.refreshRegularlyHint")} />
      </Box>
      {running && (
        <div>
          <Progress value={100} animated mt="md" aria-label={t("project.details.refreshing")} />
          <Text size="xs" c="dimmed" mt={6} className="numbers">{[t("project.details.refreshing"), t("project.dashboard.listed", { count: running.listed })].join(" · ")}</Text>
        </div>
      )}
      {last?.finished_at && (
        <Text size="sm" mt="md" className="numbers">
          {t("project.details.lastRefresh", { when: formatAgo(last.finished_at) })}{" · "}
          {t("project.details.refreshResult", { found: last.found, missing: last.missing, changed: last.changed })}
        </Text>
      )}
      {last?.full && project.refresh_regularly && <Text size="sm" c="var(--warn)" mt={4}>{t("project.details.full")}</Text>}
      {last && last.left_out > 0 && <Text size="sm" c="var(--warn)" mt={4}>{t("project.details.leftOut", { count: last.left_out })}</Text>}
    </Card>
  );
}
