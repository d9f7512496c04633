/** The record of an export (F227). */
import { Anchor } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { address } from "../../api/http";
import type { ExportDetails, Project } from "../../api/types";
import { formatBytes, formatDuration, formatNumber } from "../../components/format";
import { ExportState } from "./ExportState";
import { filterText, optionsText, secondsOf } from "./facts";
import classes from "../project/Details.module.css";

export function ExportFacts({ job, project }: { job: ExportDetails; project: Project }) {
  const { t } = useTranslation();
  const made = job.state === "succeeded";
  const facts: [string, React.ReactNode][] = [
    [t("exports.columns.format"), t(`exports.formats.${job.format}`)],
    [t("exports.columns.state"), <ExportState key="state" job={job} />],
    [t("exports.page.items"), job.state === "running" ? t("common.ofTotal", { part: job.rows, total: job.total }) : formatNumber(job.rows)],
    [t("exports.page.removed"), job.removed > 0 && formatNumber(job.removed)],
    [t("exports.page.filter"), filterText(t, job, project)],
    [t("exports.page.options"), optionsText(t, job)],
    [t("exports.page.took"), job.finished_at && formatDuration(secondsOf(job))],
    [t("exports.page.size"), made && formatBytes(job.size)],
    [t("exports.page.files"), made && formatNumber(job.files)],
    [t("exports.page.place"), made && <span className={classes["code"]}>{`${job.bucket}/${job.key}`}</span>],
    [t("exports.page.sha256"), made && <span className={classes["code"]}>{job.sha256}</span>],
    [t("exports.page.manifest"), made && job.manifest_key && <Anchor href={address(`/exports/${job.id}/manifest`)} target="_blank" size="sm">{t("exports.page.manifestHint")}</Anchor>],
  ];
  return (
    <dl className={classes["facts"]}>
      {facts.filter(([, value]) => Boolean(value)).map(([name, value]) => [<dt key={name}>{name}</dt>, <dd key={`${name}=`}>{value}</dd>])}
    </dl>
  );
}
