/** The versions of a data set, newest first. */
import { Badge, Button, Card, Group, Table, Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Dataset } from "../../api/dataset-types";
import { formatBytes, formatDateTime } from "../../components/format";
import { PathText } from "../../components/PathText";

/** Narrower, and the table scrolls. */
const MIN_WIDTH = 640;

export function VersionTable({ versions, shown, onShow }: { versions: Dataset[]; shown: number; onShow: (version: number) => void }) {
  const { t } = useTranslation();
  return (
    <Card>
      <Title order={2}>{t("datasets.versions")}</Title>
      <Text size="sm" c="dimmed" mb="md">{t("datasets.versionsHint")}</Text>
      <Table.ScrollContainer minWidth={MIN_WIDTH}>
        <Table verticalSpacing="sm">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("datasets.fields.version")}</Table.Th>
              <Table.Th>{t("datasets.fields.place")}</Table.Th>
              <Table.Th>{t("datasets.fields.files")}</Table.Th>
              <Table.Th>{t("datasets.fields.created")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {versions.map((one) => (
              <Table.Tr key={one.version} bg={one.version === shown ? "var(--canvas)" : undefined}>
                <Table.Td>
                  <Group gap="xs" wrap="nowrap">
                    <Button size="compact-sm" variant="subtle" aria-current={one.version === shown || undefined} onClick={() => onShow(one.version)}>{t("datasets.version", { version: one.version })}</Button>
                    {one.version === one.newest_version && <Badge variant="default" fw={500}>{t("datasets.newest")}</Badge>}
                  </Group>
                </Table.Td>
                <Table.Td><PathText text={`${one.datastore}/${one.prefix}${one.pattern}`} /></Table.Td>
                <Table.Td className="numbers">{t("datasets.files", { count: one.count })}, {formatBytes(one.bytes)}</Table.Td>
                <Table.Td>{formatDateTime(one.created_at)}<Text size="xs" c="dimmed">{one.created_by_name}</Text></Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Card>
  );
}
