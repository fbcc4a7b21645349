/** CSS that is rewritten asks for nothing but what was given back, however it is spelt. */
import { describe, expect, test } from "vitest";
import { rewriteCss } from "./css";

const ASSET = `/cb/a/${"a".repeat(64)}`;
const none = (css: string) => rewriteCss(css, () => undefined);

describe("addresses", () => {
  test.each([
    ["bare", "a{b:url(x.png)}"],
    ["in single quotes", "a{b:url( 'x.png' )}"],
    ["in double quotes, with a bracket", 'a{b:url("x).png")}'],
    ["in capitals", "a{b:URL(x)}"],
    ["escaped in hexadecimal", "a{b:\\75 rl(//evil.example/x)}"],
    ["escaped letter by letter", "a{b:u\\72l( '//evil.example' )}"],
    ["six digits", "a{b:\\000075rl(//evil.example)}"],
    ["an escaped bracket inside", "a{b:url(//evil.example/a\\)b)}"],
    ["cut off", "a{b:url(//evil.example"],
    ["in an image set", "a{b:image-set('//evil.example/x' 1x, \"//evil.example/y\" 2x)}"],
    ["in a prefixed image set", "a{b:-webkit-image-set(url(//evil.example/x) 1x)}"],
    ["by import", "@import '//evil.example/x.css' screen;a{b:c}"],
    ["by import with an address", "@IMPORT url(//evil.example/x.css);a{b:c}"],
    ["by an escaped import", "@\\69mport '//evil.example/x.css';a{b:c}"],
    ["by a namespace", "@namespace x url(//evil.example/);a{b:c}"],
    ["behind a broken string", "a{content:'x\n;b:url(//evil.example)}"],
    ["behind a comment", "/*'*/a{b:url(//evil.example)}/*'*/"],
    ["behind a number", "a{b:1 url(//evil.example)}"],
    ["a font", "@font-face{font-family:x;src:url(//evil.example/x.woff2) format('woff2')}"],
  ])("%s", (_, css) => {
    const out = none(css);
    expect(out).not.toMatch(/evil|x\.png/);
  });

  test("what was given back is written in its place", () => {
    expect(rewriteCss("a{b:url(x) no-repeat}", () => ASSET)).toBe(`a{b:url("${ASSET}") no-repeat}`);
  });

  test("an address of data keeps its quotes as escapes", () => {
    const data = "data:image/svg+xml,<svg xmlns='x' a=\"b\"/>";
    const out = rewriteCss(`a{b:url("${data.replaceAll('"', '\\"')}")}`, (raw) => raw);
    const seen: string[] = [];
    rewriteCss(out, (raw) => void seen.push(raw));
    expect(seen).toEqual([data]);
  });

  test("it is told as the browser reads it", () => {
    const seen: string[] = [];
    rewriteCss('a{b:url(a\\)b);c:url( "d\\65 f" );d:url()}', (raw) => void seen.push(raw));
    expect(seen).toEqual(["a)b", "def", ""]);
  });
});

describe("what could bring an address from elsewhere", () => {
  test.each([
    ["a variable in an image set", "a{--x:'//e';b:image-set(var(--x) 1x)}", /var\(/],
    ["a function of the sheet's own", "a{b:image-set(--f() 1x)}", /--f\(/],
    ["src()", "a{b:src('//e')}", /src\(/],
    ["image()", "a{b:image('//e')}", /image\(/],
    ["expression()", "a{b:expression(alert(1))}", /expression\(/],
    ["a behaviour", "a{behavior:url(x)}", /behavior/],
    ["a binding", "a{-moz-binding:url(x)}", /binding/],
  ])("%s is taken out", (_, css, left) => {
    expect(none(css)).not.toMatch(left);
  });
});

describe("everything else stays as it was", () => {
  test.each([
    ".md\\:w-1\\/2:hover{content:'\\f101';width:calc(1px + var(--x))}",
    ".behavior:hover{scroll-behavior:smooth;overscroll-behavior:none}",
    "@media (min-width:1px){a[data-x='url(y)']::before{content:'url(z)'}}",
    "a{background:linear-gradient(var(--a),#fff);b:c!important}",
    "a{b:image-set(linear-gradient(red,blue) 1x type('image/png'))}",
    "@layer a,b;@supports (a:b){c{d:e}}",
    "",
  ])("%s", (css) => {
    expect(none(css)).toBe(css);
  });
});

test("an import gives way to what stands for it", () => {
  const told: string[][] = [];
  const out = rewriteCss(
    "@import url(a.css) layer(x) screen;@import 'b.css';@import \"c;d.css\" print;e{f:g}",
    () => undefined,
    (raw, conditions) => {
      told.push([raw, conditions.trim()]);
      return `/*${raw}*/`;
    },
  );
  expect(told).toEqual([
    ["a.css", "layer(x) screen"],
    ["b.css", ""],
    ["c;d.css", "print"],
  ]);
  expect(out).toBe("/*a.css*//*b.css*//*c;d.css*/e{f:g}");
});

test("two texts side by side make no token that neither had", () => {
  const pieces = ["a{b:u", "rl(//evil.example)}", "c{d:'x", "y'}"].map(none);
  expect(pieces[2]).toBe("c{d:'x'");
  expect(pieces.join("/**/")).not.toMatch(/url\(/);
});

test("reading it again changes nothing", () => {
  const css = "/*x*/a{b:url(\"/cb/a/y\") image-set('q' 1x)}'z\n@import 'a';@media x{b:src(c)}";
  const once = none(css);
  expect(none(once)).toBe(once);
});

test("a megabyte is read without waiting", () => {
  const css = ".a\\:b{background:url(x) /* y */ 'z'}\n".repeat(30_000);
  expect(none(css).length).toBeGreaterThan(900_000);
  expect(none(`a{b:${"(".repeat(100_000)}`).length).toBe(100_004);
  expect(none(`"${"\\".repeat(99_999)}`).length).toBeGreaterThan(99_999);
});
