/**
 * Two builds into dist: the loader as one classic script (`--mode loader`), and
 * the panel with the words of each language as hashed modules under assets/.
 *
 * `rollupOptions.input` and not `lib` mode, which leaves white space in modules.
 */
import { defineConfig } from "vite";

/** Browsers that know `light-dark()`, which the loader asks for before it draws anything. */
const TARGET = ["chrome123", "firefox120", "safari17.5"];

/** What is said and heard, apart from how it is drawn: two chunks arrive side by side. */
const CHAT =
  /src.(panel.(chat|view|transcript|http|memory|hearing)|shared.(link|log|outbox|id|format)|page.kept)\.ts/;

const loader = {
  emptyOutDir: false,
  rollupOptions: {
    input: "src/page/main.ts",
    output: { format: "iife" as const, entryFileNames: "w.js" },
  },
};

const panel = {
  emptyOutDir: true,
  rollupOptions: {
    input: { panel: "src/panel/main.tsx", "words-en": "src/words/en.ts", "words-fr": "src/words/fr.ts" },
    // Parts that come later take what they share from the panel's own chunk.
    preserveEntrySignatures: "allow-extension" as const,
    output: {
      entryFileNames: "assets/[name]-[hash].js",
      chunkFileNames: "assets/[name]-[hash].js",
      codeSplitting: { groups: [{ name: "chat", test: CHAT }] },
    },
  },
};

export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  publicDir: false,
  build: {
    target: TARGET,
    cssTarget: TARGET,
    modulePreload: false,
    reportCompressedSize: false,
    ...(mode === "loader" ? loader : panel),
  },
}));
