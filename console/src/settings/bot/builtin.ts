/**
 * The bot's own words, shown where a definition leaves a text open.
 *
 * They are the server's (`src/rules/bot/words.rs`); builtin.test.ts holds that both say the same.
 */
import built from "../../words/builtin.json";

export type BuiltIn = keyof (typeof built)["fr"];

const byLanguage: Readonly<Record<string, Record<BuiltIn, string>>> = built;

/** Nothing in a language that the bot does not speak by itself. */
export function builtIn(word: BuiltIn, lang: string): string {
  return byLanguage[lang]?.[word] ?? "";
}
