/** Code that reads the file, ready to be copied. */
import { Button, Card, Group, Text, Title } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { Copying } from "../../components/Copying";
import classes from "./Sample.module.css";

export function SampleCard({ code }: { code: string }) {
  const { t } = useTranslation();
  return (
    <Card>
      <Group justify="space-between" mb="xs">
        <div>
          <Title order={2}>{t("exports.page.sample")}</Title>
          <Text size="sm" c="dimmed">{t("exports.page.sampleHint")}</Text>
        </div>
        <Copying value={code}>
          {({ copied, copy }) => (
            <Button variant="default" size="xs" leftSection={copied ? <IconCheck size={16} /> : <IconCopy size={16} />} onClick={copy}>{t(copied ? "common.copied" : "exports.page.copy")}</Button>
          )}
        </Copying>
      </Group>
      {/* Long lines are scrolled, by keyboard too. */}
      <pre className={classes["code"]} tabIndex={0}><code>{code}</code></pre>
    </Card>
  );
}
