/** One data set: name, where it lies, some of its images, how much it is. */
import { Badge, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { isCounting, thumbnailOf } from "../../api/datasets";
import type { Dataset } from "../../api/dataset-types";
import { formatBytes, formatDate } from "../../components/format";
import { PathText } from "../../components/PathText";
import { Row, RowName } from "../../components/RowList";
import { Thumb } from "../../components/Thumb";
import classes from "./Datasets.module.css";

const SHOWN = 4;

export function DatasetRow({ dataset }: { dataset: Dataset }) {
  const { t } = useTranslation();
  const { id, name, version, kind, datastore, prefix, samples, count, bytes, problem } = dataset;
  return (
    <Row>
      <RowName to={`/datasets/${id}`} name={name}><PathText text={`${datastore}/${prefix}`} /></RowName>
      <div className={classes["strip"]} aria-hidden>
        {samples.slice(0, SHOWN).map((key) => <Thumb key={key} src={thumbnailOf(datastore, key)} alt="" />)}
      </div>
      <div>
        {problem ? <Text size="sm" c="var(--bad)" lineClamp={2}>{problem}</Text> : (
          <>
            <Text size="sm" className="numbers">{isCounting(dataset) ? t("datasets.counting") : t("datasets.files", { count })}</Text>
            <Text size="xs" c="dimmed" className="numbers">{formatBytes(bytes)}</Text>
          </>
        )}
      </div>
      <div>
        <Badge variant="default" fw={500}>{kind === "files" ? t("datasets.version", { version }) : `${t(`datasets.kinds.${kind}`)} · ${version}`}</Badge>
        <Text size="xs" c="dimmed" mt={4}>{formatDate(dataset.created_at)}</Text>
      </div>
    </Row>
  );
}
