/** The first hundred things of a file that were not taken, each with its place, and the whole report. */
import { Button, Group, ScrollArea, Table, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { address } from "../../api/http";
import type { ImportJob } from "../../api/imports";

export function Problems({ job }: { job: ImportJob }) {
  const { t } = useTranslation();
  const more = job.suppressed > 0 ? t("imports.report.more", { count: job.suppressed }) : "";
  return (
    <div>
      {job.problems.length > 0 && (
        <ScrollArea.Autosize mah={260} type="auto" viewportProps={{ tabIndex: 0, "aria-label": t("imports.report.problems") }}>
          <Table verticalSpacing={6} stickyHeader>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t("imports.report.place")}</Table.Th>
                <Table.Th>{t("imports.report.reason")}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {job.problems.map((one, place) => (
                <Table.Tr key={place}>
                  <Table.Td style={{ overflowWrap: "anywhere", verticalAlign: "top" }}>{one.row}{one.key && one.key !== one.row && <Text size="xs" c="dimmed">{one.key}</Text>}</Table.Td>
                  <Table.Td style={{ overflowWrap: "anywhere" }}>{one.message}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </ScrollArea.Autosize>
      )}
      {job.has_report && (
        <Group justify="space-between" mt="xs">
          <Text size="sm" c="dimmed">{more}</Text>
          <Button component="a" href={address(`/imports/${job.id}/report`)} download size="compact-sm" variant="light" leftSection={<IconDownload size={15} />}>{t("imports.report.download")}</Button>
        </Group>
      )}
    </div>
  );
}
