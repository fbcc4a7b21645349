/**
 * A picture that came too early is asked for again; what is not ours never is.
 *
 * @vitest-environment jsdom
 */
import { beforeEach, expect, test, vi } from "vitest";
import { lookAgain } from "./late";

beforeEach(() => {
  vi.useFakeTimers();
  document.body.replaceChildren();
});

const asked = (element: Element) => vi.spyOn(element, "setAttribute");

test("a few times, ever later, then never more", () => {
  lookAgain(document);
  const img = document.body.appendChild(document.createElement("img"));
  img.setAttribute("src", `/cb/a/${"0".repeat(64)}`);
  const looks = asked(img);
  const waits: number[] = [];
  for (let fails = 0; fails < 9; fails += 1) {
    const failed = Date.now();
    img.dispatchEvent(new Event("error"));
    vi.runAllTimers();
    if (looks.mock.calls.length > waits.length) waits.push(Date.now() - failed);
  }
  expect(waits).toEqual([300, 900, 2_700, 8_000]);
});

test("not when it shows something else by then, is gone, or is no file of the page", () => {
  lookAgain(document);
  const [changed, gone, data] = ["/cb/a/1", "/cb/a/2", "data:,"].map((src) => {
    const img = document.body.appendChild(document.createElement("img"));
    img.setAttribute("src", src);
    return img;
  }) as unknown as [Element, Element, Element];
  for (const img of [changed, gone, data]) img.dispatchEvent(new Event("error"));
  changed.setAttribute("src", "/cb/a/3");
  gone.remove();
  const looks = [changed, gone, data].map(asked);
  vi.runAllTimers();
  for (const look of looks) expect(look).not.toHaveBeenCalled();
});
