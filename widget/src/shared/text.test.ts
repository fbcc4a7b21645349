/** A stranger's text becomes text and checked links, nothing else. */
import { expect, test } from "vitest";
import { pieces } from "./text";

/** Links as `[text](address)`, text as it is. */
function written(text: string): string {
  return pieces(text)
    .map((piece) => {
      if (typeof piece === "string") return piece;
      const { href, children } = (piece as unknown as { props: { href: string; children: string } }).props;
      return `[${children}](${href})`;
    })
    .join("");
}

test.each([
  ["no address here", "no address here"],
  ["See https://shop.example/a?b=1.", "See [https://shop.example/a?b=1](https://shop.example/a?b=1)."],
  ["(https://shop.example)", "([https://shop.example](https://shop.example/))"],
  ["Write to mailto:a@b.example !", "Write to [mailto:a@b.example](mailto:a@b.example) !"],
  ["javascript:alert(1)", "javascript:alert(1)"],
  ["<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"],
  ["https://", "https://"],
])("%s", (text, expected) => {
  expect(written(text)).toBe(expected);
});
