/** One line a data store; test, edit, delete. */
import { ActionIcon, Badge, Group, Menu, Modal, Skeleton, Table, Text, VisuallyHidden } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconDots, IconPencil, IconPlugConnected, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { datastoresQuery, removeDatastore, testDatastore } from "../../api/datasets";
import { queries } from "../../api/queries";
import type { Datastore } from "../../api/dataset-types";
import { useSend } from "../../api/useSend";
import { ConfirmDialog } from "../../components/ConfirmDialog";
import { ErrorState } from "../../components/ErrorState";
import { failureText } from "../../components/failure";
import classes from "./Datasets.module.css";
import { ConnectionChecks } from "./ConnectionChecks";

/** Narrower, and the table scrolls. */
const MIN_WIDTH = 640;

interface Props {
  stores: Datastore[];
  mayWrite: boolean;
  onEdit: (store: Datastore) => void;
}

export function StoreTable({ stores, mayWrite, onEdit }: Props) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<Datastore | null>(null);
  const [tried, setTried] = useState<string | null>(null);
  const test = useSend({ mutationFn: testDatastore });
  const drop = useSend({
    mutationFn: removeDatastore,
    onError: (error) => notifications.show({ color: "red", autoClose: 10_000, message: failureText(t, error) }),
    onSettled: () => {
      setAsked(null);
      return queries.invalidateQueries({ queryKey: datastoresQuery.queryKey });
    },
  });
  const begin = (name: string) => {
    setTried(name);
    test.mutate(name);
  };
  return (
    <>
      <Table.ScrollContainer minWidth={MIN_WIDTH}>
        <Table verticalSpacing="sm" horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("datasets.stores.name")}</Table.Th>
              <Table.Th>{t("datasets.stores.endpoint")}</Table.Th>
              <Table.Th>{t("datasets.stores.bucket")}</Table.Th>
              <Table.Th w={56}><VisuallyHidden>{t("common.actions")}</VisuallyHidden></Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {stores.map((store) => (
              <Table.Tr key={store.name}>
                <Table.Td>
                  <Group gap="xs">
                    <Text size="sm" fw={580}>{store.name}</Text>
                    {store.default && <Badge variant="default" fw={500}>{t("datasets.stores.standard")}</Badge>}
                    {store.read_only && <Badge color="gray">{t("datasets.stores.readOnly")}</Badge>}
                    {store.registered && !store.credentials && <Badge color="gray">{t("datasets.stores.noKeys")}</Badge>}
                  </Group>
                </Table.Td>
                <Table.Td className={classes["code"]}>{store.registered ? store.endpoint : <Text size="sm" c="dimmed">{t("datasets.stores.own")}</Text>}</Table.Td>
                <Table.Td className={classes["code"]}>{store.registered ? store.bucket : store.name}</Table.Td>
                <Table.Td>
                  {mayWrite && (
                    <Menu position="bottom-end">
                      <Menu.Target><ActionIcon variant="subtle" color="gray" aria-label={`${t("common.actions")}: ${store.name}`}><IconDots size={17} /></ActionIcon></Menu.Target>
                      <Menu.Dropdown>
                        <Menu.Item leftSection={<IconPlugConnected size={16} />} onClick={() => begin(store.name)}>{t("datasets.stores.test")}</Menu.Item>
                        {store.registered && <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => onEdit(store)}>{t("datasets.stores.edit", { name: store.name })}</Menu.Item>}
                        {store.registered && <Menu.Item color="red" leftSection={<IconTrash size={16} />} onClick={() => setAsked(store)}>{t("datasets.stores.remove")}</Menu.Item>}
                      </Menu.Dropdown>
                    </Menu>
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Modal opened={tried !== null} onClose={() => setTried(null)} title={t("datasets.stores.tested", { name: tried ?? "" })} closeButtonProps={{ "aria-label": t("common.close") }}>
        {test.isPending && <Skeleton h={180} role="status" aria-label={t("common.loading")} />}
        {test.error && <ErrorState error={test.error} onRetry={() => tried && begin(tried)} />}
        {test.isSuccess && <ConnectionChecks test={test.data} />}
      </Modal>
      <ConfirmDialog
        opened={asked !== null}
        title={t("datasets.stores.removeTitle", { name: asked?.name ?? "" })}
        hint={t("datasets.stores.removeHint")}
        action={t("datasets.stores.remove")}
        danger
        busy={drop.isPending}
        onConfirm={() => asked && drop.mutate(asked.name)}
        onCancel={() => setAsked(null)}
      />
    </>
  );
}
