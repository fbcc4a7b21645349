/** What a list to choose from offers, so that no two entries read the same and the chosen one is there. Pure. */
export interface Choice {
  value: string;
  words: string;
}

/** Entries with the same words are called by more of them: two agents may have one first name. */
export function toldApart(choices: readonly Choice[], more: (one: Choice) => string): Choice[] {
  return choices.map((one) => (hasTwin(choices, one) ? { value: one.value, words: more(one) } : one));
}

export function hasTwins(choices: readonly Choice[]): boolean {
  return choices.some((one) => hasTwin(choices, one));
}

function hasTwin(choices: readonly Choice[], one: Choice): boolean {
  return choices.some((other) => other.value !== one.value && other.words === one.words);
}

/** With what is chosen, by the words it was chosen under, where these choices lack it. */
export function withChosen(choices: readonly Choice[], chosen: string, before: readonly Choice[]): Choice[] {
  if (chosen === "" || choices.some((one) => one.value === chosen)) return [...choices];
  const words = before.find((one) => one.value === chosen)?.words ?? chosen;
  return [...choices, { value: chosen, words }];
}
