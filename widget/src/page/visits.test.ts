/**
 * What is known and kept of the pages that a visitor saw, with consent and without.
 *
 * @vitest-environment jsdom
 */
import { beforeEach, expect, test } from "vitest";
import type { Kept } from "./kept";
import { pageVisits, scrub, VISITS_MAX } from "./visits";

function store(): Kept & { value: unknown } {
  return {
    value: undefined,
    read() {
      return this.value && JSON.parse(JSON.stringify(this.value));
    },
    write(value) {
      this.value = value;
    },
    remove() {
      this.value = undefined;
    },
  };
}

const goTo = (path: string, title = path) => {
  history.pushState(null, "", path);
  document.title = title;
};
const urls = (visits: ReturnType<typeof pageVisits>) =>
  visits.list().map((visit) => new URL(visit.page.url).pathname);

beforeEach(() => goTo("/home"));

test("without consent only the page shown now is known and nothing is stored", () => {
  const kept = store();
  const visits = pageVisits(kept, []);
  visits.record();
  goTo("/lamps");
  visits.record();
  expect(urls(visits)).toEqual(["/lamps"]);
  expect(visits.consented()).toBe(false);
  expect(kept.value).toBeUndefined();
});

test("after a yes pages are kept over page loads, in order", () => {
  const kept = store();
  const first = pageVisits(kept, []);
  first.consent(true);
  first.record();
  goTo("/lamps");
  const second = pageVisits(kept, []);
  second.record();
  expect(urls(second)).toEqual(["/home", "/lamps"]);
  expect(second.consented()).toBe(true);
});

test("withdrawing deletes the list at once, but for the page shown now in memory", () => {
  const kept = store();
  const visits = pageVisits(kept, []);
  visits.consent(true);
  visits.record();
  goTo("/lamps");
  visits.record();
  visits.consent(false);
  expect(kept.value).toBeUndefined();
  expect(urls(visits)).toEqual(["/lamps"]);
});

test("the last fifty are kept", () => {
  const visits = pageVisits(store(), []);
  visits.consent(true);
  for (let page = 0; page < VISITS_MAX + 5; page += 1) {
    goTo(`/page-${page}`);
    visits.record();
  }
  expect(urls(visits).length).toBe(VISITS_MAX);
  expect(urls(visits).at(-1)).toBe(`/page-${VISITS_MAX + 4}`);
});

test("a struck page is gone, and the present one is then not said either", () => {
  const visits = pageVisits(store(), []);
  visits.consent(true);
  const visit = visits.record();
  expect(visit).toBeDefined();
  if (visit) visits.strike(visit);
  expect(visits.list()).toEqual([]);
  expect(visits.current()).toBeUndefined();
});

test("the same address is not another page, but its title may come later", () => {
  const visits = pageVisits(store(), []);
  expect(visits.record()?.page.title).toBe("/home");
  document.title = "Home";
  expect(visits.record()).toBeUndefined();
  expect(visits.current()?.page.title).toBe("Home");
});

test("addresses lose fragment, sign-in and every query value that the site does not list", () => {
  expect(scrub("https://u:p@shop.example/a?id_product=4&email=x%40y.example&utm=1#top", ["id_product"])).toBe(
    "https://shop.example/a?id_product=4",
  );
});
