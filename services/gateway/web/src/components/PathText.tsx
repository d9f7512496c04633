/** Text with paths in it: a line may break behind each slash rather than in the middle of a word. */
import { Fragment } from "react";

export function PathText({ text }: { text: string }) {
  return text.split(/(?<=\/)/).map((part, place) => (
    <Fragment key={`${place} ${part}`}>{place > 0 && <wbr />}{part}</Fragment>
  ));
}
