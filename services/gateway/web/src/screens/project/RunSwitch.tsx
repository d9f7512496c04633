/** Pause and Start (F195). Pausing says what it takes from people. */
import { Button } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { pauseProject, progressQuery, projectQuery, startProject } from "../../api/projects";
import { queries } from "../../api/queries";
import type { Project } from "../../api/types";
import { useSend } from "../../api/useSend";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { failureText } from "../../components/failure";

export function RunSwitch({ project }: { project: Project }) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const { data: progress } = useQuery({ ...progressQuery(project.id), enabled: asked });
  const change = useSend({
    mutationFn: (pause: boolean) => (pause ? pauseProject(project.id) : startProject(project.id)),
    onError: (error) => notifications.show({ color: "red", message: failureText(t, error) }),
    onSettled: () => {
      setAsked(false);
      void queries.invalidateQueries({ queryKey: ["projects"] });
      return queries.invalidateQueries({ queryKey: projectQuery(project.id).queryKey });
    },
  });
  if (project.run_state === "paused") {
    return <Button variant="default" leftSection={<IconPlayerPlay size={17} />} loading={change.isPending} onClick={() => change.mutate(false)}>{t("project.start")}</Button>;
  }
  if (project.run_state !== "running") return null;
  return (
    <>
      <Button variant="default" leftSection={<IconPlayerPause size={17} />} onClick={() => setAsked(true)}>{t("project.pause")}</Button>
      <ConfirmDialog
        opened={asked}
        title={t("project.pauseTitle", { name: project.name })}
        hint={t("project.pauseHint", { count: progress?.leased ?? 0 })}
        action={t("project.pause")}
        busy={change.isPending}
        onConfirm={() => change.mutate(true)}
        onCancel={() => setAsked(false)}
      />
    </>
  );
}
