/** What a version of a data set is made of. */
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { isCounting } from "../../api/datasets";
import type { Dataset } from "../../api/dataset-types";
import { formatAgo, formatBytes, formatDateTime } from "../../components/format";
import { PathText } from "../../components/PathText";
import classes from "./Datasets.module.css";
import { Extensions } from "./Extensions";

const MOST = 12;

export function DatasetFacts({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation();
  const { count, bytes, by_extension: kinds, counted_at: counted } = dataset;
  const made = dataset.created_by_name
    ? t("datasets.createdBy", { when: formatDateTime(dataset.created_at), name: dataset.created_by_name })
    : formatDateTime(dataset.created_at);
  return (
    <dl className={classes["facts"]}>
      <dt>{t("datasets.fields.files")}</dt>
      <dd className="numbers">
        {t("datasets.files", { count })}
        {isCounting(dataset) && <Text span size="sm" c="dimmed"> {t("datasets.counting")}</Text>}
        {counted && <Text span size="sm" c="dimmed"> · {formatAgo(counted)}</Text>}
      </dd>
      <dt>{t("datasets.fields.size")}</dt>
      <dd className="numbers">{formatBytes(bytes)}</dd>
      <dt>{t("datasets.fields.types")}</dt>
      <dd>{Object.keys(kinds).length > 0 ? <Extensions counts={kinds} most={MOST} /> : "–"}</dd>
      <dt>{t("datasets.fields.kind")}</dt>
      <dd>{t(`datasets.kinds.${dataset.kind}`)}</dd>
      <dt>{t("datasets.fields.place")}</dt>
      <dd className={classes["code"]}><PathText text={`${dataset.datastore}/${dataset.prefix}`} /> <Text span size="sm" c="dimmed">{dataset.pattern}</Text></dd>
      <dt>{t("datasets.fields.created")}</dt>
      <dd>{made}</dd>
    </dl>
  );
}
