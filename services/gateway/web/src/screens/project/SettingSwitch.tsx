/** A setting that is on or off and may change at any time (A11, F45). */
import { Switch } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { ApiError } from "../../api/problem";
import { changeProject, projectQuery } from "../../api/projects";
import { queries } from "../../api/queries";
import type { Project } from "../../api/types";
import { failureText } from "../../components/failure";

interface Props {
  project: Project;
  setting: "allow_empty" | "refresh_regularly";
  label: string;
  description?: string;
}

export function SettingSwitch({ project, setting, label, description }: Props) {
  const { t } = useTranslation();
  const change = useMutation({
    mutationFn: (on: boolean) => changeProject(project.id, { version: project.version, [setting]: on }),
    onSuccess: (changed) => queries.setQueryData(projectQuery(project.id).queryKey, changed),
    onError: (error) => {
      const conflict = error instanceof ApiError && error.code === "version_conflict";
      notifications.show({ color: "red", message: conflict ? t("project.details.conflict") : failureText(t, error) });
    },
  });
  return (
    <Switch
      label={label}
      description={description}
      checked={change.isPending ? change.variables : project[setting]}
      disabled={!project.permissions.includes("projects/write")}
      onChange={(event) => change.mutate(event.currentTarget.checked)}
    />
  );
}
