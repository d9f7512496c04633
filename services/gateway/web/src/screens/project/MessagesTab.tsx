/** Status messages about the data of a project (F118). */
import { Badge, Card, Skeleton, Table, Text } from "@mantine/core";
import { IconMessageCircle } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { messagesQuery, refreshesQuery } from "../../api/projects";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { formatDateTime } from "../../components/format";
import { PathText } from "../../components/PathText";
import { useProject } from "./useProject";

/** Narrower, and the table scrolls. */
const MIN_WIDTH = 760;
const COLORS = { information: "blue", warning: "yellow", error: "red" } as const;

export function MessagesTab() {
  const { t } = useTranslation();
  const { id } = useProject();
  const { data: messages, error, refetch } = useQuery(messagesQuery(id));
  const { data: refreshes = [] } = useQuery(refreshesQuery(id));
  const suppressed = refreshes.reduce((sum, one) => sum + one.suppressed, 0);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!messages) return <Skeleton h={220} />;
  if (messages.length === 0) return <Card><EmptyState icon={<IconMessageCircle size={28} />} title={t("project.messages.empty")} hint={t("project.messages.emptyHint")} /></Card>;
  return (
    <Card p={0}>
      <Table.ScrollContainer minWidth={MIN_WIDTH}>
        <Table verticalSpacing="sm" horizontalSpacing="md">
          <Table.Thead>
            <Table.Tr>
              <Table.Th w={130}>{t("project.messages.columns.level")}</Table.Th>
              <Table.Th>{t("project.messages.columns.text")}</Table.Th>
              <Table.Th>{t("project.messages.columns.key")}</Table.Th>
              <Table.Th w={210}>{t("project.messages.columns.at")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {messages.map((message, place) => (
              <Table.Tr key={`${message.at} ${message.code} ${message.key} ${place}`}>
                <Table.Td><Badge color={COLORS[message.level]}>{t(`project.messages.level.${message.level}`)}</Badge></Table.Td>
                <Table.Td><Text size="sm"><PathText text={message.text} /></Text></Table.Td>
                <Table.Td><Text size="sm" c="dimmed"><PathText text={message.key} /></Text></Table.Td>
                <Table.Td><Text size="sm" c="dimmed" className="numbers">{formatDateTime(message.at)}</Text></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {suppressed > 0 && <Text size="sm" c="dimmed" p="md">{t("project.messages.suppressed", { count: suppressed })}</Text>}
    </Card>
  );
}
