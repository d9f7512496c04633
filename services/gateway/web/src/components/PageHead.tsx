/** Title of a page and what one can do there. */
import { Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  /** What the browser's tab shows. */
  name: string;
  title?: ReactNode;
  hint?: string;
  children?: ReactNode;
}

export function PageHead({ name, title = name, hint, children }: Props) {
  const { t } = useTranslation();
  return (
    <Group justify="space-between" align="flex-end" mb="lg">
      <title>{`${name} · ${t("common.product")}`}</title>
      <div>
        <Title order={1}>{title}</Title>
        {hint && <Text size="sm" c="dimmed" mt={2}>{hint}</Text>}
      </div>
      <Group gap="xs">{children}</Group>
    </Group>
  );
}
