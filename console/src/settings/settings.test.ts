/** What the settings' forms send, and what a site needs next. */
import { expect, test } from "vitest";
import type { SiteView } from "../shared";
import { settingsOf, sharingDraftOf, strangePath, strangeSelector } from "./sharingDraft";
import { changeOf, draftOf, newSiteOf, originsOf } from "./siteDraft";
import { nextStep, stepsOf } from "./steps";

const site: SiteView = {
  id: "s",
  name: "Oak & Co",
  key: "k",
  origins: ["https://shop.example"],
  lang: "fr",
  currency: "EUR",
  accent: "#1f4ed8",
  query_keep: [],
  agent_gone_seconds: 120,
  share: {
    see: true,
    point: true,
    control: false,
    off_paths: ["/account/*"],
    see_only_paths: [],
    show: "choices",
    mask: [".customer"],
    block: [],
    reveal: [],
  },
  snippet: "",
  csp: [],
  setup: {
    bot_published: true,
    catalog_imported: false,
    agents_added: true,
    snippet_seen: false,
    tested: false,
  },
};

test("only what was changed of a site is sent", () => {
  expect(changeOf(site, draftOf(site))).toEqual({});
  const draft = { ...draftOf(site), currency: "chf ", queryKeep: "id_product, page" };
  expect(changeOf(site, draft)).toEqual({ currency: "CHF", query_keep: ["id_product", "page"] });
});

test("a pasted page address is taken as its origin, once", () => {
  expect(originsOf("https://shop.example/fr/\nhttps://shop.example shop.example")).toEqual([
    "https://shop.example",
    "shop.example",
  ]);
});

test("a new site without a shop address says none", () => {
  expect(newSiteOf({ name: " Oak ", origins: "", lang: "fr", currency: "eur", shopUrl: " " })).toEqual({
    name: "Oak",
    origins: [],
    lang: "fr",
    currency: "EUR",
  });
});

test("the next step is the first that is not done, and none when all are", () => {
  expect(nextStep(stepsOf(site))?.name).toBe("catalog_imported");
  const all = {
    bot_published: true,
    catalog_imported: true,
    agents_added: true,
    snippet_seen: true,
    tested: true,
  };
  expect(nextStep(stepsOf({ ...site, setup: all }))).toBeUndefined();
});

test("how pages are shared goes into the form and back unchanged, an entry a line", () => {
  const draft = sharingDraftOf(site.share);
  expect(settingsOf(draft)).toEqual(site.share);
  const more = { ...draft, offPaths: " /account/*\n\n/orders \n/account/*", control: true };
  expect(settingsOf(more)).toMatchObject({ off_paths: ["/account/*", "/orders"], control: true });
});

test("the first line that is no path or no selector is named", () => {
  expect(strangePath("/account/*\n/orders\n")).toBeUndefined();
  for (const line of ["account", "https://shop.example/", "/a*b", "/a b", "/a?x=1", "/a#b"])
    expect(strangePath(`/fine\n${line}`)).toBe(line);
  expect(strangeSelector("a\nb", (line) => line !== "b")).toBe("b");
});
