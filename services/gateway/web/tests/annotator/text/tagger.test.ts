import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { record, startLog, undo } from "../../../src/annotator/log";
import { choiceOf, openPage } from "../../../src/annotator/page";
import { Passage } from "../../../src/annotator/text/passage";
import { spansOf, touching } from "../../../src/annotator/text/spans";
import { choose, IDLE, mark, type Move, release, removeSelected, type Scene, selectAll, type Tagger, toggle } from "../../../src/annotator/text/tagger";
import { anyText } from "./texts";

/** A text at work: moves are made, commands go through the log. */
class Desk {
  private readonly passage: Passage;
  private log = startLog(openPage({ type: "text_entities", set: "main", multi: false, allowEmpty: false }, ["a"]));
  tagger: Tagger = IDLE;

  constructor(readonly text: string) {
    this.passage = new Passage(text);
  }

  get scene(): Scene {
    return { item: "a", passage: this.passage, spans: spansOf(choiceOf(this.log.page, "a").regions, this.passage.points) };
  }

  /** Label and text of every span, as Python would cut it. */
  get tagged(): string[] {
    const list = Array.from(this.text);
    return choiceOf(this.log.page, "a").regions.map((region) => `${region.label}:${list.slice(region.points[0], region.points[1]).join("")}`).sort();
  }

  do({ tagger, commands }: Move): this {
    this.tagger = tagger;
    for (const command of commands) this.log = record(this.log, command);
    return this;
  }

  choose(label: string): this {
    return this.do(choose(this.tagger, this.scene, label, null));
  }

  mark(part: string, exact = false): this {
    const start = this.text.indexOf(part);
    return this.do(mark(this.tagger, this.scene, { start, end: start + part.length }, exact));
  }

  click(part: string): this {
    const start = this.text.indexOf(part);
    const [span] = touching(this.scene.spans, { start, end: start + 1 });
    return span ? this.do(toggle(this.tagger, span.id)) : this;
  }

  undo(): this {
    this.log = undo(this.log);
    return this;
  }
}

const desk = (text = "😀 Angela Merkel met Emmanuel Macron in Paris"): Desk => new Desk(text);

describe("tagging", () => {
  it("puts the chosen label on what is marked next, by code points", () => {
    expect(desk().choose("person").mark("Merkel").mark("Emmanuel Macron ").tagged).toEqual(["person:Emmanuel Macron", "person:Merkel"]);
  });

  it("takes the label after the text as well", () => {
    const one = desk().mark("Paris");
    expect(one.tagger.hint).toBe("chooseLabel");
    expect(one.choose("place").tagged).toEqual(["place:Paris"]);
    expect(one.tagger).toMatchObject({ label: "place", waiting: null, hint: null });
  });

  it("keeps to whole words unless Alt is held", () => {
    expect(desk().choose("person").mark("ngela Merk").tagged).toEqual(["person:Angela Merkel"]);
    expect(desk().choose("person").mark("ngela Merk", true).tagged).toEqual(["person:ngela Merk"]);
  });

  it("refuses an overlap once with a hint, then replaces", () => {
    const one = desk().choose("person").mark("Merkel").choose("office").do(release(IDLE)).choose("office").mark("Angela Merkel");
    expect(one.tagged).toEqual(["person:Merkel"]);
    expect(one.tagger.hint).toBe("overlap");
    expect(one.mark("Angela Merkel").tagged).toEqual(["office:Angela Merkel"]);
    expect(one.undo().tagged).toEqual(["person:Merkel"]);
  });

  it("does nothing where the same is tagged already", () => {
    expect(desk().choose("person").mark("Merkel").mark("Merkel").tagged).toEqual(["person:Merkel"]);
  });
});

describe("the selection", () => {
  const three = () => desk().choose("person").mark("Angela Merkel").mark("Emmanuel Macron").mark("Paris");

  it("changes all of a label but those that were taken out (F176)", () => {
    const one = three();
    one.do(selectAll(one.tagger, one.scene, "person")).click("Merkel").click("Emmanuel").choose("place");
    expect(one.tagged).toEqual(["person:Angela Merkel", "person:Emmanuel Macron", "place:Paris"]);
  });

  it("is all of a label when the label is chosen again", () => {
    expect(three().choose("person").tagger.selected.size).toBe(3);
  });

  it("is deleted together", () => {
    const one = three().click("Paris").click("Merkel");
    expect(one.do(removeSelected(one.tagger, one.scene)).tagged).toEqual(["person:Emmanuel Macron"]);
  });

  it("is let go before the label is", () => {
    const one = three().click("Paris");
    one.do(release(one.tagger));
    expect(one.tagger).toMatchObject({ label: "person", selected: new Set() });
    expect(one.do(release(one.tagger)).tagger.label).toBeNull();
  });
});

describe("whatever the hands do", () => {
  it("spans never overlap, never are empty, never leave the text", () => {
    const marks = fc.array(fc.tuple(fc.nat(400), fc.nat(40), fc.boolean(), fc.constantFrom("x", "y")), { maxLength: 25 });
    fc.assert(fc.property(anyText, marks, (text, moves) => {
      const one = new Desk(text);
      for (const [start, length, exact, label] of moves) {
        one.choose(label).do(mark(one.tagger, one.scene, { start: Math.min(start, text.length), end: Math.min(start + length, text.length) }, exact));
      }
      const { spans } = one.scene;
      spans.forEach((span, place) => {
        expect(span.start).toBeLessThan(span.end);
        expect(span.end).toBeLessThanOrEqual(spans[place + 1]?.start ?? text.length);
      });
    }));
  });
});
