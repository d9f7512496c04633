/**
 * One picture under work: stage, regions, tools, and what the hand has chosen. Framework-free. It never changes a region itself: it
 * gives commands and is told the regions that follow from them.
 */
import type { Command } from "../command";
import { boundsOf } from "../geometry/bounds";
import type { Region } from "../regions/region";
import { RegionIndex } from "../regions/region-index";
import { Pointers } from "../stage/pointers";
import { RegionPainter } from "../stage/region-painter";
import { Stage } from "../stage/stage";
import type { Task } from "../task";
import { regionTools, type ToolMaker } from "../tools/kit";
import { TemplateSizes } from "../tools/template";
import type { Hint, Tool, ToolHost, ToolIntent, ToolName } from "../tools/tool";
import type { Size, Viewport } from "../viewport";
import { placeBadge } from "./badge";
import { drawEdit } from "./edit-layer";
import { pressKey } from "./key-press";
import { KeyboardHand } from "./keyboard-hand";
import { Lock } from "./lock";
import { PointerHand } from "./pointer-hand";
import { type AnnotatorState, firstState, type Habits, withHidden } from "./state";

export interface AnnotatorOptions {
  readonly task: Task;
  readonly habits: Habits;
  readonly colorOf: (label: string) => string;
  readonly onCommand: (command: Command) => void;
  /** Tools beside those for regions. */
  readonly tools?: Partial<Record<ToolName, ToolMaker>>;
}

export class Annotator implements ToolHost {
  state: AnnotatorState;
  item = "";
  size: Size = { width: 1, height: 1 };
  readonly regions = new RegionIndex();
  readonly stage: Stage;
  readonly colorOf: (label: string) => string;
  private badge: HTMLElement | null = null;
  tool: Tool;
  private lifted: string | null = null;
  readonly hand = new PointerHand(this);
  private sizes = new TemplateSizes();
  private makers: Partial<Record<ToolName, ToolMaker>>;
  readonly keyboard = new KeyboardHand();
  private readonly lock = new Lock();
  private readonly pointers: Pointers;
  private readonly painter: RegionPainter;
  private readonly listeners = new Set<() => void>();

  constructor(
    private readonly root: HTMLElement,
    private readonly options: AnnotatorOptions,
  ) {
    this.state = firstState(options.habits);
    this.lock.set(options.habits.lock);
    this.colorOf = options.colorOf;
    this.makers = { ...regionTools(this.sizes), ...options.tools };
    this.tool = this.make(this.state.tool);
    this.painter = new RegionPainter(this.regions, this.colorOf);
    this.painter.leftOut = (region) => region.id === this.lifted || this.state.hidden.has(region.id);
    this.stage = new Stage(root, { regions: this.painter.paint, edit: this.drawEdit, onView: this.onView });
    this.pointers = new Pointers(root, this.hand);
  }

  destroy(): void {
    this.pointers.destroy();
    this.stage.destroy();
  }

  readonly onChange = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  // What is worked on

  /** Another item: its regions follow by `update`, its picture by `stage.setImage`. */
  open(item: string, size: Size): void {
    this.tool.cancel();
    this.item = item;
    this.size = size;
    this.regions.update([]);
    this.sizes = new TemplateSizes();
    this.makers = { ...regionTools(this.sizes), ...this.options.tools };
    this.lifted = null;
    this.keyboard.clear();
    this.tell({ selection: null, hovered: null, hidden: new Set(), paintHidden: false, hint: null });
    this.stage.open(size);
    this.tool = this.make(this.state.tool);
  }

  /** The regions as they are now: after a command, an undo, a draft that came back. */
  update(regions: readonly Region[]): void {
    const { gone, come } = this.regions.update(regions);
    for (const { points } of [...gone, ...come]) this.stage.redrawRegions(boundsOf(points));
    const { selection, hovered } = this.state;
    if (selection !== null && !this.regions.get(selection)) this.tell({ selection: null });
    if (hovered !== null && !this.regions.get(hovered)) this.tell({ hovered: null });
    if (gone.length + come.length > 0) this.redraw();
  }

  /** The element that stands beside the selected or hovered region: its name and its X. */
  setBadge(element: HTMLElement | null): void {
    this.badge = element;
    this.stage.redraw();
  }

  setTool(name: ToolName): void {
    this.tool.cancel();
    this.keyboard.clear();
    this.tool = this.make(name);
    this.tell({ tool: name, hovered: null, hint: null });
    this.redraw();
  }

  /** The active label; with a polygon selected in the move tool, that polygon's (F150). A box keeps its own (F139). */
  chooseLabel(label: string): void {
    const region = this.regions.get(this.state.selection);
    if (this.state.tool !== "move" || region?.shape !== "polygon") {
      this.tell({ label, hint: null });
      if (region?.shape === "box" && region.label !== label) this.hint("boxKeeps");
      this.redraw();
    } else if (this.locked(region.id)) this.hint("locked");
    else if (region.label !== label) this.command({ type: "retag", items: [this.item], regions: [region.id], label });
  }

  toggleLock(): void {
    this.lock.set(!this.lock.on);
    this.tell({ lock: this.lock.on, hint: null });
    this.redraw();
  }

  select(selection: string | null): void {
    if (selection !== this.state.selection) this.tell({ selection, hint: null });
    this.redraw();
  }

