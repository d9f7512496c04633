/** Fails the build when what every visitor loads (scripts and styles named by index.html) is over its budget. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const BUDGET_BYTES = 250_000;
const root = new URL("../../static/", import.meta.url);
const page = readFileSync(new URL("index.html", root), "utf8");
const outside = page.match(/(?:src|href)="(?:https?:)?\/\/[^"]+"/g);
if (outside) throw new Error(`index.html asks another server: ${outside.join(" ")}`);

const names = [...page.matchAll(/(?:src|href)="\/([^"]+\.(?:js|css))"/g)].map((match) => match[1]);
const bytes = names.reduce((sum, name) => sum + gzipSync(readFileSync(new URL(name, root))).length, 0);
console.log(`shell: ${(bytes / 1000).toFixed(1)} kB gzip of ${BUDGET_BYTES / 1000} kB in ${names.length} files`);
if (bytes > BUDGET_BYTES) process.exit(1);
