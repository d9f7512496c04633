/** Makes a data set of a folder that is there, or of files from this computer (F24, F26). */
import { Container } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { createDataset } from "../../api/datasets";
import { queries } from "../../api/queries";
import { PageHead } from "../../components/PageHead";
import { DatasetForm } from "./DatasetForm";
import { sourceOf, storedForm, storeForm } from "./dataset-form";

export function NewDatasetPage() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Container size={860} py="xl">
      <PageHead name={t("datasets.make.title")} />
      <DatasetForm
        initial={storedForm()}
        named
        action={t("datasets.make.create")}
        onType={storeForm}
        onSave={async (form) => {
          const made = await createDataset({ name: form.name.trim(), description: form.description.trim(), source: sourceOf(form) });
          storeForm(null);
          notifications.show({ color: "teal", message: t("datasets.make.created", { name: made.name }) });
          await queries.invalidateQueries({ queryKey: ["datasets"] });
          await navigate(`/datasets/${made.id}`);
        }}
      />
    </Container>
  );
}
