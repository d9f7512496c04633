/** Undo and redo: a base, the commands since, and some of the pages they led to. The present page is always the commands applied to the base. */
import { apply, type Command } from "./command";
import { type PageState, without } from "./page";

/** How many commands lie between two marks: undo applies fewer than that again. A mark holds the list of all regions. */
const SPAN = 64;

export interface Log {
  readonly base: PageState;
  readonly commands: readonly Command[];
  /** The page after every SPAN commands: undo starts there instead of at the base. */
  readonly marks: readonly PageState[];
  /** How many of `commands` are in effect; the rest can be redone. */
  readonly position: number;
  readonly page: PageState;
}

export function startLog(base: PageState): Log {
  return { base, commands: [], marks: [], position: 0, page: base };
}

const marksBefore = (position: number): number => Math.floor(position / SPAN);

function at(log: Log, position: number): Log {
  const passed = marksBefore(position);
  const page = log.commands.slice(passed * SPAN, position).reduce(apply, log.marks[passed - 1] ?? log.base);
  return { ...log, position, page };
}

/** Adds a command; what was undone before is forgotten. */
export function record({ base, commands, marks, position, page }: Log, command: Command): Log {
  const next = apply(page, command);
  const kept = marks.slice(0, marksBefore(position));
  return {
    base,
    commands: [...commands.slice(0, position), command],
    marks: (position + 1) % SPAN === 0 ? [...kept, next] : kept,
    position: position + 1,
    page: next,
  };
}

export const canUndo = (log: Log): boolean => log.position > 0;
export const canRedo = (log: Log): boolean => log.position < log.commands.length;

export function undo(log: Log): Log {
  return canUndo(log) ? at(log, log.position - 1) : log;
}

export function redo(log: Log): Log {
  return canRedo(log) ? at(log, log.position + 1) : log;
}

/** How many commands in effect touched an item: the effort that goes with its label. */
export function actionsOn(log: Log, item: string): number {
  return log.commands.slice(0, log.position).filter((command) => command.items.includes(item)).length;
}

/** Takes items off the page, also out of what undo can bring back. */
export function drop(log: Log, gone: ReadonlySet<string>): Log {
  const commands = log.commands.map((command) => ({ ...command, items: command.items.filter((item) => !gone.has(item)) }));
  return at(commands.reduce(record, startLog(without(log.base, gone))), log.position);
}
