/** The first rows of a table; columns that labelers don't see are pale. */
import { ScrollArea, Table } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { SourcePreview } from "../../api/dataset-types";
import classes from "./Wizard.module.css";

interface Props {
  preview: SourcePreview;
  shown: readonly string[];
}

export function PreviewTable({ preview, shown }: Props) {
  const { t } = useTranslation();
  const { columns, rows } = preview;
  return (
    <ScrollArea.Autosize mah={320} type="auto" className={classes["preview"]}>
      <Table stickyHeader aria-label={t("wizard.rows.preview")}>
        <Table.Thead>
          <Table.Tr>{columns.map((column) => <Table.Th key={column} data-pale={!shown.includes(column) || undefined}>{column}</Table.Th>)}</Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, at) => (
            // Rows of a file never change their places.
            <Table.Tr key={at}>
              {columns.map((column, place) => <Table.Td key={column} data-pale={!shown.includes(column) || undefined} dir="auto">{row[place]}</Table.Td>)}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </ScrollArea.Autosize>
  );
}
