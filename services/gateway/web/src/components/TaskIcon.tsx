/** The task type of a project as a picture with a name. */
import { ThemeIcon, Tooltip } from "@mantine/core";
import { IconBlockquote, IconBrush, IconFileText, IconHighlight, IconMarquee2, IconPhotoCheck, IconPolygon, IconTags, type TablerIcon } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { TaskType } from "../annotator/task";

export const TASK_ICONS: Record<TaskType, TablerIcon> = {
  image_multi_class: IconPhotoCheck,
  image_multi_label: IconTags,
  image_box: IconMarquee2,
  image_polygon: IconPolygon,
  image_mask: IconBrush,
  text_multi_class: IconFileText,
  text_multi_label: IconBlockquote,
  text_entities: IconHighlight,
};

export function TaskIcon({ type }: { type: TaskType }) {
  const { t } = useTranslation();
  const name = t(`projects.task.${type}`);
  const Icon = TASK_ICONS[type];
  return (
    <Tooltip label={name}>
      <ThemeIcon variant="light" size={36} radius="md" role="img" aria-label={name}><Icon size={20} stroke={1.6} aria-hidden /></ThemeIcon>
    </Tooltip>
  );
}
