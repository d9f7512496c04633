/** Pictures fetched and decoded ahead of time. The decoded element itself is shown, so that showing it costs nothing. */

export type Picture = { readonly state: "loading" } | { readonly state: "failed" } | { readonly state: "ready"; readonly element: HTMLImageElement };

const LOADING: Picture = { state: "loading" };
const FAILED: Picture = { state: "failed" };
/** Two pages of nine, and the pages just left. */
const KEPT = 48;

export class Images {
  private readonly pictures = new Map<string, Picture>();
  private readonly listeners = new Set<() => void>();

  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  look(url: string): Picture {
    return this.pictures.get(url) ?? LOADING;
  }

  /** Starts to load what is not loaded yet. */
  ahead(urls: readonly string[]): void {
    for (const url of urls) if (!this.pictures.has(url)) void this.load(url);
    for (const url of this.pictures.keys()) {
      if (this.pictures.size <= KEPT) break;
      if (!urls.includes(url)) this.pictures.delete(url);
    }
  }

  again(url: string): void {
    this.pictures.delete(url);
    this.ahead([url]);
  }

  private async load(url: string): Promise<void> {
    this.pictures.set(url, LOADING);
    const element = new Image();
    element.decoding = "async";
    element.draggable = false;
    element.alt = "";
    element.src = url;
    const ready = await element.decode().then(() => true, () => false);
    if (!this.pictures.has(url)) return;
    this.pictures.set(url, ready ? { state: "ready", element } : FAILED);
    for (const listener of this.listeners) listener();
  }
}

export const images = new Images();