  /** The next or previous region becomes the selected one, and is brought into sight. */
  step(by: 1 | -1): void {
    const next = this.regions.beside(this.state.selection, by, this.shown);
    if (next) this.pick(next.id);
  }

  /** Selects, and brings into sight. */
  pick(id: string): void {
    const region = this.regions.get(id);
    if (!region) return;
    const { x0, y0, x1, y1 } = boundsOf(region.points);
    this.select(id);
    this.stage.reveal({ x: (x0 + x1) / 2, y: (y0 + y1) / 2 });
  }

  hover(hovered: string | null): void {
    if (hovered !== this.state.hovered) this.tell({ hovered });
    this.redraw();
  }

  hide(ids: readonly string[], hidden: boolean): void {
    this.tell(withHidden(this.state, ids, hidden));
    this.stage.redrawRegions();
  }

  /** All regions and the paint are hidden, or, if all are, shown. */
  toggleAll(): void {
    const ids = this.regions.all.map((region) => region.id);
    const paints = this.options.task.type === "image_mask";
    const hide = !ids.every((id) => this.state.hidden.has(id)) || (paints && !this.state.paintHidden);
    this.hide(ids, hide);
    this.tell({ paintHidden: hide && paints });
  }

  /** Deletes regions, but none that is locked. */
  remove(ids: readonly string[]): void {
    const free = ids.filter((id) => this.regions.get(id) && !this.locked(id));
    this.tool.cancel();
    if (free.length > 0) this.command({ type: "removeRegions", items: [this.item], regions: free });
    if (free.length < ids.length) this.hint("locked");
  }

  /** What "delete all" would delete. */
  removable(): readonly string[] {
    return this.regions.all.filter((region) => !this.locked(region.id)).map((region) => region.id);
  }

  /** Whether the page may be left; if something is begun, says so. */
  isFinished(): boolean {
    const { busy } = this.tool;
    if (busy) this.hint(busy === "shape" ? "unfinished" : "holding");
    return busy === null;
  }

  /** Undo of what is begun: the last corner of a polygon, or a whole drag. False if nothing is. */
  takeBack(): boolean {
    const begun = this.tool.busy !== null;
    if (begun && !this.tool.key({ type: "backspace" })) {
      this.keyboard.clear();
      this.hand.cancel();
    }
    return begun;
  }

  /** True if the key meant something here. */
  key(intent: ToolIntent): boolean {
    return pressKey(this, intent);
  }

  /** While the space bar is held, dragging moves the picture. */
  holdPan(on: boolean): void {
    this.pointers.panning = on;
    this.cursor();
  }

  escape(): boolean {
    const used = this.keyboard.clear() || this.hand.pressed || this.state.selection !== null || this.state.hint !== null;
    this.hand.forget();
    this.tool.cancel();
    this.tell({ selection: null, hint: null });
    this.redraw();
    return used;
  }

  // ToolHost

  get label(): string | null {
    return this.state.label;
  }

  get selection(): string | null {
    return this.state.selection;
  }

  readonly locked = (region: string): boolean => this.lock.holds(region);

  readonly shown = (region: Region): boolean => !this.state.hidden.has(region.id);

  command(command: Command): void {
    if (command.type === "addRegion") this.lock.add(command.region.id);
    if (this.state.hint) this.tell({ hint: null });
    // What is painted now must be seen.
    if (command.type === "paint") this.tell({ paintHidden: false });
    this.options.onCommand(command);
  }

  lift(region: string | null): void {
    const id = region ?? this.lifted;
    this.lifted = region;
    const touched = this.regions.get(id);
    if (touched) this.stage.redrawRegions(boundsOf(touched.points));
  }

  hint(code: Hint): void {
    this.tell({ hint: { code, count: (this.state.hint?.count ?? 0) + 1 } });
  }

  redraw(): void {
    this.stage.redraw();
    this.cursor();
  }

  private make(name: ToolName): Tool {
    const maker = this.makers[name] ?? this.makers.move;
    if (!maker) throw new Error(`no tool ${name}`);
    return maker(this);
  }

  private cursor(): void {
    this.root.style.cursor = this.pointers.panning ? "grab" : this.tool.cursor;
  }

  private readonly onView = ({ view, ratio, isFitted }: Stage): void => {
    const zoom = view.scale * ratio;
    if (this.state.fitted !== isFitted || this.state.zoom !== zoom) this.tell({ fitted: isFitted, zoom });
  };

  private readonly drawEdit = (context: CanvasRenderingContext2D, view: Viewport, window: Size): void => {
    const { hovered, selection } = this.state;
    const selected = selection === this.lifted ? null : this.regions.get(selection);
    const pointer = this.keyboard.at ?? (this.tool.cursor === "crosshair" ? this.hand.over(view) : null);
    drawEdit(context, view, window, {
      hovered: this.regions.get(hovered === this.lifted ? null : hovered),
      selected,
      editable: selected !== null && !this.locked(selected.id),
      tool: this.tool,
      colorOf: this.colorOf,
      crosshair: pointer && { at: pointer, keyboard: this.keyboard.at !== null },
    });
    if (this.badge) placeBadge(this.badge, this.lifted === null ? this.regions.get(hovered ?? selection) : null, view, window);
  };

  private tell(change: Partial<AnnotatorState>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) listener();
  }
}
