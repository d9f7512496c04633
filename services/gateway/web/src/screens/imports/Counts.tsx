/** How many items of a file can be taken, and how many not and why. */
import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { ImportJob } from "../../api/imports";
import { formatNumber } from "../../components/format";
import classes from "./Imports.module.css";

const NAMES = ["matched", "unmatched", "refused", "empty"] as const;

export function Counts({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  return (
    <div>
      <dl className={classes["counts"]}>
        {NAMES.map((name) => (
          <div key={name} data-strong={name === "matched" || undefined}>
            <dt>{t(`imports.report.${name}`)}</dt>
            <dd className="numbers">{formatNumber(job[name])}</dd>
          </div>
        ))}
      </dl>
      {job.left_out > 0 && <Text size="sm" c="var(--warn)">{t("imports.report.leftOut", { count: job.left_out })}</Text>}
    </div>
  );
}
