/** A live look at the data source: how many images, of which types, and the first of them. */
import { Alert, Badge, Group, Loader, Skeleton, Stack, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { thumbnailOf } from "../../api/datasets";
import type { SourceCheck } from "../../api/types";
import { ErrorState } from "../../components/ErrorState";
import { formatNumber } from "../../components/format";
import { Thumb } from "../../components/Thumb";
import type { Content } from "../../upload/files";
import classes from "./Wizard.module.css";

const SAMPLES = 14;

export function SourceFound({ check, media }: { check: UseQueryResult<SourceCheck>; media: Exclude<Content, "any"> }) {
  const { t } = useTranslation();
  const { data, error, isFetching, refetch } = check;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return isFetching ? <Skeleton h={90} role="status" aria-label={t("wizard.data.checking")} /> : null;
  if (data.problem) return <Alert color="red" icon={<IconAlertTriangle />} role="alert">{data.problem}</Alert>;
  if (data.matching === 0) return <Alert color="yellow" icon={<IconAlertTriangle />} title={t("wizard.data.none", { context: media })}>{t("wizard.data.noneHint", { context: media })}</Alert>;
  const other = data.looked - data.matching;
  return (
    <div className={classes["found"]}>
      <Stack gap="sm">
        <Group justify="space-between">
          <Group gap="xs">
            {isFetching ? <Loader size={18} /> : <IconCircleCheck size={20} color="var(--mantine-color-teal-6)" aria-hidden />}
            <Text fw={600} className="numbers">{data.complete ? t("wizard.data.found", { count: data.matching, context: media }) : t("wizard.data.foundMore", { count: data.matching, context: media })}</Text>
          </Group>
          <Group gap={6}>
            {Object.entries(data.by_extension).sort((a, b) => b[1] - a[1]).slice(0, 6).map(([extension, count]) => (
              <Badge key={extension} variant="default" fw={500}>{extension || "—"} {formatNumber(count)}</Badge>
            ))}
          </Group>
        </Group>
        {!data.complete && <Text size="sm" c="dimmed">{t("wizard.data.looked", { count: data.looked })} {t("wizard.data.limit")}</Text>}
        {other > 0 && <Text size="sm" c="dimmed">{t("wizard.data.left", { count: other })}</Text>}
        {media !== "image" && <Text size="sm" c="dimmed" lineClamp={3}>{data.samples.slice(0, SAMPLES).join(", ")}</Text>}
        {media === "image" && <div className={classes["samples"]}>
          {data.samples.slice(0, SAMPLES).map((key) => <Thumb key={key} src={thumbnailOf(data.source.datastore, key)} alt={t("wizard.data.sample", { name: key })} />)}
        </div>}
      </Stack>
    </div>
  );
}
