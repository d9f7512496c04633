/** The lock on regions (F140, A15): while it is on, only what was made since may be changed. */
export class Lock {
  private made: Set<string> | null = null;

  get on(): boolean {
    return this.made !== null;
  }

  set(on: boolean): void {
    this.made = on ? new Set() : null;
  }

  /** A region came into being by this hand. */
  add(region: string): void {
    this.made?.add(region);
  }

  holds(region: string): boolean {
    return this.made !== null && !this.made.has(region);
  }
}
