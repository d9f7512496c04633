/** Saving, saved at, or what failed and how to repair it. */
import { Button, Loader, Text } from "@mantine/core";
import { IconAlertTriangle, IconCircleCheck } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import { failureText } from "../../components/failure";
import { formatTime } from "../../components/format";
import { useSeconds } from "../../components/useSeconds";
import { outbox } from "../../labeling/outbox";
import classes from "./Labeling.module.css";

export function SaveState() {
  const { t } = useTranslation();
  const { waiting, savedAt, trouble } = useSyncExternalStore(outbox.onChange, () => outbox.snapshot);
  const retryAt = trouble?.retryAt ?? 0;
  const now = useSeconds(retryAt > 0);
  const seconds = retryAt > 0 ? Math.max(0, Math.ceil(retryAt / 1_000 - now)) : 0;
  if (trouble) {
    return (
      <span className={classes["save"]} role="alert" title={failureText(t, trouble.error)}>
        <IconAlertTriangle size={16} color="var(--mantine-color-orange-6)" aria-hidden />
        <Text size="sm" span>{seconds > 0 ? t("labeling.notSaved", { seconds }) : t("labeling.notSavedNow")}</Text>
        <Button size="compact-xs" variant="default" onClick={outbox.tryNow}>{t("labeling.tryNow")}</Button>
      </span>
    );
  }
  if (waiting > 0) return <span className={classes["save"]} role="status"><Loader size={13} /><Text size="sm" c="dimmed" span>{t("labeling.saving")}</Text></span>;
  if (savedAt === null) return <span role="status" />;
  return (
    <span className={classes["save"]} role="status">
      <IconCircleCheck size={16} color="var(--mantine-color-teal-6)" aria-hidden />
      <Text size="sm" c="dimmed" className="numbers" span>{t("labeling.savedAt", { time: formatTime(savedAt) })}</Text>
    </span>
  );
}
