/**
 * Builds the console into dist/: two documents, the console and the agent's tab of a shared page, and
 * hashed assets, fit for a strict CSP with Trusted Types.
 */
import { defineConfig } from "vite";

export default defineConfig({
  build: {
    target: "es2022",
    // A data: address would be refused by img-src, an inline polyfill by script-src.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    sourcemap: false,
    rollupOptions: { input: ["index.html", "shared.html"] },
  },
});
