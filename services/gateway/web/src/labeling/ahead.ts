/** Things loaded ahead of time, so that the next one is there at once. Each is loaded once, and shown as loading until it is there. */

export interface Loader<Item, State> {
  readonly keyOf: (item: Item) => string;
  /** Never rejects: what went wrong is a state as well. */
  readonly load: (item: Item) => Promise<State>;
  /** How many stay, but never fewer than are asked for. */
  readonly kept: number;
}

export interface Loading {
  readonly state: "loading";
}

const LOADING: Loading = { state: "loading" };

export class Ahead<Item, State> {
  private readonly states = new Map<string, State | Loading>();
  private readonly listeners = new Set<() => void>();

  constructor(private readonly loader: Loader<Item, State>) {}

  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  look(item: Item): State | Loading {
    return this.states.get(this.loader.keyOf(item)) ?? LOADING;
  }

  /** Starts to load what is not loaded yet. */
  ahead(items: readonly Item[]): void {
    const wanted = new Set(items.map(this.loader.keyOf));
    for (const item of items) if (!this.states.has(this.loader.keyOf(item))) void this.load(item);
    for (const key of this.states.keys()) {
      if (this.states.size <= this.loader.kept) break;
      if (!wanted.has(key)) this.states.delete(key);
    }
  }

  again(item: Item): void {
    this.states.delete(this.loader.keyOf(item));
    this.ahead([item]);
  }

  private async load(item: Item): Promise<void> {
    const key = this.loader.keyOf(item);
    this.states.set(key, LOADING);
    const state = await this.loader.load(item);
    if (!this.states.has(key)) return;
    this.states.set(key, state);
    for (const listener of this.listeners) listener();
  }
}
