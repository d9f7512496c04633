/** Whether images may be submitted without any region: may change at any time (A11). */
import { Switch } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { ApiError } from "../../api/problem";
import { changeProject, projectQuery } from "../../api/projects";
import { queries } from "../../api/queries";
import type { Project } from "../../api/types";
import { failureText } from "../../components/failure";

export function EmptySwitch({ project }: { project: Project }) {
  const { t } = useTranslation();
  const change = useMutation({
    mutationFn: (allowed: boolean) => changeProject(project.id, { version: project.version, allow_empty: allowed }),
    onSuccess: (changed) => queries.setQueryData(projectQuery(project.id).queryKey, changed),
    onError: (error) => {
      const conflict = error instanceof ApiError && error.code === "version_conflict";
      notifications.show({ color: "red", message: conflict ? t("project.details.conflict") : failureText(t, error) });
    },
  });
  return (
    <Switch
      label={t("project.details.emptyAllowed")}
      checked={change.isPending ? change.variables : project.allow_empty}
      disabled={!project.permissions.includes("projects/write")}
      onChange={(event) => change.mutate(event.currentTarget.checked)}
    />
  );
}
