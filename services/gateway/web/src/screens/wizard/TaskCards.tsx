/** What labelers do: every task type of the chosen media, with a picture and one sentence. */
import { Radio, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { MediaType, TaskType } from "../../annotator/task";
import { TASK_ICONS } from "../../components/TaskIcon";
import { TASKS } from "./tasks";
import classes from "./Wizard.module.css";

export function TaskCards({ media, task, onChange }: { media: MediaType; task: TaskType; onChange: (task: TaskType) => void }) {
  const { t } = useTranslation();
  return (
    <Radio.Group label={t("wizard.details.task")} value={task} onChange={onChange}>
      <div className={classes["cards"]}>
        {TASKS[media].map((one) => {
          const Icon = TASK_ICONS[one];
          return (
            <Radio.Card key={one} value={one} className={classes["card"]}>
              <Icon size={26} stroke={1.5} className={classes["icon"]} aria-hidden />
              <div className={classes["words"]}>
                <Text size="sm" fw={580}>{t(`wizard.details.${one}`)}</Text>
                <Text size="sm" c="dimmed">{t(`wizard.details.${one}Hint`)}</Text>
              </div>
              <Radio.Indicator />
            </Radio.Card>
          );
        })}
      </div>
    </Radio.Group>
  );
}
