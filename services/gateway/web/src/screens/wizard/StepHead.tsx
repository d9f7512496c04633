/** The question that a step asks. */
import { Text, Title } from "@mantine/core";

export function StepHead({ title, hint }: { title: string; hint?: string }) {
  return (
    <div>
      <Title order={2} fz="lg">{title}</Title>
      {hint && <Text size="sm" c="dimmed" mt={2}>{hint}</Text>}
    </div>
  );
}
