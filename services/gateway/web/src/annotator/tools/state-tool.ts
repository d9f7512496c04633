/** A tool made of states. Escape leads back to the first one from everywhere; nothing of what was under way stays. */
import type { Viewport } from "../viewport";
import type { State } from "./state";
import type { Begun, Input, Tool, ToolHost, ToolIntent, ToolName } from "./tool";

export class StateTool implements Tool {
  private state: State;

  constructor(
    readonly name: ToolName,
    readonly enter: "press" | "click",
    private readonly host: ToolHost,
    private readonly first: () => State,
  ) {
    this.state = first();
  }

  get cursor(): string {
    return this.state.cursor;
  }

  get busy(): Begun | null {
    return this.state.busy ?? null;
  }

  pointerDown(input: Input): void {
    this.go(this.state.pointerDown?.(input) ?? this.state);
  }

  pointerMove(input: Input): void {
    this.go(this.state.pointerMove?.(input) ?? this.state);
  }

  pointerUp(input: Input): void {
    this.go(this.state.pointerUp?.(input) ?? this.state);
  }

  doubleClick(input: Input): void {
    this.go(this.state.doubleClick?.(input) ?? this.state);
  }

  key(intent: ToolIntent): boolean {
    const next = this.state.key?.(intent) ?? null;
    if (next) this.go(next);
    return next !== null;
  }

  draw(context: CanvasRenderingContext2D, view: Viewport): void {
    this.state.draw?.(context, view);
  }

  cancel(): void {
    this.go(this.first());
  }

  private go(next: State): void {
    if (next !== this.state) this.state.leave?.();
    this.state = next;
    this.host.redraw();
  }
}
