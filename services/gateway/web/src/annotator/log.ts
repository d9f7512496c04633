/** Undo and redo: a base and the commands since. The present page is always the commands applied to the base. */
import { apply, type Command } from "./command";
import { type PageState, without } from "./page";

export interface Log {
  readonly base: PageState;
  readonly commands: readonly Command[];
  /** How many of `commands` are in effect; the rest can be redone. */
  readonly position: number;
  readonly page: PageState;
}

function at(base: PageState, commands: readonly Command[], position: number): Log {
  return { base, commands, position, page: commands.slice(0, position).reduce(apply, base) };
}

export function startLog(base: PageState): Log {
  return at(base, [], 0);
}

/** Adds a command; what was undone before is forgotten. */
export function record(log: Log, command: Command): Log {
  const commands = [...log.commands.slice(0, log.position), command];
  return { ...log, commands, position: commands.length, page: apply(log.page, command) };
}

export const canUndo = (log: Log): boolean => log.position > 0;
export const canRedo = (log: Log): boolean => log.position < log.commands.length;

export function undo(log: Log): Log {
  return canUndo(log) ? at(log.base, log.commands, log.position - 1) : log;
}

export function redo(log: Log): Log {
  return canRedo(log) ? at(log.base, log.commands, log.position + 1) : log;
}

/** How many commands in effect touched an item: the effort that goes with its label. */
export function actionsOn(log: Log, item: string): number {
  return log.commands.slice(0, log.position).filter((command) => command.items.includes(item)).length;
}

/** Takes items off the page, also out of what undo can bring back. */
export function drop(log: Log, gone: ReadonlySet<string>): Log {
  const commands = log.commands.map((command) => ({ ...command, items: command.items.filter((item) => !gone.has(item)) }));
  return at(without(log.base, gone), commands, log.position);
}
