/** An address that means nothing. */
import { Button } from "@mantine/core";
import { IconMapOff } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { EmptyState } from "../components/EmptyState";

export function NotFound() {
  const { t } = useTranslation();
  return (
    <EmptyState icon={<IconMapOff />} title={t("failure.notFound")}>
      <Button component={Link} to="/projects">{t("failure.home")}</Button>
    </EmptyState>
  );
}
