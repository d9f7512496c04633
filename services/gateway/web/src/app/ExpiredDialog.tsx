/** Sign in again without losing the page. Somebody else who signs in gets a fresh page instead. */
import { Modal, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { liveEvents } from "../api/events";
import { queries } from "../api/queries";
import type { Session } from "../api/types";
import { outbox } from "../labeling/outbox";
import { SignInForm } from "../screens/signin/SignInForm";

export function ExpiredDialog({ user, onBack }: { user: string; onBack: () => void }) {
  const { t } = useTranslation();
  const back = (session: Session) => {
    if (session.user.id !== user) {
      window.location.assign("/projects");
      return;
    }
    onBack();
    void queries.invalidateQueries();
    liveEvents.stop();
    liveEvents.start();
    outbox.tryNow();
  };
  return (
    <Modal opened onClose={() => undefined} withCloseButton={false} closeOnEscape={false} closeOnClickOutside={false} title={t("signIn.expiredTitle")}>
      <Text size="sm" c="dimmed" mb="md">{t("signIn.expired")}</Text>
      <SignInForm onDone={back} />
    </Modal>
  );
}
