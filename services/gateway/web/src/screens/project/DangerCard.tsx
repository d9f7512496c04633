/** Pause or start, and delete: what each takes away is said before. */
import { Button, Card, Divider, Group, Text, TextInput, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { deleteProject, progressQuery } from "../../api/projects";
import { queries } from "../../api/queries";
import type { Project } from "../../api/types";
import { useSend } from "../../api/useSend";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { failureText } from "../../components/failure";
import { RunSwitch } from "./RunSwitch";
import classes from "./Details.module.css";

export function DangerCard({ project }: { project: Project }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [asked, setAsked] = useState(false);
  const [typed, setTyped] = useState("");
  const { data: progress } = useQuery({ ...progressQuery(project.id), enabled: asked });
  const erase = useSend({
    mutationFn: () => deleteProject(project.id, project.name),
    onSuccess: async () => {
      notifications.show({ message: t("project.details.deleted", { name: project.name }) });
      await navigate("/projects");
      await queries.invalidateQueries({ queryKey: ["projects"] });
    },
    onError: (error) => notifications.show({ color: "red", message: failureText(t, error) }),
  });
  const paused = project.run_state === "paused";
  const { labeled = 0, skipped = 0, total = 0 } = progress ?? {};
  return (
    <Card className={classes["danger"]}>
      <Title order={2} mb="md">{t("project.details.danger")}</Title>
      {project.permissions.includes("projects/write") && (paused || project.run_state === "running") && (
        <>
          <Group justify="space-between" wrap="nowrap">
            <div>
              <Text size="sm" fw={560}>{t(paused ? "project.details.startTitle" : "project.details.pauseTitle")}</Text>
              <Text size="sm" c="dimmed">{t(paused ? "project.details.startHint" : "project.details.pauseHint")}</Text>
            </div>
            <RunSwitch project={project} />
          </Group>
          <Divider my="md" />
        </>
      )}
      {project.permissions.includes("projects/delete") && (
        <Group justify="space-between" wrap="nowrap">
          <div>
            <Text size="sm" fw={560}>{t("project.details.delete")}</Text>
            <Text size="sm" c="dimmed">{t("project.details.deleteHint")}</Text>
          </div>
          <Button color="red" variant="light" style={{ flex: "none" }} onClick={() => setAsked(true)}>{t("project.details.delete")}</Button>
        </Group>
      )}
      <ConfirmDialog
        opened={asked}
        title={t("project.details.deleteTitle", { name: project.name })}
        hint={t("project.details.deleteLoses", { labeled, skipped, total })}
        action={t("project.details.delete")}
        danger
        busy={erase.isPending}
        disabled={typed !== project.name}
        onConfirm={() => erase.mutate()}
        onCancel={() => setAsked(false)}
      >
        <TextInput label={t("project.details.deleteType")} placeholder={project.name} value={typed} onChange={(event) => setTyped(event.currentTarget.value)} data-autofocus />
      </ConfirmDialog>
    </Card>
  );
}
