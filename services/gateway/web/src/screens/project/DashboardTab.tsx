/** How the project goes (F200, F201, F205, F206), live. */
import { Alert, Anchor, Skeleton } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { messagesQuery, progressQuery } from "../../api/projects";
import { ErrorState } from "../../components/ErrorState";
import { InitializingCard } from "./InitializingCard";
import { LabelersCard } from "./LabelersCard";
import { LabelsCard } from "./LabelsCard";
import { ProgressCard } from "./ProgressCard";
import { QueueCard } from "./QueueCard";
import { useProject } from "./useProject";
import classes from "./Dashboard.module.css";

export function DashboardTab() {
  const { t } = useTranslation();
  const project = useProject();
  const { data: progress, error, refetch } = useQuery(progressQuery(project.id));
  const { data: messages = [] } = useQuery(messagesQuery(project.id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!progress) return <div className={classes["grid"]}><Skeleton h={260} /><Skeleton h={260} /><Skeleton h={240} /><Skeleton h={240} /></div>;
  const preparing = project.run_state === "initializing" || project.run_state === "created" || project.run_state === "failed";
  return (
    <>
      {messages.length > 0 && (
        <Alert mb="md" color="yellow" icon={<IconInfoCircle />} py="xs">
          {t("project.messages.count", { count: messages.length })} <Anchor component={Link} to="messages" size="sm" c="inherit" fw={600} underline="always">{t("project.messages.show")}</Anchor>
        </Alert>
      )}
      {preparing && <InitializingCard project={project} />}
      <div className={classes["grid"]}>
        <ProgressCard progress={progress} />
        <QueueCard progress={progress} />
        <LabelsCard project={project} progress={progress} />
        <LabelersCard progress={progress} />
      </div>
    </>
  );
}
