/**
 * Two builds into dist: the loader as one classic script (`--mode loader`), and
 * the panel with the words of each language as hashed modules under assets/.
 *
 * `rollupOptions.input` and not `lib` mode, which leaves white space in modules.
 */
import { defineConfig, type Plugin } from "vite";
import { trimRecorder } from "./recorder";

/** Browsers that know `light-dark()`, which the loader asks for before it draws anything. */
const TARGET = ["chrome123", "firefox120", "safari17.5"];

/** What is said and heard, apart from how it is drawn: two chunks arrive side by side. */
const CHAT =
  /src.(panel.(chat|view|transcript|memory|joining)|shared.(link|log|outbox|id|dates|json)|page.kept)\.ts/;

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

/** Our style sheets are adopted by roots, so a later chunk has nothing to be loaded before it but itself. */
const plainImport: Plugin = {
  name: "plain-import",
  enforce: "pre",
  load: (id) =>
    id.includes("vite/preload-helper") ? "export const __vitePreload = (load) => load();" : undefined,
};

export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  publicDir: false,
  resolve: { alias: { "preact/jsx-runtime": `${import.meta.dirname}/src/panel/jsx.ts` } },
  plugins: [plainImport, trimRecorder],
  build: {
    target: TARGET,
    cssTarget: TARGET,
    modulePreload: false,
    reportCompressedSize: false,
    ...(mode === "loader" ? loader : panel),
  },
}));
