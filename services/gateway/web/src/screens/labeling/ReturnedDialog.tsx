/** Work that came back: names what is kept, and offers to claim it again. */
import { Button, Group, List, Modal, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ShownLabel } from "../../annotator/labels";
import { failureText } from "../../components/failure";
import type { ReturnedWork } from "../../labeling/returned";
import type { ReturnedItem } from "../../labeling/snapshot";

interface Props {
  returned: readonly ReturnedItem[];
  labels: readonly ShownLabel[];
  work: ReturnedWork;
}

export function ReturnedDialog({ returned, labels, work }: Props) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const run = async (deed: () => Promise<void>) => {
    setBusy(true);
    setProblem(null);
    await deed().catch(setProblem);
    setBusy(false);
  };
  const words = ({ choice }: ReturnedItem): string =>
    choice.skip ? t("labeling.skipped") : choice.labels.map((id) => labels.find((label) => label.id === id)?.path ?? id).join(", ");
  const refused = returned.some((one) => one.refusal);
  return (
    <Modal
      opened={returned.length > 0}
      onClose={() => undefined}
      withCloseButton={false}
      title={refused ? t("labeling.refusedTitle") : t("labeling.lostTitle", { count: returned.length })}
    >
      <Stack>
        {!refused && <Text size="sm">{t("labeling.lostHint")}</Text>}
        <List size="sm" spacing={4}>
          {returned.map((one) => (
            <List.Item key={one.item.id}>
              <Text size="sm" span fw={560}>{one.item.name || one.item.id.slice(-8)}</Text> <Text size="sm" span c="dimmed">{words(one)}</Text>
              {one.refusal && <Text size="xs" c="var(--bad)">{one.refusal}</Text>}
            </List.Item>
          ))}
        </List>
        {problem !== null && <Text size="sm" c="var(--bad)" role="alert">{failureText(t, problem)}</Text>}
        <Group justify="flex-end" gap="xs">
          <Button variant="default" disabled={busy} onClick={() => void run(() => work.dropAll())}>{t("labeling.lostDrop")}</Button>
          <Button loading={busy} onClick={() => void run(() => work.claimAgain())} data-autofocus>{t("labeling.lostClaim")}</Button>
        </Group>
      </Stack>
    </Modal>
  );
}
