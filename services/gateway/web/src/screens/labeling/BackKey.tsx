/** The key that opens what was done before, as it is shown beside its button: where one paints, B is the brush. */
import { Kbd } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { scopeOf } from "../../annotator/keys";
import type { TaskType } from "../../annotator/task";

export function BackKey({ task }: { task: TaskType }) {
  const { t } = useTranslation();
  return <Kbd size="xs">{t(scopeOf(task) === "masks" ? "shortcuts.keys.h" : "shortcuts.keys.b")}</Kbd>;
}
