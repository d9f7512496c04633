/** All data sets of the workspace, newest first. */
import { Button, Container, Group, Skeleton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconDatabasePlus, IconPlus, IconSearch, IconSearchOff } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";

import { datasetsQuery } from "../../api/datasets";
import { useMay } from "../../api/session";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { PageHead } from "../../components/PageHead";
import { RowList } from "../../components/RowList";
import { DatasetRow } from "./DatasetRow";
import { DataTabs } from "./DataTabs";
import classes from "./Datasets.module.css";

const TYPING_MS = 250;

export function DatasetsPage() {
  const { t } = useTranslation();
  const mayWrite = useMay("datasets/write");
  const [search, setSearch] = useSearchParams();
  const q = search.get("q") ?? "";
  const [text, setText] = useState(q);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(datasetsQuery(q));
  const datasets = data?.pages.flatMap((page) => page.items) ?? [];
  const apply = useDebouncedCallback((value: string) => setSearch(value ? { q: value } : {}, { replace: true }), TYPING_MS);
  const create = mayWrite && <Button component={Link} to="/datasets/new" leftSection={<IconPlus size={17} />}>{t("datasets.create")}</Button>;
  const body = () => {
    if (isPending) return <Skeleton h={240} />;
    if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
    if (datasets.length > 0) return <RowList columns={classes["columns"]}>{datasets.map((one) => <DatasetRow key={one.id} dataset={one} />)}</RowList>;
    if (q) return <EmptyState icon={<IconSearchOff size={28} />} title={t("datasets.noMatch")} hint={t("datasets.noMatchHint")} />;
    return <EmptyState icon={<IconDatabasePlus size={28} />} title={t("datasets.none")} hint={t("datasets.noneHint")}>{create}</EmptyState>;
  };
  return (
    <Container size={1180} py="xl">
      <PageHead name={t("datasets.title")} hint={t("datasets.lead")}>{(datasets.length > 0 || q) && create}</PageHead>
      <DataTabs value="sets" />
      {(datasets.length > 0 || q) && (
        <TextInput
          w={280}
          mb="md"
          leftSection={<IconSearch size={16} />}
          placeholder={t("datasets.search")}
          aria-label={t("datasets.search")}
          value={text}
          onChange={(event) => {
            setText(event.currentTarget.value);
            apply(event.currentTarget.value.trim());
          }}
        />
      )}
      {body()}
      {hasNextPage && <Group justify="center" mt="md"><Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t("common.loadMore")}</Button></Group>}
    </Container>
  );
}
