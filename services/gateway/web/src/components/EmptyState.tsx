/** Nothing here: says so, why, and what to do next. */
import { Stack, Text, ThemeIcon, Title } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  icon: ReactNode;
  title: string;
  hint?: string;
  children?: ReactNode;
}

export function EmptyState({ icon, title, hint, children }: Props) {
  return (
    <Stack align="center" gap="xs" py={56} px="lg" ta="center">
      <ThemeIcon size={56} radius="xl" variant="light" aria-hidden>{icon}</ThemeIcon>
      <Title order={2} mt="xs">{title}</Title>
      {hint && <Text c="dimmed" size="sm" maw={440}>{hint}</Text>}
      {children && <div style={{ marginTop: 12 }}>{children}</div>}
    </Stack>
  );
}
