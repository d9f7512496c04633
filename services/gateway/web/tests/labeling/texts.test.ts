import { afterEach, describe, expect, it, vi } from "vitest";

import { Ahead } from "../../src/labeling/ahead";
import { TEXTS, type TextItem, type TextState } from "../../src/labeling/texts";

const item = (name: string, chars: number): TextItem => ({ id: `p/${name}`, source: { etag: `"${name}"` }, media: { format: "text", chars } });
const answer = (body: BodyInit, status = 200): Response => new Response(body, { status });

/** What the server answers, by the hash of the item. */
function serve(answers: Record<string, () => Response>): ReturnType<typeof vi.fn> {
  const asked = vi.fn((url: string) => Promise.resolve((answers[/items\/(\w+)\/text/.exec(url)?.[1] ?? ""] ?? (() => answer("", 404)))()));
  vi.stubGlobal("fetch", asked);
  return asked;
}

async function settled(texts: Ahead<TextItem, TextState>, one: TextItem): Promise<string> {
  await vi.waitFor(() => expect(texts.look(one).state).not.toBe("loading"));
  const text = texts.look(one);
  return text.state === "ready" ? text.passage.text : text.state === "failed" ? text.reason : "";
}

afterEach(() => vi.unstubAllGlobals());

describe("texts", () => {
  it("are fetched once, with the version in the address", async () => {
    const asked = serve({ a: () => answer("😀 text") });
    const texts = new Ahead(TEXTS);
    const one = item("a", 6);
    texts.ahead([one]);
    texts.ahead([one]);
    expect(await settled(texts, one)).toBe("😀 text");
    expect(asked.mock.calls.map(([url]) => String(url))).toEqual(["/api/v1/projects/p/items/a/text?v=a"]);
  });

  it("keep a second mark of byte order: it is a character of the text", async () => {
    serve({ a: () => answer(new Uint8Array([0xef, 0xbb, 0xbf, 0x61])) });
    const texts = new Ahead(TEXTS);
    texts.ahead([item("a", 2)]);
    expect(await settled(texts, item("a", 2))).toBe("\ufeffa");
  });

  it("of rows are the values of their columns, with a line break between two", async () => {
    const columns = [{ name: "title", value: "😀" }, { name: "text", value: "a" }];
    const asked = vi.fn(() => Promise.resolve(answer(JSON.stringify({ columns }))));
    vi.stubGlobal("fetch", asked);
    const texts = new Ahead(TEXTS);
    const row = { ...item("a", 3), media: { format: "row", chars: 3 } };
    texts.ahead([row]);
    expect(await settled(texts, row)).toBe("😀\na");
    expect(texts.look(row)).toMatchObject({ columns });
    expect(asked.mock.calls.map(String)).toEqual([expect.stringMatching("^/api/v1/projects/p/items/a/row\\?v=a,")]);
  });

  it.each([
    ["gone", () => answer("{}", 404), 1],
    ["unreadable", () => answer("{}", 422), 1],
    ["unreachable", () => answer("{}", 503), 1],
    ["unreadable", () => answer(new Uint8Array([0xff, 0xfe])), 1],
    ["changed", () => answer("another"), 3],
  ] as const)("say that they are %s", async (reason, response, chars) => {
    serve({ a: response });
    const texts = new Ahead(TEXTS);
    texts.ahead([item("a", chars)]);
    expect(await settled(texts, item("a", chars))).toBe(reason);
  });

  it("are asked for again by hand", async () => {
    let there = false;
    serve({ a: () => (there ? answer("now") : answer("{}", 503)) });
    const texts = new Ahead(TEXTS);
    texts.ahead([item("a", 3)]);
    expect(await settled(texts, item("a", 3))).toBe("unreachable");
    there = true;
    texts.again(item("a", 3));
    expect(await settled(texts, item("a", 3))).toBe("now");
  });
});
