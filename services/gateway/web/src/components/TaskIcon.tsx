/** The task type of a project as a picture with a name. */
import { ThemeIcon, Tooltip } from "@mantine/core";
import { IconPhotoCheck, IconTags } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { TaskType } from "../api/types";

export function TaskIcon({ type }: { type: TaskType }) {
  const { t } = useTranslation();
  const name = t(`projects.task.${type}`);
  const Icon = type === "image_multi_label" ? IconTags : IconPhotoCheck;
  return (
    <Tooltip label={name}>
      <ThemeIcon variant="light" size={36} radius="md" role="img" aria-label={name}><Icon size={20} stroke={1.6} aria-hidden /></ThemeIcon>
    </Tooltip>
  );
}
