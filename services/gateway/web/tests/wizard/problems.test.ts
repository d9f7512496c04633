import { describe, expect, it } from "vitest";

import type { SourceCheck } from "../../src/api/types";
import { type Draft, emptyDraft } from "../../src/screens/wizard/draft";
import { problemsOf } from "../../src/screens/wizard/problems";

const found = { matching: 9, problem: "" } as SourceCheck;
const of = (part: Partial<Draft>) => problemsOf(((key: string) => key) as never, { ...emptyDraft(), ...part }, found).data;

describe("the data step", () => {
  it("waits for the upload: the bucket's other files are not what was chosen", () => {
    expect(of({ origin: "upload" })).toEqual({ source: "wizard.data.needUpload" });
    expect(of({ origin: "upload", prefix: "typed/" })).toEqual({ source: "wizard.data.needUpload" });
    expect(of({ origin: "upload", prefix: "pets/", uploaded: "pets/" })).toEqual({});
    expect(of({ origin: "store", prefix: "typed/" })).toEqual({});
  });
});
