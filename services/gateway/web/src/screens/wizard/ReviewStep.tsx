/** All that was entered, before Create. */
import { Badge, Button, Group, Stack, Text } from "@mantine/core";
import { Fragment, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { SourceKind } from "../../api/dataset-types";
import type { SourceCheck } from "../../api/types";
import { mayBeEmpty, mediaOf } from "../../annotator/task";
import { colorOf, type Draft, namedLabels, type Step } from "./draft";
import { StepHead } from "./StepHead";
import classes from "./Wizard.module.css";

const SHOWN = 40;

interface Props {
  draft: Draft;
  check: SourceCheck | undefined;
  kind: SourceKind;
  onEdit: (step: Step) => void;
}

export function ReviewStep({ draft, check, kind, onEdit }: Props) {
  const { t } = useTranslation();
  const labels = namedLabels(draft.labels);
  const media = mediaOf(draft.task);
  const task = t(`wizard.details.${draft.task}`);
  const empty = mayBeEmpty(draft.task) && draft.allowEmpty;
  const instructions = [draft.text.trim(), draft.url.trim()].filter(Boolean).join("\n");
  const context = kind === "files" ? media : kind;
  const found = check && t(check.complete ? "wizard.data.found" : "wizard.data.foundMore", { count: check.matching, context });
  const columns = kind === "table" ? draft.table?.columns : draft.mapping && [draft.mapping.image];
  const { datastore, prefix, pattern } = check?.source ?? draft;
  const place = `${datastore}/${prefix}${pattern}`;
  const rows: [Step, string, ReactNode][] = [
    ["details", t("wizard.review.name"), draft.name],
    ["details", t("wizard.review.task"), empty ? `${task}. ${t("wizard.details.allowEmpty")}` : task],
    ["data", t("wizard.review.data"), <Fragment key="data">{place}<Text size="sm" c="dimmed">{found}</Text>{draft.refreshRegularly && <Text size="sm" c="dimmed">{t("wizard.data.refreshRegularly")}</Text>}</Fragment>],
    ...(columns ? [["rows", t("wizard.review.columns"), columns.join(", ")] satisfies [Step, string, ReactNode]] : []),
    [
      "labels",
      t("wizard.review.labels"),
      <Group key="labels" gap={6}>
        {labels.slice(0, SHOWN).map((label, place) => (
          <Badge key={label.id} variant="default" size="lg" fw={500} leftSection={<span className={classes["swatch"]} style={{ background: colorOf(labels, place) }} />}>{label.name}</Badge>
        ))}
        {labels.length > SHOWN && <Text size="sm" c="dimmed">{t("wizard.labels.count", { count: labels.length })}</Text>}
      </Group>,
    ],
    ["instructions", t("wizard.review.instructions"), instructions || t("wizard.review.none")],
  ];
  return (
    <Stack gap="lg">
      <StepHead title={t("wizard.review.lead")} hint={t("wizard.review.after", { context: media })} />
      <dl className={classes["facts"]}>
        {rows.map(([step, name, value]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
            <dd>
              <Button size="compact-xs" variant="subtle" onClick={() => onEdit(step)} aria-label={t("wizard.review.edit", { what: name })}>{t("wizard.review.change")}</Button>
            </dd>
          </Fragment>
        ))}
      </dl>
    </Stack>
  );
}
