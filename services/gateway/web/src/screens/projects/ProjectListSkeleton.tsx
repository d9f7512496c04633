/** The list while it is on its way. */
import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { Row, RowList } from "../../components/RowList";
import classes from "./Projects.module.css";

export function ProjectListSkeleton() {
  const { t } = useTranslation();
  return (
    <RowList columns={classes["columns"]} busy={t("common.loading")}>
      {[0, 1, 2, 3].map((row) => (
        <Row key={row}>
          <Skeleton h={36} w={36} />
          <Skeleton h={14} w="60%" />
          <Skeleton h={20} w={76} />
          <Skeleton h={8} />
          <Skeleton h={32} />
        </Row>
      ))}
    </RowList>
  );
}
