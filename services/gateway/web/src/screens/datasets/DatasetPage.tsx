/** One data set at a version: what is in it, some of its images, its other versions. */
import { Alert, Badge, Button, Card, Container, Group, Skeleton, Stack, Title } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconAlertTriangle, IconGitBranch, IconPencil, IconPlus, IconRefresh } from "@tabler/icons-react";
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";

import { countAgain, datasetQuery, isCounting, thumbnailOf, versionsQuery } from "../../api/datasets";
import { queries } from "../../api/queries";
import { useMay } from "../../api/session";
import { useSend } from "../../api/useSend";
import { ErrorState } from "../../components/ErrorState";
import { failureText } from "../../components/failure";
import { PageHead } from "../../components/PageHead";
import { Thumb } from "../../components/Thumb";
import { AddFiles } from "./AddFiles";
import { DatasetDialog } from "./DatasetDialog";
import { DatasetFacts } from "./DatasetFacts";
import classes from "./Datasets.module.css";
import { VersionTable } from "./VersionTable";

export function DatasetPage() {
  const { t } = useTranslation();
  const { id = "" } = useParams();
  const [search, setSearch] = useSearchParams();
  const [edits, setEdits] = useState(false);
  const mayWrite = useMay("datasets/write");
  const mayCreate = useMay("projects/create");
  const { data: newest, error, refetch } = useQuery(datasetQuery(id));
  const versions = useInfiniteQuery(versionsQuery(id));
  const all = versions.data?.pages.flatMap((page) => page.items) ?? [];
  const wanted = Number(search.get("version"));
  const dataset = all.find((one) => one.version === wanted && wanted !== newest?.version) ?? newest;
  const again = useSend({
    mutationFn: () => countAgain(id, dataset?.version ?? 1),
    onError: (problem) => notifications.show({ color: "red", message: failureText(t, problem) }),
    onSettled: () => queries.invalidateQueries({ queryKey: ["dataset", id] }),
  });
  if (error) return <Container size={1180} py="xl"><ErrorState error={error} onRetry={() => void refetch()} /></Container>;
  if (!dataset) return <Container size={1180} py="xl"><Skeleton h={34} w={320} mb="xl" /><Skeleton h={320} /></Container>;
  const title = <Group gap="sm"><span style={{ overflowWrap: "anywhere" }}>{dataset.name}</span><Badge>{t("datasets.version", { version: dataset.version })}</Badge></Group>;
  return (
    <Container size={1180} py="xl">
      <PageHead name={dataset.name} title={title} hint={dataset.description}>
        {mayWrite && dataset === newest && <Button variant="default" leftSection={<IconPencil size={17} />} onClick={() => setEdits(true)}>{t("datasets.edit")}</Button>}
        {mayWrite && <Button variant="default" component={Link} to={`/datasets/${id}/new`} leftSection={<IconGitBranch size={17} />}>{t("datasets.newVersion")}</Button>}
        {mayCreate && <Button component={Link} to={`/projects/new?dataset=${id}&version=${dataset.version}`} leftSection={<IconPlus size={17} />}>{t("datasets.useIt")}</Button>}
      </PageHead>
      <Stack>
        {dataset.problem && <Alert color="red" icon={<IconAlertTriangle />} role="alert">{dataset.problem}</Alert>}
        <Card>
          <DatasetFacts dataset={dataset} />
          {mayWrite && (
            <Group gap="xs" mt="lg">
              {dataset.version === dataset.newest_version && <AddFiles dataset={dataset} onUploaded={() => again.mutate()} />}
              <Button size="xs" variant="default" leftSection={<IconRefresh size={15} />} loading={again.isPending || isCounting(dataset)} onClick={() => again.mutate()}>{t("datasets.again")}</Button>
            </Group>
          )}
        </Card>
        {dataset.samples.length > 0 && (
          <Card>
            <Title order={2} mb="md">{t("datasets.samples")}</Title>
            <div className={classes["samples"]}>
              {dataset.samples.map((key) => <Thumb key={key} src={thumbnailOf(dataset.datastore, key)} alt={t("datasets.sample", { name: key })} />)}
            </div>
          </Card>
        )}
        <VersionTable versions={all} shown={dataset.version} onShow={(version) => setSearch({ version: String(version) }, { replace: true })} />
        {versions.hasNextPage && <Group justify="center"><Button variant="default" loading={versions.isFetchingNextPage} onClick={() => void versions.fetchNextPage()}>{t("common.loadMore")}</Button></Group>}
      </Stack>
      {edits && newest && <DatasetDialog dataset={newest} onClose={() => setEdits(false)} />}
    </Container>
  );
}
