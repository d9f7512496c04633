/**
 * The annotator's run lengths, for a test that compares them with another implementation's. Takes a picture a line,
 * {width, height, pixels: base64}, and answers {layers: {byte: counts}, pixels: base64 of what they decode to}.
 */
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import { createServer } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const vite = await createServer({ root, configFile: false, logLevel: "error", appType: "custom", server: { middlewareMode: true, watch: null, ws: false } });
const { encode, paintRuns } = await vite.ssrLoadModule("/src/annotator/masks/rle.ts");

for await (const line of createInterface({ input: process.stdin })) {
  const { width, height, pixels, layers } = JSON.parse(line);
  const made = pixels === undefined ? layers : Object.fromEntries(encode({ width, height, data: Buffer.from(pixels, "base64") }));
  const data = new Uint8Array(width * height);
  for (const [byte, counts] of Object.entries(made)) paintRuns({ width, height, data }, counts, Number(byte));
  process.stdout.write(`${JSON.stringify({ layers: made, pixels: Buffer.from(data).toString("base64") })}\n`);
}
await vite.close();
