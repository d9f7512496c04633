/** Something to show that changes: whoever draws it reads `snapshot` and is told of each new one. */
export class Observed<T extends object> {
  private readonly listeners = new Set<() => void>();

  constructor(public snapshot: T) {}

  /** Answers how to stop listening. */
  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  tell(change: Partial<T>): void {
    this.snapshot = { ...this.snapshot, ...change };
    for (const listener of this.listeners) listener();
  }
}
