/** Name, media, task. */
import { Group, Radio, Stack, Switch, Text, Textarea, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { mayBeEmpty, mediaOf } from "../../annotator/task";
import { StepHead } from "./StepHead";
import type { StepProps } from "./step";
import { TaskCards } from "./TaskCards";
import { TASKS } from "./tasks";

export function DetailsStep({ draft, change, problems }: StepProps) {
  const { t } = useTranslation();
  const media = mediaOf(draft.task);
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
      <Radio.Group label={t("wizard.details.media")} value={media} onChange={(value) => change({ task: TASKS[value][0] })}>
        <Group mt="xs" gap="xl">
          <Radio value="image" label={t("wizard.details.image")} />
          <Radio value="text" label={t("wizard.details.text")} />
        </Group>
      </Radio.Group>
      <TaskCards media={media} task={draft.task} onChange={(task) => change({ task })} />
      {mayBeEmpty(draft.task) && (
        <Switch
          label={t("wizard.details.allowEmpty")}
          description={t("wizard.details.allowEmptyHint")}
          checked={draft.allowEmpty}
          onChange={(event) => change({ allowEmpty: event.currentTarget.checked })}
        />
      )}
      <Text size="sm" c="dimmed">{t("wizard.details.fixed")}</Text>
      <Textarea
        label={`${t("wizard.details.description")} (${t("common.optional")})`}
        autosize
        minRows={2}
        value={draft.description}
        error={problems["description"]}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
    </Stack>
  );
}
