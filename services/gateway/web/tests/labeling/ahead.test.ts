import { describe, expect, it, vi } from "vitest";

import { Ahead } from "../../src/labeling/ahead";

const ready = (item: string) => ({ state: "ready", item }) as const;

function ahead(kept: number) {
  const load = vi.fn((item: string) => Promise.resolve(ready(item)));
  return { load, store: new Ahead({ keyOf: (item: string) => item, load, kept }) };
}

describe("what is loaded ahead", () => {
  it("is loaded once, and told of when it is there", async () => {
    const { store, load } = ahead(2);
    const told = vi.fn();
    store.onChange(told);
    store.ahead(["a", "b"]);
    store.ahead(["a"]);
    expect(store.look("a")).toEqual({ state: "loading" });
    await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(2));
    expect([store.look("a"), load.mock.calls.length]).toEqual([ready("a"), 2]);
  });

  it("goes, the oldest first, once there is more than is kept; never what is asked for", async () => {
    const { store } = ahead(2);
    for (const items of [["a"], ["b"], ["c", "a", "d"]]) {
      store.ahead(items);
      await vi.waitFor(() => expect(items.map((item) => store.look(item).state)).toEqual(items.map(() => "ready")));
    }
    expect(["a", "b", "c", "d"].map((item) => store.look(item).state)).toEqual(["ready", "loading", "ready", "ready"]);
  });

  it("stays away when it went while it was loaded", async () => {
    const { store, load } = ahead(1);
    store.ahead(["a"]);
    store.ahead(["b"]);
    await vi.waitFor(() => expect(store.look("b").state).toBe("ready"));
    expect([store.look("a").state, load.mock.calls.length]).toEqual(["loading", 2]);
  });
});
