/** What a connection test found, step by step: a sign and words, never colour alone. */
import { Group, List, Text, ThemeIcon } from "@mantine/core";
import { IconCheck, IconMinus, IconX } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { ConnectionTest } from "../../api/dataset-types";

const PASSED = { color: "teal", Icon: IconCheck, said: "datasets.stores.passed" } as const;
const FAILED = { color: "red", Icon: IconX, said: "datasets.stores.failed" } as const;
const UNTRIED = { color: "gray", Icon: IconMinus, said: "datasets.stores.untried" } as const;

export function ConnectionChecks({ test }: { test: ConnectionTest }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      {test.ok && <Text size="sm" fw={580} mb="sm">{t("datasets.stores.works")}</Text>}
      <List listStyleType="none" spacing="xs" size="sm">
        {test.checks.map(({ name, passed, detail }) => {
          const { color, Icon, said } = passed === null ? UNTRIED : passed ? PASSED : FAILED;
          return (
            <List.Item key={name}>
              <Group gap="sm" wrap="nowrap" align="flex-start">
                <ThemeIcon size={20} radius="xl" color={color} variant="light" role="img" aria-label={t(said)}><Icon size={13} /></ThemeIcon>
                <div>
                  <Text size="sm" {...(passed === null && { c: "dimmed" })}>{t(`datasets.stores.checks.${name}`)}</Text>
                  {detail && <Text size="sm" c={passed === false ? "var(--bad)" : "dimmed"}>{detail}</Text>}
                </div>
              </Group>
            </List.Item>
          );
        })}
      </List>
    </div>
  );
}
