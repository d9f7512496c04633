/** Packs what the build wrote: the gateway sends `.br` or `.gz` to browsers that take them, and need not pack at each request. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";

const SMALL_BYTES = 1_000;
const root = fileURLToPath(new URL("../../static/", import.meta.url));

for (const name of readdirSync(root, { recursive: true })) {
  if (!/\.(html|js|css|svg)$/.test(name)) continue;
  const whole = readFileSync(root + name);
  if (whole.length < SMALL_BYTES) continue;
  writeFileSync(`${root}${name}.gz`, gzipSync(whole, { level: 9 }));
  writeFileSync(`${root}${name}.br`, brotliCompressSync(whole));
}
