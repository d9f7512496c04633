/** A stretch of a text in UTF-16 units, end exclusive. Only what leaves the browser counts in code points. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/** From one place to another, whichever comes first. */
export function between(one: number, other: number): Range {
  return { start: Math.min(one, other), end: Math.max(one, other) };
}

export const isEmpty = (range: Range): boolean => range.end <= range.start;

/** True when they share at least one character; ranges that only meet do not. */
export function overlap(one: Range, other: Range): boolean {
  return one.start < other.end && other.start < one.end;
}
