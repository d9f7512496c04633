/** Which labeled items are exported. */
import { MultiSelect, SegmentedControl, SimpleGrid, Stack, Switch, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { showLabels } from "../../annotator/labels";
import { progressQuery } from "../../api/projects";
import type { ExportJob, Project } from "../../api/types";
import { formatDateTime } from "../../components/format";
import type { Wishes } from "./wishes";

interface Props {
  project: Project;
  /** The last export of the same kind. */
  last: ExportJob | undefined;
  wishes: Wishes;
  onChange: (change: Partial<Wishes>) => void;
}

const SHOWN = 100;

export function FilterFields({ project, last, wishes, onChange }: Props) {
  const { t } = useTranslation();
  const { data: progress } = useQuery(progressQuery(project.id));
  const labels = showLabels(project.label_sets.flatMap((set) => set.labels)).map(({ id, path }) => ({ value: id, label: path }));
  const people = (progress?.labelers ?? []).map(({ user, name }) => ({ value: user, label: name }));
  return (
    <Stack gap="sm">
      <Text size="sm" fw={600} id="export-which">{t("exports.which")}</Text>
      <SegmentedControl aria-labelledby="export-which" value={wishes.some ? "some" : "all"} onChange={(value) => onChange({ some: value === "some" })} data={[{ value: "all", label: t("exports.all") }, { value: "some", label: t("exports.some") }]} />
      {wishes.some && (
        <>
          <MultiSelect label={t("exports.labels")} placeholder={wishes.labels.length ? "" : t("exports.anyLabel")} data={labels} limit={SHOWN} searchable clearable value={wishes.labels} onChange={(value) => onChange({ labels: value })} />
          <MultiSelect label={t("exports.labelers")} placeholder={wishes.labelers.length ? "" : t("exports.anyLabeler")} data={people} limit={SHOWN} searchable clearable value={wishes.labelers} onChange={(value) => onChange({ labelers: value })} />
          <SimpleGrid cols={{ base: 1, xs: 2 }}>
            <TextInput type="datetime-local" label={t("exports.from")} value={wishes.from} onChange={(event) => onChange({ from: event.currentTarget.value })} />
            <TextInput type="datetime-local" label={t("exports.to")} value={wishes.to} onChange={(event) => onChange({ to: event.currentTarget.value })} />
          </SimpleGrid>
        </>
      )}
      {last && <Switch label={t("exports.since")} description={t("exports.sinceHint", { at: formatDateTime(last.requested_at) })} checked={wishes.since} onChange={(event) => onChange({ since: event.currentTarget.checked })} />}
    </Stack>
  );
}
