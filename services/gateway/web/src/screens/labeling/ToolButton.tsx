/** An icon of the action bar. Takes no focus from the mouse, so that keys go on working. */
import { ActionIcon, Tooltip } from "@mantine/core";
import type { ReactNode } from "react";

interface Props {
  name: string;
  keys?: string;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

export function ToolButton({ name, keys, disabled = false, onClick, children }: Props) {
  return (
    <Tooltip label={keys ? `${name} (${keys})` : name}>
      <ActionIcon variant="subtle" color="gray" size={32} aria-label={name} disabled={disabled} onMouseDown={(event) => event.preventDefault()} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
