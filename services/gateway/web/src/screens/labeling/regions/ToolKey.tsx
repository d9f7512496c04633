/** A tool as a button. Takes no focus from the mouse, so that keys go on working. */
import { Tooltip, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./Regions.module.css";

interface Props {
  name: string;
  keys: string;
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

export function ToolKey({ name, keys, pressed, disabled = false, onClick, children }: Props) {
  return (
    <Tooltip label={`${name} (${keys})`} position="right">
      <UnstyledButton
        className={classes["tool"]}
        aria-label={name}
        aria-pressed={pressed}
        aria-keyshortcuts={keys}
        disabled={disabled}
        onMouseDown={(event) => event.preventDefault()}
        onClick={onClick}
      >
        {children}
        {keys.length === 1 && <kbd className={classes["toolKey"]} aria-hidden>{keys}</kbd>}
      </UnstyledButton>
    </Tooltip>
  );
}
