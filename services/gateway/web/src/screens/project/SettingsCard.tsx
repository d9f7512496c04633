/** What was fixed at creation (F7), and whether empty images may be submitted. */
import { Anchor, Badge, Card, Group, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { showLabels } from "../../annotator/labels";
import { mayBeEmpty } from "../../annotator/task";
import type { Project } from "../../api/types";
import { formatDateTime } from "../../components/format";
import { SettingSwitch } from "./SettingSwitch";
import classes from "./Details.module.css";

const SHOWN = 60;

export function SettingsCard({ project }: { project: Project }) {
  const { t } = useTranslation();
  const labels = showLabels(project.label_sets.flatMap((set) => set.labels));
  const { datastore, prefix, pattern, dataset, dataset_version: version = 0 } = project.source;
  return (
    <Card>
      <Title order={2} mb="md">{t("project.details.settings")}</Title>
      <dl className={classes["facts"]}>
        <dt>{t("project.details.task")}</dt>
        <dd>{t(`projects.task.${project.task_type}`)}</dd>
        {mayBeEmpty(project.task_type) && (
          <>
            <dt>{t("project.details.empty")}</dt>
            <dd><SettingSwitch project={project} setting="allow_empty" label={t("project.details.emptyAllowed")} /></dd>
          </>
        )}
        <dt>{t("project.details.source")}</dt>
        <dd className={classes["code"]}>{`${datastore}/${prefix}`}<Text span size="sm" c="dimmed"> {pattern}</Text></dd>
        {dataset && (
          <>
            <dt>{t("wizard.data.dataset")}</dt>
            <dd><Anchor component={Link} to={`/datasets/${dataset}?version=${version}`} size="sm">{t("datasets.version", { version })}</Anchor></dd>
          </>
        )}
        <dt>{t("project.details.created")}</dt>
        <dd>{formatDateTime(project.created_at)}</dd>
        <dt>{t("project.details.id")}</dt>
        <dd className={classes["code"]}>{project.id}</dd>
        <dt>{t("project.details.labels")}</dt>
        <dd>
          <Group gap={6}>
            {labels.slice(0, SHOWN).map((label) => (
              <Badge key={label.id} variant="default" size="lg" fw={500} leftSection={<span className={classes["swatch"]} style={{ background: label.color }} />}>{label.path}</Badge>
            ))}
            {labels.length > SHOWN && <Text size="sm" c="dimmed">{t("wizard.labels.count", { count: labels.length })}</Text>}
          </Group>
        </dd>
      </dl>
    </Card>
  );
}
