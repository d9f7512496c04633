/** A choice beside the stage. Once made, the keyboard is the stage's again: a focused field would keep the letters for itself. */
import { Select, type SelectProps } from "@mantine/core";

/** A stage that listens itself has `data-stage`; any other hears what no element has focus for. */
function toStage(): void {
  const stage = document.querySelector<HTMLElement>("[data-stage]");
  if (stage) stage.focus({ preventScroll: true });
  else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
}

export function StageSelect(props: Omit<SelectProps, "size" | "allowDeselect" | "onOptionSubmit">) {
  return <Select {...props} size="xs" allowDeselect={false} onOptionSubmit={toStage} />;
}
