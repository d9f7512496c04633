/** The notification area: a bell, and behind it what was told (F226). */
import { ActionIcon, Anchor, Button, Group, Indicator, Popover, ScrollArea, Stack, Text } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { formatAgo } from "../components/format";
import { DownloadLink } from "./DownloadLink";
import type { Notice } from "./notices";
import { useNotices } from "./useNotices";
import { useWatch } from "./useWatch";

const WORDS = { requested: "running", running: "running", succeeded: "ready", failed: "failed", canceled: "canceled" } as const;

function NoticeRow({ notice, onLeave }: { notice: Notice; onLeave: () => void }) {
  const { t } = useTranslation();
  return (
    <li>
      <Anchor component={Link} to={`/projects/${notice.project}/exports/${notice.export}`} size="sm" c="var(--mantine-color-text)" onClick={onLeave} style={{ overflowWrap: "anywhere" }}>
        {t(`exports.notices.${WORDS[notice.state]}`, { project: notice.projectName, format: t(`exports.formats.${notice.format}`) })}
      </Anchor>
      <Group gap="sm">
        <Text size="xs" c="dimmed">{formatAgo(notice.at)}</Text>
        {notice.state === "succeeded" && <DownloadLink id={notice.export} />}
      </Group>
    </li>
  );
}

export function NoticeMenu() {
  const { t } = useTranslation();
  const [notices, list] = useNotices();
  const [opened, setOpened] = useState(false);
  useWatch(notices);
  const fresh = list.filter((one) => !one.seen).length;
  const toggle = (open: boolean) => {
    setOpened(open);
    notices.see();
  };
  return (
    <Popover opened={opened} onChange={toggle} position="bottom-end" width={340} shadow="md" trapFocus returnFocus>
      <Indicator disabled={fresh === 0} label={fresh} size={16} offset={5}>
        <Popover.Target>
          <ActionIcon variant="subtle" color="gray" size={34} radius="xl" onClick={() => toggle(!opened)} aria-label={fresh ? t("exports.notices.openNew", { count: fresh }) : t("exports.notices.open")}>
            <IconBell size={19} />
          </ActionIcon>
        </Popover.Target>
      </Indicator>
      <Popover.Dropdown aria-label={t("exports.notices.title")}>
        <Group justify="space-between" mb="xs">
          <Text size="sm" fw={600}>{t("exports.notices.title")}</Text>
          {list.length > 0 && <Button size="compact-xs" variant="subtle" onClick={() => notices.clear()}>{t("exports.notices.clear")}</Button>}
        </Group>
        {list.length === 0 ? (
          <Text size="sm" c="dimmed">{t("exports.notices.empty")}</Text>
        ) : (
          <ScrollArea.Autosize mah={360}>
            <Stack component="ul" gap="sm" m={0} p={0} style={{ listStyle: "none" }}>
              {list.map((notice) => <NoticeRow key={notice.export} notice={notice} onLeave={() => toggle(false)} />)}
            </Stack>
          </ScrollArea.Autosize>
        )}
      </Popover.Dropdown>
    </Popover>
  );
}
