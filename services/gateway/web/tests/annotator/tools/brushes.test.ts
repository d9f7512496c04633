import { describe, expect, it } from "vitest";

import { type Easel, MaskBoard } from "../../../src/annotator/masks/board";
import { BrushSize } from "../../../src/annotator/masks/brush-size";
import type { Command } from "../../../src/annotator/command";
import { RegionIndex } from "../../../src/annotator/regions/region-index";
import { brushTools } from "../../../src/annotator/tools/brushes";
import type { Hint, Input, Tool, ToolHost } from "../../../src/annotator/tools/tool";

const SIZE = { width: 100, height: 80 };
const at = (x: number, y: number): Input => ({ x, y, scale: 1, shift: false, alt: false, pressure: 0.5, type: "mouse" });

interface Desk {
  readonly brush: Tool;
  readonly eraser: Tool;
  readonly easel: Easel;
  readonly commands: Command[];
  readonly hints: Hint[];
  readonly repaints: number[];
}

function desk(label: string | null): Desk {
  const commands: Command[] = [];
  const hints: Hint[] = [];
  const repaints: number[] = [];
  const colorOf = (): string => "#112233";
  const board = new MaskBoard(SIZE, null, { colorOf, opacity: 1, repaint: (box) => repaints.push(box ? (box.x1 - box.x0) * (box.y1 - box.y0) : Infinity) });
  const easel: Easel = { board, size: new BrushSize() };
  const nothing = (): void => undefined;
  const host: ToolHost = {
    size: SIZE, item: "p/1", regions: new RegionIndex(), label, selection: null, colorOf, locked: () => false, shown: () => true,
    command: (command) => commands.push(command), select: nothing, lift: nothing, hint: (hint) => hints.push(hint), redraw: nothing,
  };
  const tools = brushTools(easel);
  return { brush: tools.brush(host), eraser: tools.eraser(host), easel, commands, hints, repaints };
}

describe("brush", () => {
  it("makes one command of a stroke, and repaints only where it went", () => {
    const { brush, commands, repaints } = desk("cat");
    brush.pointerDown(at(20, 20));
    brush.pointerMove(at(40, 20));
    expect(commands).toEqual([]);
    brush.pointerUp(at(40, 30));
    expect(commands).toEqual([{ type: "paint", items: ["p/1"], stroke: { kind: "paint", label: "cat", size: 24, points: Float32Array.of(20, 20, 40, 20, 40, 30) } }]);
    expect(Math.max(...repaints.slice(1))).toBeLessThan(SIZE.width * SIZE.height);
  });

  it("wants a label first; the eraser needs none", () => {
    const { brush, eraser, commands, hints } = desk(null);
    for (const tool of [brush, eraser]) {
      tool.pointerDown(at(20, 20));
      tool.pointerUp(at(20, 20));
    }
    expect(hints).toEqual(["chooseLabel"]);
    expect(commands.map((command) => command.type === "paint" && command.stroke.kind)).toEqual(["erase"]);
  });

  it("leaves nothing of a stroke that is canceled", () => {
    const { brush, commands } = desk("cat");
    brush.pointerDown(at(20, 20));
    brush.cancel();
    brush.pointerUp(at(30, 30));
    expect(commands).toEqual([]);
  });

  it("waits for the mask that the picture came with", () => {
    const { brush, easel, commands } = desk("cat");
    easel.board = null;
    brush.pointerDown(at(20, 20));
    brush.pointerUp(at(20, 20));
    expect(commands).toEqual([]);
  });

  it("grows and shrinks by its keys, and stays between its limits", () => {
    const { brush, easel } = desk("cat");
    expect(brush.key({ type: "larger" })).toBe(true);
    expect(easel.size.value).toBe(30);
    for (let press = 0; press < 40; press += 1) brush.key({ type: "smaller" });
    expect(easel.size.value).toBe(1);
    for (let press = 0; press < 60; press += 1) brush.key({ type: "larger" });
    expect(easel.size.value).toBe(500);
  });
});
