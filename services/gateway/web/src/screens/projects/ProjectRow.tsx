/** One project: task, name, state, progress, and the way to label it. */
import { Button } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { ProjectRow as Project } from "../../api/types";
import { formatDate } from "../../components/format";
import { ProgressLine } from "../../components/ProgressLine";
import { Row, RowName } from "../../components/RowList";
import { StateBadge } from "../../components/StateBadge";
import { TaskIcon } from "../../components/TaskIcon";
import classes from "./Projects.module.css";

export function ProjectRow({ project }: { project: Project }) {
  const { t } = useTranslation();
  const { id, name, run_state: state, permissions } = project;
  const label = `/projects/${id}/label`;
  const home = permissions.includes("summary/read") ? `/projects/${id}` : label;
  return (
    <Row>
      <TaskIcon type={project.task_type} />
      <RowName to={home} name={name}>{formatDate(project.created_at)}</RowName>
      <StateBadge state={state} />
      <div className={classes["progress"]}><ProgressLine counts={project.progress} failed={project.run_state === "failed"} /></div>
      <div className={classes["action"]}>
        {permissions.includes("labels/write") && state === "running" && <Button component={Link} to={label} variant="light" size="sm">{t("projects.labelData")}</Button>}
      </div>
    </Row>
  );
}
