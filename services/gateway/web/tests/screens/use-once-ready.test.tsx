import { act, cleanup, renderHook } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";

import { useOnceReady } from "../../src/components/useOnceReady";

function setUp(busy: boolean) {
  const done = vi.fn();
  const hook = renderHook((props: { busy: boolean }) => useOnceReady(props.busy, done), { initialProps: { busy } });
  return { done, ...hook };
}

afterEach(cleanup);

describe("a click on what may not be ready", () => {
  it("what is ready is done at once", () => {
    const { done, result } = setUp(false);
    act(() => result.current.start());
    expect(done).toHaveBeenCalledTimes(1);
    expect(result.current.waiting).toBe(false);
  });

  it("a click that comes too early counts once it can", () => {
    const { done, result, rerender } = setUp(true);
    act(() => result.current.start());
    act(() => result.current.start());
    expect(result.current.waiting).toBe(true);
    expect(done).not.toHaveBeenCalled();
    rerender({ busy: false });
    expect(done).toHaveBeenCalledTimes(1);
    expect(result.current.waiting).toBe(false);
  });

  it("nothing is done that nobody asked for", () => {
    const { done, rerender } = setUp(true);
    rerender({ busy: false });
    expect(done).not.toHaveBeenCalled();
  });
});
