/** Shown instead of a page that threw. */
import { Button, Center, Group } from "@mantine/core";
import { IconMoodSad } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { EmptyState } from "../components/EmptyState";

export function RouteFailure() {
  const { t } = useTranslation();
  return (
    <Center mih="60vh">
      <EmptyState icon={<IconMoodSad />} title={t("failure.crashed")} hint={t("failure.crashedHint")}>
        <Group>
          <Button onClick={() => window.location.reload()}>{t("failure.reload")}</Button>
          <Button variant="default" component={Link} to="/projects" reloadDocument>{t("failure.home")}</Button>
        </Group>
      </EmptyState>
    </Center>
  );
}
