/**
 * The words of what both packages draw (card, days), to be spread into the
 * dictionary of each: `{ ...sharedFr, ...fr }`.
 */
import type en from "./words/en.json";

export type SharedKey = keyof typeof en;
