/**
 * Forged events, written by hand: nothing of what they try is left to be replayed.
 *
 * @vitest-environment jsdom
 */
import { describe, expect, test } from "vitest";
import forged from "../../../tests/shared/forged.json";
import honest from "../../../tests/shared/honest.json";
import { POPOVER, Sanitiser, sheetOf } from "./sanitise";

interface Forged {
  about: string;
  kind: 1 | 2;
  events: unknown;
}

const FORGED = forged as Forged[];
const el = (tagName: string, id: number, attributes = {}, childNodes: unknown[] = [], more = {}) => ({
  type: 2,
  id,
  tagName,
  attributes,
  childNodes,
  ...more,
});
const text = (textContent: string, id: number) => ({ type: 3, id, textContent });
const page = (...children: unknown[]) => [
  {
    type: 2,
    data: {
      node: { type: 0, id: 1, childNodes: [el("html", 3, {}, [el("head", 4), el("body", 5, {}, children)])] },
      initialOffset: { left: 0, top: 0 },
    },
    timestamp: 1,
  },
];
const mutation = (data: object) => [
  { type: 3, data: { source: 0, adds: [], texts: [], attributes: [], removes: [], ...data }, timestamp: 1 },
];
/** A page with a node 10 of that element, as it stands before a change. */
const standing = (tag = "div") => {
  const sanitiser = new Sanitiser();
  sanitiser.events(page(el(tag, 10, {}, [text("x", 20)])));
  return sanitiser;
};

describe("forged events", () => {
  test("there are more than two hundred of them", () => {
    expect(FORGED.length).toBeGreaterThan(200);
  });

  test.each(FORGED.map((one) => [one.about, one] as const))("%s", (_, { kind, events }) => {
    for (const tag of kind === 1 ? ["div"] : ["div", "img", "style", "iframe", "a"]) {
      const told = (kind === 1 ? new Sanitiser() : standing(tag)).events(events);
      // A forbidden element is emptied, an attribute is not there: in one word, no evil. A function that
      // fetches is called `x`, which no browser knows; what it was given may stay.
      expect(JSON.stringify(told?.events ?? []).replace(/\bx\([^)]*\)+|--evil:'\/\/x'/g, "")).not.toMatch(
        /evil|javascript|\bon[a-z]+"|srcdoc|url\((?!\\"(?:data:,|\/cb\/a\/))/i,
      );
      expect(told?.wanted.filter(({ address }) => !/^\/cb\/a\/[0-9a-f]{64}$/.test(address)) ?? []).toEqual(
        [],
      );
    }
  });
});

