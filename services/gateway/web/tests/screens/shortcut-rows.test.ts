import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";

import type { TaskType } from "../../src/annotator/task";
import { shortcutRows } from "../../src/app/shortcut-rows";
import { en } from "../../src/i18n/en";

beforeAll(() => i18next.init({ lng: "en", resources: { en: { translation: en } } }));

const keys = (type: TaskType | null): Map<string, string> => new Map(shortcutRows(i18next.t, type));
const { shortcuts } = en;

describe("the list of keys", () => {
  it.each(["text_multi_label", "text_entities", "image_box", "image_mask"] as const)("speaks of no selected images where a page holds one item: %s", (type) => {
    expect(keys(type).get(shortcuts.skipItem)).toBe("S");
    expect(keys(type).has(shortcuts.skip)).toBe(false);
  });

  it("says what a number key does: a class is chosen, a label given or taken", () => {
    for (const type of ["image_multi_class", "text_multi_class"] as const) expect([keys(type).has(shortcuts.choose), keys(type).has(shortcuts.label)]).toEqual([true, false]);
    for (const type of ["image_multi_label", "text_multi_label"] as const) expect([keys(type).has(shortcuts.choose), keys(type).has(shortcuts.label)]).toEqual([false, true]);
  });

  it("has both ways through what was done, and both keys of redo", () => {
    expect([keys("image_box").get(shortcuts.back), keys("image_box").get(shortcuts.newer)]).toEqual(["B", "Shift + B"]);
    expect([keys("image_mask").get(shortcuts.back), keys("image_mask").get(shortcuts.newer)]).toEqual(["H", "Shift + H"]);
    expect(keys(null).get(shortcuts.redo)).toContain("Ctrl + Y");
  });

  it("says of masks what is true of paint", () => {
    const rows = keys("image_mask");
    expect([rows.get(shortcuts.hidePaint), rows.get(shortcuts.removePaint), rows.get(shortcuts.removePolygon)]).toEqual(["V", "Shift + Del", "Del"]);
    for (const what of [shortcuts.hide, shortcuts.removeAll, shortcuts.remove, shortcuts.region]) expect(rows.has(what)).toBe(false);
  });

  it.each(["image_multi_class", "text_entities", "image_box", "image_mask", null] as const)("says nothing twice: %s", (type) => {
    const rows = shortcutRows(i18next.t, type);
    expect(new Set(rows.map(([what]) => what)).size).toBe(rows.length);
  });
});
