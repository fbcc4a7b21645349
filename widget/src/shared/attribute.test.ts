/** What an option is called for people. */
import { expect, test } from "vitest";
import { attributeName } from "./attribute";
import { translator } from "./words";
import fr from "./words/fr.json";

const t = translator("fr", fr);

test.each([
  ["color", "Couleur"],
  ["Size", "Taille"],
  ["Coloris", "Coloris"],
  ["lamp_base", "Lamp base"],
  ["constructor", "Constructor"],
  ["", ""],
])("%s is called %s in French", (name, words) => {
  expect(attributeName(name, t)).toBe(words);
});
