/** What Mantine asks of a browser and jsdom has not. */
import { vi } from "vitest";

export function browser(): void {
  vi.stubGlobal("matchMedia", () => ({ matches: false, addEventListener: vi.fn(), removeEventListener: vi.fn() }));
  vi.stubGlobal("ResizeObserver", class { observe = vi.fn(); unobserve = vi.fn(); disconnect = vi.fn(); });
  Element.prototype.scrollIntoView = vi.fn();
}
