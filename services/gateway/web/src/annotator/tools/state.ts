/** One state of a tool: what the hand is doing. Every input answers the state that follows; what is left out changes nothing. */
import type { Viewport } from "../viewport";
import type { Input, ToolIntent } from "./tool";

export interface State {
  /** A CSS cursor. */
  readonly cursor: string;
  /** Something is begun that would be lost. */
  readonly busy?: true;
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
