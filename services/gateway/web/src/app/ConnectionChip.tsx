/** Says that the server is out of reach or that work waits to be saved. Nothing while all is fine. */
import { Badge } from "@mantine/core";
import { useNetwork } from "@mantine/hooks";
import { IconCloudOff } from "@tabler/icons-react";
import { useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import { liveEvents } from "../api/events";
import { outbox } from "../labeling/outbox";

/** `work` false where the page itself says what is not saved. */
export function ConnectionChip({ work = true }: { work?: boolean }) {
  const { t } = useTranslation();
  const { online } = useNetwork();
  const fine = useSyncExternalStore(liveEvents.onChange, () => liveEvents.fine);
  const waiting = useSyncExternalStore(outbox.onChange, () => (work && outbox.snapshot.trouble ? outbox.snapshot.waiting : 0));
  if (online && fine && waiting === 0) return null;
  return (
    <Badge color={online ? "yellow" : "red"} leftSection={<IconCloudOff size={13} />} size="lg" role="status">
      {waiting > 0 ? t("connection.unsaved", { count: waiting }) : t(online ? "connection.reconnecting" : "connection.offline")}
    </Badge>
  );
}
