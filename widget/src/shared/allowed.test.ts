/** The page's and the console's reading of the list, by the table that the server's is held to as well. */
import { describe, expect, test } from "vitest";
import judged from "../../../tests/shared/judged.json";
import { cleanCss, fits, isElement, kindOf } from "./allowed";

const TABLE = judged as unknown as {
  elements: [tag: string, svg: boolean, allowed: boolean][];
  attributes: [tag: string, name: string, value: string, allowed: boolean][];
  css: [css: string, clean: boolean][];
};

describe("what travels", () => {
  test.each(TABLE.elements)("element %s, a drawing's: %s", (tag, svg, allowed) => {
    expect(isElement(tag, svg)).toBe(allowed);
  });

  test.each(TABLE.attributes)("%s %s=%s", (tag, name, value, allowed) => {
    const kind = kindOf(name, tag);
    expect(kind !== undefined && fits(kind, value)).toBe(allowed);
  });

  test.each(TABLE.css)("css %s", (css, clean) => {
    expect(cleanCss(css) === css).toBe(clean);
  });

  test.each(TABLE.css)("css %s is clean once it is cleaned", (css) => {
    const once = cleanCss(css);
    expect(cleanCss(once)).toBe(once);
  });
});
