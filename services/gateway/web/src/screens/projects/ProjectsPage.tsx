/** All projects of the workspace (F1, F2). */
import { Button, Container, Group, Select, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconFolderPlus, IconFolders, IconPlus, IconSearch, IconSearchOff } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { ApiError } from "../../api/problem";
import { projectsQuery } from "../../api/projects";
import { useMay } from "../../api/session";
import type { RunState } from "../../api/types";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHead } from "../../components/PageHead";
import { ProjectList } from "./ProjectList";
import { ProjectListSkeleton } from "./ProjectListSkeleton";

const STATES: RunState[] = ["initializing", "running", "paused", "failed"];

export function ProjectsPage() {
  const { t } = useTranslation();
  const mayCreate = useMay("projects/create");
  const [search, setSearch] = useSearchParams();
  const filter = { q: search.get("q") ?? "", state: (search.get("state") ?? "") as RunState | "" };
  const [text, setText] = useState(filter.q);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(projectsQuery(filter));
  // Who is a member of no project may not even ask for the list.
  const nowhere = error instanceof ApiError && error.status === 403;
  const projects = nowhere ? [] : data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = filter.q !== "" || filter.state !== "";
  const apply = (name: string, value: string) =>
    setSearch((was) => {
      if (value) was.set(name, value);
      else was.delete(name);
      return was;
    }, { replace: true });
  const applyText = useDebouncedCallback((value: string) => apply("q", value.trim()), 250);
  const create = <Button component={Link} to="/projects/new" leftSection={<IconPlus size={17} />}>{t("projects.create")}</Button>;

  const body = () => {
    if (isPending) return <ProjectListSkeleton />;
    if (error && !nowhere) return <ErrorState error={error} onRetry={() => void refetch()} />;
    if (projects.length > 0) return <ProjectList projects={projects} />;
    if (filtered) return <EmptyState icon={<IconSearchOff size={28} />} title={t("projects.noMatch")} hint={t("projects.noMatchHint")} />;
    if (!mayCreate) return <EmptyState icon={<IconFolders size={28} />} title={t("projects.emptyLabeler")} hint={t("projects.emptyLabelerHint")} />;
    return (
      <EmptyState icon={<IconFolderPlus size={28} />} title={t("projects.first")} hint={t("projects.firstHint")}>
        <Button component={Link} to="/projects/new" size="md">{t("common.create")}</Button>
      </EmptyState>
    );
  };

  return (
    <Container size={1180} py="xl">
      <PageHead name={t("projects.title")}>{mayCreate && (projects.length > 0 || filtered) && create}</PageHead>
      {(projects.length > 0 || filtered) && (
        <Group mb="md" gap="xs">
          <TextInput
            w={280}
            leftSection={<IconSearch size={16} />}
            placeholder={t("projects.search")}
            aria-label={t("projects.search")}
            value={text}
            onChange={(event) => {
              setText(event.currentTarget.value);
              applyText(event.currentTarget.value);
            }}
          />
          <Select
            w={170}
            aria-label={t("projects.columns.state")}
            data={[{ value: "", label: t("projects.allStates") }, ...STATES.map((value) => ({ value, label: t(`projects.state.${value}`) }))]}
            value={filter.state}
            allowDeselect={false}
            onChange={(value) => apply("state", value ?? "")}
          />
        </Group>
      )}
      {body()}
      {hasNextPage && <Group justify="center" mt="md"><Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t("common.loadMore")}</Button></Group>}
    </Container>
  );
}
