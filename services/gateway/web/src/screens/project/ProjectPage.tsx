/** Head and tabs of one project. Labelers, who see no figures (F69), go straight to labeling. */
import { Button, Container, Group, Skeleton, Tabs } from "@mantine/core";
import { IconTag } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, Navigate, Outlet, useLocation, useNavigate, useParams } from "react-router";

import { projectQuery } from "../../api/projects";
import { PageHead } from "../../components/PageHead";
import { StateBadge } from "../../components/StateBadge";
import { ImportButton } from "../imports/ImportButton";
import { ProjectFailure } from "./ProjectFailure";
import { RunSwitch } from "./RunSwitch";

const TABS = ["dashboard", "details", "exports", "members", "messages"] as const;

export function ProjectPage() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const navigate = useNavigate();
  const last = useLocation().pathname.split("/").at(3) ?? "dashboard";
  const { data: project, error, refetch } = useQuery(projectQuery(id));
  if (error) return <ProjectFailure error={error} onRetry={() => void refetch()} />;
  if (!project) return <Container size={1180} py="xl"><Skeleton h={34} w={320} mb="xl" /><Skeleton h={320} /></Container>;
  if (!project.permissions.includes("summary/read")) return <Navigate to={`/projects/${id}/label`} replace />;
  const tabs = TABS.filter((tab) => tab !== "members" || project.permissions.includes("members/write"));
  const title = <Group gap="sm" wrap="nowrap"><span style={{ overflowWrap: "anywhere" }}>{project.name}</span><StateBadge state={project.run_state} /></Group>;
  return (
    <Container size={1180} py="xl">
      <PageHead name={project.name} title={title} hint={project.description || t(`projects.task.${project.task_type}`)}>
        {project.permissions.includes("imports/write") && <ImportButton project={project} />}
        {project.permissions.includes("projects/write") && <RunSwitch project={project} />}
        {project.permissions.includes("labels/write") && (
          <Button component={Link} to={`/projects/${id}/label`} leftSection={<IconTag size={17} />} data-disabled={project.run_state !== "running" || undefined} aria-disabled={project.run_state !== "running"} onClick={(event) => project.run_state !== "running" && event.preventDefault()}>
            {t("projects.labelData")}
          </Button>
        )}
      </PageHead>
      <Tabs value={last} onChange={(tab) => void navigate(`/projects/${id}${tab === "dashboard" || !tab ? "" : `/${tab}`}`)} mb="lg" keepMounted={false}>
        <Tabs.List>
          {tabs.map((tab) => <Tabs.Tab key={tab} value={tab}>{t(`project.tabs.${tab}`)}</Tabs.Tab>)}
        </Tabs.List>
      </Tabs>
      <Outlet context={project} />
    </Container>
  );
}
