import { describe, expect, it } from "vitest";

import type { SourceCheck } from "../../src/api/types";
import { type Draft, emptyDraft, newLabel } from "../../src/screens/wizard/draft";
import { problemsOf } from "../../src/screens/wizard/problems";

const found = { matching: 9, problem: "" } as SourceCheck;
const all = (part: Partial<Draft>, waiting = 0) => problemsOf(((key: string) => key) as never, { ...emptyDraft(), ...part }, found, waiting);
const of = (part: Partial<Draft>, waiting = 0) => all(part, waiting).data;

describe("the data step", () => {
  it("waits for the upload: the bucket's other files are not what was chosen", () => {
    expect(of({ origin: "upload" })).toEqual({ source: "wizard.data.needUpload" });
    expect(of({ origin: "upload", prefix: "typed/" })).toEqual({ source: "wizard.data.needUpload" });
    expect(of({ origin: "upload", prefix: "pets/", uploaded: "pets/" })).toEqual({});
    expect(of({ origin: "store", prefix: "typed/" })).toEqual({});
  });

  it("waits for files that were chosen after an upload", () => {
    expect(of({ origin: "upload", prefix: "pets/", uploaded: "pets/" }, 2)).toEqual({ source: "wizard.data.needSending" });
    expect(of({ origin: "store", prefix: "typed/" }, 2)).toEqual({});
  });
});

describe("the labels step", () => {
  it("takes no more classes of a mask than fit into a byte", () => {
    const labels = Array.from({ length: 256 }, (_, at) => newLabel(`l${at}`));
    expect(all({ task: "image_mask", labels }).labels).toEqual({ labels: "wizard.labels.tooMany" });
    expect(all({ task: "image_mask", labels: labels.slice(1) }).labels).toEqual({});
    expect(all({ task: "image_box", labels }).labels).toEqual({});
  });
});
