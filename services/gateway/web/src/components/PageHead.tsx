/** Title of a page and what one can do there. */
import { Group, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";

export function PageHead({ title, hint, children }: { title: ReactNode; hint?: string; children?: ReactNode }) {
  return (
    <Group justify="space-between" align="flex-end" mb="lg">
      <div>
        <Title order={1}>{title}</Title>
        {hint && <Text size="sm" c="dimmed" mt={2}>{hint}</Text>}
      </div>
      <Group gap="xs">{children}</Group>
    </Group>
  );
}
