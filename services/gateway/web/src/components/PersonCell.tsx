/** Who a row of a table is about. As long as names may be, the other columns keep their place. */
import { Avatar, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

export function PersonCell({ name, email, me }: { name: string; email: string; me: boolean }) {
  const { t } = useTranslation();
  return (
    <Group gap="sm" wrap="nowrap">
      <Avatar name={name} color="indigo" size={34} aria-hidden />
      <div style={{ minWidth: 0 }}>
        <Text size="sm" fw={560} truncate title={name}>{name}{me && <Text span size="xs" c="dimmed"> ({t("common.you")})</Text>}</Text>
        <Text size="xs" c="dimmed" truncate title={email}>{email}</Text>
      </div>
    </Group>
  );
}
