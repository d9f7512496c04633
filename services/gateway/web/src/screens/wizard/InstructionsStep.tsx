/** What labelers must know, with the questions that good instructions answer (F60, F64–F66). */
import { Alert, List, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconKeyboard } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { mediaOf, shapeOf } from "../../annotator/task";
import { StepHead } from "./StepHead";
import type { StepProps } from "./step";

export function InstructionsStep({ draft, change, problems }: StepProps) {
  const { t } = useTranslation();
  const region = shapeOf(draft.task);
  const questions = [...t("wizard.instructions.questions", { returnObjects: true }), ...(region ? t(`wizard.instructions.${region}`, { returnObjects: true }) : [])];
  return (
    <Stack gap="lg">
      <StepHead title={t("wizard.instructions.lead")} />
      <Textarea
        label={`${t("wizard.instructions.text")} (${t("common.optional")})`}
        description={t("wizard.instructions.textHint", { context: mediaOf(draft.task) })}
        autosize
        minRows={5}
        maxRows={18}
        value={draft.text}
        error={problems["text"] ?? problems["instructions.text"]}
        onChange={(event) => change({ text: event.currentTarget.value })}
      />
      <TextInput
        label={`${t("wizard.instructions.url")} (${t("common.optional")})`}
        type="url"
        value={draft.url}
        error={problems["url"] ?? problems["instructions.url"]}
        onChange={(event) => change({ url: event.currentTarget.value })}
      />
      <div>
        <Text size="sm" fw={580} mb={6}>{t("wizard.instructions.ask")}</Text>
        <List size="sm" c="dimmed" spacing={2}>{questions.map((question) => <List.Item key={question}>{question}</List.Item>)}</List>
      </div>
      <Alert icon={<IconKeyboard />} py="xs">{t("wizard.instructions.remind")}</Alert>
    </Stack>
  );
}
