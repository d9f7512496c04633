/** A text ready to be shown and tagged. Immutable; making one reads the text three times, half a second for 50 MB. */
import { CodePoints } from "./code-points";
import { Rows } from "./rows";

export class Passage {
  readonly points: CodePoints;
  readonly rows: Rows;

  constructor(readonly text: string) {
    this.points = new CodePoints(text);
    this.rows = new Rows(text);
  }
}
