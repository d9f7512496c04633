import { describe, expect, it } from "vitest";

import { en } from "../../src/i18n/en";

function texts(value: unknown, path = ""): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => texts(inner, path ? `${path}.${key}` : key));
}

describe("English", () => {
  const all = new Map(texts(en));

  it("has both numbers of every plural, and a count in each", () => {
    for (const path of all.keys()) {
      if (path.endsWith("_one")) expect(all.has(path.replace(/_one$/, "_other")), path).toBe(true);
      if (path.endsWith("_other")) expect(all.has(path.replace(/_other$/, "_one")), path).toBe(true);
    }
  });

  it("leaves no text empty", () => {
    for (const [path, text] of all) expect(text.trim(), path).not.toBe("");
  });
});