describe("what is honest is left as it is", () => {
  test("every recording by our own page, but for where the page is and the texts of sheets", () => {
    let sanitiser = new Sanitiser();
    for (const { about, kind, events: text } of honest) {
      const events = JSON.parse(text) as { type: number }[];
      if (kind === 1) sanitiser = new Sanitiser();
      const told = sanitiser.events(events);
      const plain = (event: unknown) =>
        JSON.stringify(event, (key, value) =>
          ["timestamp", "href", "name", "pointerType"].includes(key) ? undefined : value,
        ).replaceAll("/**/", "");
      const parts = (event: unknown) =>
        [...plain(event).matchAll(/"id":\d+|"textContent":"[^"]*"|"value":"[^"]*"/g)].sort();
      expect(told?.events.map(parts).join(), about).toBe(events.map(parts).join());
    }
  });

  test("a page", () => {
    const asset = `/cb/a/${"a".repeat(64)}`;
    const body = page(
      el("a", 10, { href: "#", class: "x y", "data-state": "open" }, [text("Buy", 11)]),
      el("img", 12, { src: asset, alt: "A shoe" }),
      el(
        "svg",
        13,
        { viewBox: "0 0 1 1" },
        [el("path", 14, { d: "M0 0", fill: 'url("#g")' }, [], { isSVG: true })],
        {
          isSVG: true,
        },
      ),
      el("x-shop", 15, {}, [{ ...text("in", 16), isShadow: true }], { isCustom: true, isShadowHost: true }),
      el("input", 17, { type: "radio", name: "g1", checked: true }),
      el("dialog", 18, { open: "", rr_open_mode: "modal", rr_scrollTop: 4 }),
      el("p", 19, { style: `color:red;background:url("${asset}")` }),
    );
    const told = new Sanitiser().events(body);
    expect(told?.events).toEqual([{ ...body[0], timestamp: 0 }]);
  });

  test("a sheet by its hash waits for its text", () => {
    const address = `/cb/a/${"b".repeat(64)}`;
    const told = new Sanitiser().events(page(el("link", 10, { _cssAsset: address, media: "print" })));
    expect(told?.wanted).toHaveLength(1);
    expect(told?.wanted[0]).toMatchObject({ address, attributes: { media: "print" } });
    const changed = standing("link").events(
      mutation({ attributes: [{ id: 10, attributes: { _cssAsset: address } }] }),
    );
    expect(changed?.wanted).toHaveLength(1);
  });

  test("changes of a known element, and a document into a frame", () => {
    const changes = mutation({
      attributes: [
        {
          id: 10,
          attributes: { class: "b", title: null, style: { color: ["red", "important"], top: false } },
        },
      ],
    });
    expect(standing().events(changes)?.events[0]?.["data"]).toMatchObject(
      (changes[0] as { data: object }).data,
    );
    const node = { type: 0, id: 50, childNodes: [el("html", 51)] };
    const attach = mutation({ adds: [{ parentId: 10, nextId: null, node }] });
    expect(JSON.stringify(standing("iframe").events(attach)?.events)).toContain(`"id":51`);
    expect(JSON.stringify(standing("div").events(attach)?.events)).not.toContain(`"id":51`);
  });

  test("a popover that opens is an event of ours, and none of it an attribute", () => {
    const state = (rr_popover: string) => mutation({ attributes: [{ id: 10, attributes: { rr_popover } }] });
    const menu = page(el("div", 10, { popover: "auto", rr_popover: "open" }));
    const told = new Sanitiser().events([...menu, ...state("closed"), ...state("ajar")])?.events ?? [];
    expect(told.filter(({ type }) => type === POPOVER).map(({ data }) => data)).toEqual([
      { id: 10, open: true },
      { id: 10, open: false },
    ]);
    expect(JSON.stringify(told)).not.toContain("rr_popover");
    expect(JSON.stringify(told)).toContain('"popover":"manual"');
    expect(new Sanitiser().events([{ type: POPOVER, data: { id: 10, open: true } }])?.events).toEqual([]);
  });

  test("pitfall 13: an increment naming a renamed element applies to nothing and breaks nothing", () => {
    const sanitiser = new Sanitiser();
    const told = sanitiser.events(page(el("object", 10, { data: "x" }, [text("x", 11)]), el("p", 12)));
    expect(JSON.stringify(told?.events)).toContain(`"id":10,"tagName":"comptoir-gone"`);
    const changes = mutation({
      adds: [
        { parentId: 10, nextId: null, node: el("p", 13) },
        { parentId: 5, nextId: 10, node: el("p", 14) },
      ],
      attributes: [{ id: 10, attributes: { class: "x" } }],
      removes: [{ parentId: 5, id: 12 }],
    });
    expect(sanitiser.events(changes)?.events[0]?.["data"]).toMatchObject({
      adds: [{ parentId: 5, nextId: 10, node: { id: 14 } }],
      attributes: [],
      removes: [{ parentId: 5, id: 12 }],
    });
  });

  test("a node that moves is added again under its number", () => {
    const sanitiser = standing();
    const moved = mutation({
      removes: [{ parentId: 5, id: 10 }],
      adds: [{ parentId: 4, nextId: null, node: el("div", 10) }],
    });
    expect(sanitiser.events(moved)?.events[0]?.["data"]).toMatchObject({ adds: [{ node: { id: 10 } }] });
  });

  test("a page 200 elements deep", () => {
    let node: unknown = text("deep", 1_000);
    for (let id = 100; id < 300; id++) node = el("div", id, {}, [node]);
    expect(JSON.stringify(new Sanitiser().events(page(node))?.events)).toContain("deep");
  });
});

describe("style sheets", () => {
  test("pieces that only together ask for something are put together and cleaned", () => {
    expect(sheetOf("a{b:u/* rr_split */rl(//evil.example)}")).not.toMatch(/evil/);
    expect(sheetOf("a{}/* rr_split */b{}")).toBe("a{}/* rr_split */b{}");
  });

  test("texts of one style element cannot be joined to more than they are", () => {
    const sanitiser = new Sanitiser();
    const told = sanitiser.events(
      page(el("style", 10, {}, [text("a{b:u", 11), text("rl(//evil.example)}", 12)])),
    );
    const texts = [...JSON.stringify(told?.events).matchAll(/"textContent":"([^"]*)"/g)].map(
      ([, one]) => one,
    );
    expect(texts.join("")).not.toContain("url(");
    const later = sanitiser.events(mutation({ texts: [{ id: 12, value: "rl(//evil.example)}" }] }));
    expect(JSON.stringify(later?.events)).toContain("/**/rl(");
  });
});

test("a field cannot take the place of what its form is asked for", () => {
  const told = new Sanitiser().events(
    page(el("form", 10, { id: "ok" }, [el("input", 11, { id: "childNodes" })])),
  );
  expect(JSON.stringify(told?.events)).not.toContain('childNodes"}');
  expect(JSON.stringify(told?.events)).toContain(`"id":"ok"`);
});

test("too many events, and too deep a page, are cut", () => {
  expect(new Sanitiser().events(Array.from({ length: 5_001 }, () => ({})))).toBeUndefined();
  let node: unknown = text("deep", 5_000);
  for (let id = 100; id < 900; id++) node = el("div", id, {}, [node]);
  expect(JSON.stringify(new Sanitiser().events(page(node))?.events)).not.toContain("deep");
});
