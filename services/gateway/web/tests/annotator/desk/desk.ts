/** An annotator on a page of work, as far as it goes without canvases. */
import { vi } from "vitest";

import { Annotator } from "../../../src/annotator/desk/annotator";
import { record, startLog, undo } from "../../../src/annotator/log";
import { choiceOf, openPage, type Task } from "../../../src/annotator/page";
import type { Region } from "../../../src/annotator/regions/region";
import { toolsOf } from "../../../src/annotator/tools/offer";

const ITEM = "p/1";

/** What a browser has and jsdom lacks. */
export function browser(): void {
  vi.stubGlobal("matchMedia", () => new EventTarget());
  vi.stubGlobal("ResizeObserver", class { observe = vi.fn(); disconnect = vi.fn(); });
  vi.spyOn(HTMLCanvasElement.prototype, "getContext").mockImplementation(() => ({}) as never);
}

/** An annotator on a page with undo. The picture fills no window: one pixel of it is one of the screen. */
export class Desk {
  readonly root = document.createElement("div");
  readonly annotator: Annotator;
  log;

  constructor(task: Pick<Task, "type">, regions: readonly Region[] = []) {
    const page = { set: "main", multi: false, allowEmpty: false, ...task };
    this.log = startLog(openPage(page, [ITEM], { [ITEM]: { labels: [], skip: false, mask: null, regions } }));
    this.root.setPointerCapture = () => undefined;
    this.annotator = new Annotator(this.root, {
      task: page,
      habits: { tool: toolsOf(page.type)[0] ?? "move", lock: false, label: "cat" },
      colorOf: () => "#000000",
      onCommand: (command) => {
        this.log = record(this.log, command);
        this.annotator.update(this.regions);
      },
    });
    this.annotator.open(ITEM, { width: 200, height: 100 });
    this.annotator.stage.view = { scale: 1, x: 0, y: 0 };
    this.annotator.update(this.regions);
  }

  get regions(): readonly Region[] {
    return choiceOf(this.log.page, ITEM).regions;
  }

  get hint(): string | undefined {
    return this.annotator.state.hint?.code;
  }

  undo(): void {
    if (this.annotator.takeBack()) return;
    this.log = undo(this.log);
    this.annotator.update(this.regions);
  }

  fire(name: string, clientX: number, clientY: number): void {
    const event = new MouseEvent(name, { clientX, clientY });
    this.root.dispatchEvent(Object.assign(event, { pointerId: 1, pointerType: "mouse", pressure: 0.5, getCoalescedEvents: () => [] }));
  }

  click(x: number, y: number): void {
    for (const name of ["pointermove", "pointerdown", "pointerup"]) this.fire(name, x, y);
  }
}
