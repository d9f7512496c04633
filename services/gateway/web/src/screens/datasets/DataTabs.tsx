/** The two lists of data: data sets, and the data stores that hold them. */
import { Tabs } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

export function DataTabs({ value }: { value: "sets" | "stores" }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <Tabs value={value} onChange={(tab) => void navigate(tab === "stores" ? "/datasets/stores" : "/datasets")} mb="lg">
      <Tabs.List aria-label={t("datasets.tabs.label")}>
        <Tabs.Tab value="sets">{t("datasets.tabs.sets")}</Tabs.Tab>
        <Tabs.Tab value="stores">{t("datasets.tabs.stores")}</Tabs.Tab>
      </Tabs.List>
    </Tabs>
  );
}
