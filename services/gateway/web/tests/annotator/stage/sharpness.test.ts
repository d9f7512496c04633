import { afterEach, describe, expect, it, vi } from "vitest";

import { onRatio } from "../../../src/annotator/stage/sharpness";

afterEach(() => vi.unstubAllGlobals());

describe("the ratio of device pixels", () => {
  it("is told at every change, until nobody listens", () => {
    const queries: { asked: string; target: EventTarget }[] = [];
    vi.stubGlobal("matchMedia", (asked: string) => {
      const target = new EventTarget();
      queries.push({ asked, target });
      return target;
    });
    const turnTo = (ratio: number): void => {
      const before = queries.at(-1);
      vi.stubGlobal("devicePixelRatio", ratio);
      before?.target.dispatchEvent(new Event("change"));
    };
    vi.stubGlobal("devicePixelRatio", 1);
    const changed = vi.fn();
    const stop = onRatio(changed);
    turnTo(2);
    turnTo(1.5);
    expect(changed).toHaveBeenCalledTimes(2);
    expect(queries.map((query) => query.asked)).toEqual(["(resolution: 1dppx)", "(resolution: 2dppx)", "(resolution: 1.5dppx)"]);
    stop();
    turnTo(1);
    expect(changed).toHaveBeenCalledTimes(2);
  });
});
