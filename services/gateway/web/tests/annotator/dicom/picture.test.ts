import { describe, expect, it } from "vitest";

import { type DicomHeader, PixelsError, pixelsOf, presetsOf, rangeOf, windowToDrag } from "../../../src/annotator/dicom/picture";

const header: DicomHeader = {
  width: 2, height: 2, frames: 1, color: false, bits: 12, signed: false, inverted: false, slope: 2, intercept: -1_000, min: 10, max: 510,
  windows: [{ name: "LUNG", center: -600, width: 1_500, function: "LINEAR" }],
  luts: [{ name: "", first: 0, bits: 8, data: btoa("\u0001\u0000\u00ff\u0000") }],
};

describe("DICOM picture", () => {
  it("offers the windows and tables of its header, then all of its values", () => {
    expect(presetsOf(header)).toEqual([
      { name: "LUNG", source: "window", mapping: { kind: "linear", center: -600, width: 1_500 } },
      { name: "", source: "table", mapping: { kind: "table", first: 0, bits: 8, entries: Uint16Array.of(1, 255) } },
      { name: "", source: "range", mapping: { kind: "exact", center: -480, width: 1_000 } },
    ]);
  });

  it("knows the functions of the standard", () => {
    const kinds = ["LINEAR", "LINEAR_EXACT", "SIGMOID"].map((name) => presetsOf({ ...header, windows: [{ name: "", center: 0, width: 2, function: name }] })[0]?.mapping.kind);
    expect(kinds).toEqual(["linear", "exact", "sigmoid"]);
  });

  it("knows its range also where the rescale turns it around", () => {
    expect(rangeOf({ ...header, slope: -1, intercept: 0 })).toEqual({ least: -510, most: -10 });
  });

  it("is dragged from all values when a table shows it", () => {
    const [window, table] = presetsOf(header).map((preset) => preset.mapping);
    expect(window && windowToDrag(window, header)).toEqual(window);
    expect(table && windowToDrag(table, header)).toEqual({ kind: "exact", center: -480, width: 1_000 });
  });

  it("takes pixels of the right number only", () => {
    expect(pixelsOf(header, Uint8Array.of(1, 0, 0, 1, 255, 255, 0, 128).buffer)).toEqual(Uint16Array.of(1, 256, 65_535, 32_768));
    expect(pixelsOf({ ...header, signed: true }, Uint8Array.of(1, 0, 0, 1, 255, 255, 0, 128).buffer)).toEqual(Int16Array.of(1, 256, -1, -32_768));
    expect(() => pixelsOf(header, new ArrayBuffer(6))).toThrow(PixelsError);
  });
});
