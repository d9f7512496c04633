/** Build and unit tests of the web UI. The result goes to `../static`, which the gateway serves. */
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  build: {
    outDir: "../static",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    // What nearly every screen takes is one file instead of twenty: a first visit asks for fewer, a later one has it.
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: "shared", minShareCount: 12, test: /node_modules/ }] } } },
  },
  server: {
    proxy: { "/api": process.env["LABELBUS_GATEWAY_URL"] ?? "http://127.0.0.1:8080" },
  },
  test: {
    environment: "jsdom",
    include: ["tests/**/*.test.{ts,tsx}"],
    setupFiles: ["tests/setup.ts"],
    // One browser a worker instead of one a file: half the time. What a test leaves in it, it clears itself.
    isolate: false,
  },
});
