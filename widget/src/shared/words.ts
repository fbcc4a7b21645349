/**
 * Words for people: a typed `t()` over one dictionary of a language.
 *
 * A dictionary is a JSON file, keys typed from the English one, so a misspelt
 * key does not compile; `words.test.ts` of each package compares keys and
 * placeholders of the other languages with it. No sentence for people stands
 * anywhere else. Fetching the dictionary is left to the package.
 */

/** One sentence, or one a plural form: `{ "one": "{count} page", "other": "{count} pages" }`. */
export type Phrase = string | PluralPhrase;
export type PluralPhrase = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type Dictionary<Key extends string> = Record<Key, Phrase>;

/** Values for `{placeholders}`; `count` also chooses the plural form. */
export type Params = Record<string, string | number>;
export type Translate<Key extends string> = (key: Key, params?: Params) => string;

/** The `t()` of one language. Numbers are written as that language does. */
export function translator<Key extends string>(lang: string, words: Dictionary<Key>): Translate<Key> {
  const plural = new Intl.PluralRules(lang);
  const number = new Intl.NumberFormat(lang);
  const written = (value: string | number): string =>
    typeof value === "number" ? number.format(value) : value;
  return (key, params = {}) => {
    const phrase = words[key];
    const form = typeof phrase === "string" ? phrase : pluralForm(phrase, plural, params["count"]);
    return form.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name];
      return value === undefined ? whole : written(value);
    });
  };
}

function pluralForm(phrase: PluralPhrase, rules: Intl.PluralRules, count: string | number | undefined) {
  return phrase[rules.select(Number(count ?? 0))] ?? phrase.other;
}

/** The names between braces in all forms of a phrase, sorted: what a translation must keep. */
export function placeholders(phrase: Phrase): string[] {
  const forms = typeof phrase === "string" ? [phrase] : Object.values(phrase);
  const names = forms.flatMap((form) => [...form.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? ""));
  return [...new Set(names)].sort();
}

/**
 * Where two dictionaries differ, as sentences; empty when the second is complete.
 * A plural needs every form that its language has, or `other` answers for it.
 */
export function differences(model: Record<string, Phrase>, other: Record<string, Phrase>): string[] {
  const found: string[] = [];
  for (const key of Object.keys(model)) {
    const ours = model[key];
    const theirs = other[key];
    if (ours === undefined) continue;
    if (theirs === undefined) found.push(`\`${key}\` is missing`);
    else if (placeholders(ours).join() !== placeholders(theirs).join())
      found.push(`\`${key}\` has other placeholders`);
  }
  for (const key of Object.keys(other)) {
    if (!(key in model)) found.push(`\`${key}\` is not in the model`);
  }
  return found;
}
