/** A tool at work on a real page: host, log and regions as in the browser, without canvases. */
import type { Command } from "../../../src/annotator/command";
import { record, startLog, type Log } from "../../../src/annotator/log";
import { choiceOf, openPage } from "../../../src/annotator/page";
import type { Region } from "../../../src/annotator/regions/region";
import { RegionIndex } from "../../../src/annotator/regions/region-index";
import type { Hint, Input, Tool, ToolHost, ToolIntent } from "../../../src/annotator/tools/tool";

const ITEM = "p/1";

export class Easel implements ToolHost {
  readonly item = ITEM;
  readonly regions = new RegionIndex();
  label: string | null = "cat";
  selection: string | null = null;
  locks = new Set<string>();
  hints: Hint[] = [];
  lifted: string | null = null;
  readonly log: { now: Log };

  constructor(
    readonly size = { width: 200, height: 100 },
    readonly scale = 1,
  ) {
    this.log = { now: startLog(openPage({ type: "image_box", set: "main", multi: false, allowEmpty: false }, [ITEM])) };
  }

  readonly colorOf = (): string => "#000000";
  readonly locked = (id: string): boolean => this.locks.has(id);
  readonly shown = (): boolean => true;

  get all(): readonly Region[] {
    return choiceOf(this.log.now.page, ITEM).regions;
  }

  get points(): readonly (readonly number[])[] {
    return this.all.map((region) => region.points);
  }

  command(command: Command): void {
    this.log.now = record(this.log.now, command);
    this.regions.update(this.all);
  }

  select(id: string | null): void {
    this.selection = id;
  }

  lift(id: string | null): void {
    this.lifted = id;
  }

  hint(hint: Hint): void {
    this.hints.push(hint);
  }

  redraw(): void {
    // Nothing is drawn here.
  }

  // The hand

  at(x: number, y: number, type: Input["type"] = "mouse"): Input {
    return { x, y, scale: this.scale, shift: false, alt: false, pressure: 0.5, type };
  }

  click(tool: Tool, x: number, y: number): void {
    tool.pointerMove(this.at(x, y));
    tool.pointerDown(this.at(x, y));
    tool.pointerUp(this.at(x, y));
  }

  drag(tool: Tool, from: readonly [number, number], to: readonly [number, number], type: Input["type"] = "mouse"): void {
    tool.pointerDown(this.at(...from, type));
    tool.pointerMove(this.at((from[0] + to[0]) / 2, (from[1] + to[1]) / 2, type));
    tool.pointerMove(this.at(...to, type));
    tool.pointerUp(this.at(...to, type));
  }

  press(tool: Tool, type: Exclude<ToolIntent["type"], "arrow">): boolean {
    return tool.key({ type });
  }

  arrow(tool: Tool, dx: number, dy: number): boolean {
    return tool.key({ type: "arrow", dx, dy });
  }
}
