import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, renderHook } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";

import { useRequestKey } from "../../src/api/useRequestKey";
import { useSend } from "../../src/api/useSend";

const wrapper = ({ children }: { children: ReactNode }) => <QueryClientProvider client={new QueryClient()}>{children}</QueryClientProvider>;

afterEach(cleanup);

describe("what a button sends", () => {
  it("is sent once until its end, and then again", async () => {
    const ends: (() => void)[] = [];
    const send = vi.fn(() => new Promise<void>((end) => ends.push(end)));
    const { result } = renderHook(() => useSend({ mutationFn: send }), { wrapper });
    act(() => {
      result.current.mutate();
      result.current.mutate();
    });
    await vi.waitFor(() => expect(result.current.isPending).toBe(true));
    act(() => result.current.mutate());
    expect(send).toHaveBeenCalledOnce();
    act(() => ends[0]?.());
    await vi.waitFor(() => expect(result.current.isSuccess).toBe(true));
    act(() => result.current.mutate());
    await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(2));
  });

  it("can be sent again after a failure", async () => {
    const send = vi.fn(() => Promise.reject(new Error("no")));
    const { result } = renderHook(() => useSend({ mutationFn: send }), { wrapper });
    act(() => result.current.mutate());
    await vi.waitFor(() => expect(result.current.isError).toBe(true));
    act(() => result.current.mutate());
    await vi.waitFor(() => expect(send).toHaveBeenCalledTimes(2));
  });
});

describe("the key of a request", () => {
  it("is that of the same request while its dialog is open", () => {
    const { result, rerender } = renderHook(({ opened }) => useRequestKey(opened), { initialProps: { opened: true } });
    const first = result.current({ format: "coco" });
    expect(result.current({ format: "coco" })).toBe(first);
    expect(result.current({ format: "csv" })).not.toBe(first);
    const second = result.current({ format: "coco" });
    rerender({ opened: false });
    expect(result.current({ format: "coco" })).toBe(second);
    rerender({ opened: true });
    expect(result.current({ format: "coco" })).not.toBe(second);
  });
});
