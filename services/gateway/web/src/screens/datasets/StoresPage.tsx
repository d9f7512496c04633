/** Data stores: what is registered, and the deployment's own buckets. */
import { Button, Card, Container, Skeleton } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { datastoresQuery } from "../../api/datasets";
import { useMay } from "../../api/session";
import type { Datastore } from "../../api/dataset-types";
import { ErrorState } from "../../components/ErrorState";
import { PageHead } from "../../components/PageHead";
import { DataTabs } from "./DataTabs";
import { StoreDialog } from "./StoreDialog";
import { StoreTable } from "./StoreTable";

export function StoresPage() {
  const { t } = useTranslation();
  const mayWrite = useMay("datasets/write");
  const [edited, setEdited] = useState<Datastore | "new" | null>(null);
  const { data, error, refetch } = useQuery(datastoresQuery);
  return (
    <Container size={1180} py="xl">
      <PageHead name={t("datasets.stores.title")} hint={t("datasets.stores.lead")}>
        {mayWrite && <Button leftSection={<IconPlus size={17} />} onClick={() => setEdited("new")}>{t("datasets.stores.register")}</Button>}
      </PageHead>
      <DataTabs value="stores" />
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !error && <Skeleton h={240} />}
      {data && <Card p={0}><StoreTable stores={data} mayWrite={mayWrite} onEdit={setEdited} /></Card>}
      {edited && <StoreDialog key={edited === "new" ? "new" : edited.name} store={edited === "new" ? null : edited} onClose={() => setEdited(null)} />}
    </Container>
  );
}
