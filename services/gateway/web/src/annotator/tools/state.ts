/** One state of a tool: what the hand is doing. Every input answers the state that follows; what is left out changes nothing. */
import type { Viewport } from "../viewport";
import type { Begun, Input, ToolIntent } from "./tool";

export interface State {
  /** A CSS cursor. */
  readonly cursor: string;
  /** What is begun and would be lost. */
  readonly busy?: Begun;
  pointerDown?(input: Input): State;
  pointerMove?(input: Input): State;
  pointerUp?(input: Input): State;
  doubleClick?(input: Input): State;
  /** Null: the key means nothing here. */
  key?(intent: ToolIntent): State | null;
  draw?(context: CanvasRenderingContext2D, view: Viewport): void;
  /** The state was left for another: what it held of the stage is given back. */
  leave?(): void;
}
