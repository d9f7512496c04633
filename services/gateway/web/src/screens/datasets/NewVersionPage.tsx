/** Makes the next version of a data set (F10): projects that have a former one keep it. */
import { Container, Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate, useParams } from "react-router";

import { createVersion, datasetQuery } from "../../api/datasets";
import { queries } from "../../api/queries";
import { ErrorState } from "../../components/ErrorState";
import { PageHead } from "../../components/PageHead";
import { DatasetForm } from "./DatasetForm";
import { formOf, sourceOf } from "./dataset-form";

export function NewVersionPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { id = "" } = useParams();
  const { data: dataset, error, refetch } = useQuery(datasetQuery(id));
  if (error) return <Container size={860} py="xl"><ErrorState error={error} onRetry={() => void refetch()} /></Container>;
  if (!dataset) return <Container size={860} py="xl"><Skeleton h={320} /></Container>;
  return (
    <Container size={860} py="xl">
      <PageHead name={t("datasets.make.versionTitle", { name: dataset.name })} hint={t("datasets.versionsHint")} />
      <DatasetForm
        initial={formOf(dataset)}
        action={t("datasets.make.createVersion")}
        onSave={async (form) => {
          await createVersion(id, { description: form.description.trim(), source: sourceOf(form) });
          await queries.invalidateQueries({ queryKey: ["dataset", id] });
          await navigate(`/datasets/${id}`);
        }}
      />
    </Container>
  );
}
