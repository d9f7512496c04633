/** How many files of which extension, most first. */
import { Badge, Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { formatNumber } from "../../components/format";

/** What the server counts together, since there are too many extensions. */
const OTHERS = "*";

export function Extensions({ counts, most }: { counts: Readonly<Record<string, number>>; most: number }) {
  const { t } = useTranslation();
  const name = (extension: string) => (extension === OTHERS ? t("datasets.other") : extension ? `.${extension}` : t("datasets.noExtension"));
  return (
    <Group gap={6}>
      {Object.entries(counts).sort((a, b) => b[1] - a[1]).slice(0, most).map(([extension, count]) => (
        <Badge key={extension} variant="default" fw={500}>{name(extension)} {formatNumber(count)}</Badge>
      ))}
    </Group>
  );
}
