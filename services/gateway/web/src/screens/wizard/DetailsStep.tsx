/** Name and task. */
import { Radio, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { TaskType } from "../../api/types";
import { StepHead } from "./StepHead";
import type { StepProps } from "./step";
import classes from "./Wizard.module.css";

const TASKS: TaskType[] = ["image_multi_class", "image_multi_label"];

export function DetailsStep({ draft, change, problems }: StepProps) {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <StepHead title={t("wizard.details.lead")} />
      <TextInput
        label={t("wizard.details.name")}
        description={t("wizard.details.nameHint")}
        required
        autoFocus
        value={draft.name}
        error={problems["name"]}
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <Textarea
        label={`${t("wizard.details.description")} (${t("common.optional")})`}
        autosize
        minRows={2}
        value={draft.description}
        error={problems["description"]}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      <Radio.Group label={t("wizard.details.task")} value={draft.task} onChange={(value) => change({ task: value })}>
        <div className={classes["cards"]}>
          {TASKS.map((task) => (
            <Radio.Card key={task} value={task} className={classes["card"]}>
              <Radio.Indicator />
              <div>
                <Text size="sm" fw={580}>{t(`wizard.details.${task}`)}</Text>
                <Text size="sm" c="dimmed">{t(`wizard.details.${task}Hint`)}</Text>
              </div>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
      <Text size="sm" c="dimmed">{t("wizard.details.fixed")}</Text>
    </Stack>
  );
}
