/** How long somebody was at work: time between inputs counts up to a pause. Times are milliseconds given from outside. */

/** A longer silence is a pause and counts as this much. */
export const PAUSE_MS = 30_000;

export interface Clock {
  readonly activeMs: number;
  readonly lastInput: number;
}

export function startClock(now: number): Clock {
  return { activeMs: 0, lastInput: now };
}

export function touch(clock: Clock, now: number): Clock {
  return { activeMs: clock.activeMs + Math.min(Math.max(0, now - clock.lastInput), PAUSE_MS), lastInput: now };
}
