/**
 * Writes dist/manifest.json, from which the server fills the chunk names of a
 * site's configuration: the loader never names a file that an upgrade removed.
 */
import { readdirSync, writeFileSync } from "node:fs";

const dist = new URL("../dist/", import.meta.url);
const files = readdirSync(new URL("assets/", dist)).sort();
const chunk = (name) => {
  const found = files.filter((file) => file.startsWith(`${name}-`) && file.endsWith(".js"));
  if (found.length !== 1) throw new Error(`manifest: expected one chunk \`${name}\`, found ${found.length}`);
  return `assets/${found[0]}`;
};
const languages = files.flatMap((file) => /^words-([a-z]{2})-/.exec(file)?.[1] ?? []);
const manifest = {
  panel: chunk("panel"),
  words: Object.fromEntries(languages.map((lang) => [lang, chunk(`words-${lang}`)])),
};
writeFileSync(new URL("manifest.json", dist), `${JSON.stringify(manifest, null, 2)}\n`);
