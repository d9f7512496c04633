/** Looks into a data store, one folder at a time, and answers the folder that was chosen. */
import { Anchor, Button, Group, Loader, Modal, Stack, Text } from "@mantine/core";
import { IconFile, IconFolder } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Fragment, useState } from "react";
import { useTranslation } from "react-i18next";

import { browseQuery } from "../../api/datasets";
import { ErrorState } from "../../components/ErrorState";
import { formatBytes } from "../../components/format";
import classes from "./Datasets.module.css";

interface Props {
  store: string;
  opened: boolean;
  /** Where to begin; only what is before its last slash is a folder. */
  start: string;
  onChoose: (prefix: string) => void;
  onClose: () => void;
}

const last = (path: string): string => path.replace(/\/$/, "").split("/").at(-1) ?? "";

export function BucketBrowser({ store, opened, start, onChoose, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal opened={opened} onClose={onClose} size={640} title={t("datasets.browser.title", { store })} closeButtonProps={{ "aria-label": t("common.close") }}>
      <Folder key={`${store} ${start}`} store={store} start={start.slice(0, start.lastIndexOf("/") + 1)} onChoose={onChoose} />
    </Modal>
  );
}

function Folder({ store, start, onChoose }: { store: string; start: string; onChoose: (prefix: string) => void }) {
  const { t } = useTranslation();
  const [prefix, setPrefix] = useState(start);
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(browseQuery(store, prefix));
  const parts = prefix.split("/").filter(Boolean);
  const folders = data?.pages.flatMap((page) => page.folders) ?? [];
  const objects = data?.pages.flatMap((page) => page.objects) ?? [];
  return (
    <Stack gap="sm">
      <Group component="nav" gap={6} aria-label={t("datasets.browser.path")}>
        <Anchor component="button" size="sm" onClick={() => setPrefix("")}>{t("datasets.browser.top")}</Anchor>
        {parts.map((part, place) => (
          <Fragment key={parts.slice(0, place + 1).join("/")}>
            <Text size="sm" c="dimmed" aria-hidden>/</Text>
            <Anchor component="button" size="sm" onClick={() => setPrefix(`${parts.slice(0, place + 1).join("/")}/`)}>{part}</Anchor>
          </Fragment>
        ))}
      </Group>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!error && (
        <ul className={classes["entries"]} aria-label={t("datasets.browser.listed")} tabIndex={0}>
          {isPending && <li className={classes["entry"]}><Loader size={18} /></li>}
          {data && folders.length + objects.length === 0 && <li className={classes["entry"]}><Text size="sm" c="dimmed">{t("datasets.browser.empty")}</Text></li>}
          {folders.map((folder) => (
            <li key={folder}>
              <button type="button" className={classes["entry"]} onClick={() => setPrefix(folder)} aria-label={t("datasets.browser.folder", { name: last(folder) })}>
                <IconFolder size={17} color="var(--mantine-primary-color-filled)" aria-hidden /><span>{last(folder)}</span>
              </button>
            </li>
          ))}
          {objects.map((object) => (
            <li key={object.key} className={classes["entry"]}>
              <IconFile size={17} color="var(--quiet)" aria-hidden /><span>{last(object.key)}</span>
              <Text size="xs" c="dimmed" className="numbers">{formatBytes(object.size)}</Text>
            </li>
          ))}
          {hasNextPage && <li className={classes["entry"]}><Button size="compact-sm" variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>{t("common.loadMore")}</Button></li>}
        </ul>
      )}
      <Group justify="space-between">
        <Text size="sm" className={classes["code"]}>{`${store}/${prefix}`}</Text>
        <Button onClick={() => onChoose(prefix)}>{t("datasets.browser.use")}</Button>
      </Group>
    </Stack>
  );
}
