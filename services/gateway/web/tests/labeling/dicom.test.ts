import { afterEach, describe, expect, it, vi } from "vitest";

import { dicoms } from "../../src/labeling/dicom";
import { serve } from "../server";

const item = (name: string) => ({ id: `p/${name}`, source: { etag: `"${name}"` } });

async function settled(name: string): Promise<string> {
  dicoms.ahead([item(name)]);
  await vi.waitFor(() => expect(dicoms.look(item(name)).state).not.toBe("loading"));
  return dicoms.look(item(name)).state;
}

afterEach(() => vi.unstubAllGlobals());

describe("DICOM pictures", () => {
  it("that can't be decoded are told from those that could not be fetched", async () => {
    serve(({ path }) => ({ status: path.includes("/items/a/") ? 422 : 503, body: {} }));
    expect(await settled("a")).toBe("broken");
    expect(await settled("b")).toBe("failed");
  });
});
