/**
 * What is typed as the text of an element: it leaves with no change of the page and stands in no label.
 *
 * @vitest-environment jsdom
 */
import { record } from "@rrweb/record";
import type { eventWithTime } from "@rrweb/types";
import { afterEach, expect, test, vi } from "vitest";
import type { ShareSettings } from "../shared/protocol";
import { pageAssets } from "./assets";
import type { NodeMirror, PageFilter } from "./contract";
import { pageFilter } from "./filter";

const mirror = (record as unknown as { mirror: NodeMirror }).mirror;
const ended = new AbortController();
let sent: eventWithTime[] = [];
let stop: (() => void) | undefined;

function share(html: string, show: ShareSettings["show"]): PageFilter {
  document.body.replaceChildren(document.createRange().createContextualFragment(html));
  sent = [];
  const settings: ShareSettings = {
    see: true,
    point: true,
    control: true,
    off_paths: [],
    see_only_paths: [],
    show,
    mask: [],
    block: [],
    reveal: [],
  };
  const assets = pageAssets(document, mirror, (event) => sent.push(event));
  const filter = pageFilter(document, settings, assets, mirror, ended.signal);
  stop = record({
    emit: (event) => {
      const left = filter.event(event as eventWithTime);
      if (left) sent.push(left);
    },
    inlineStylesheet: false,
    recordAfter: "DOMContentLoaded",
    slimDOMOptions: true,
  });
  return filter;
}

const settled = () => vi.waitFor(() => new Promise((done) => setTimeout(done, 0)));
const at = (selector: string) => document.querySelector(selector) as HTMLElement;

afterEach(() => stop?.());

test("what is typed into an editable secret leaves neither with changes nor with what is added", async () => {
  share(`<div contenteditable aria-label="Card number">cnry-0</div><p id="open">shown</p>`, "all");
  await settled();
  (at("div").firstChild as Text).data = "cnry-1";
  at("div").append(Object.assign(document.createElement("p"), { textContent: "cnry-2" }));
  at("#open").append(" later");
  await settled();
  const wire = JSON.stringify(sent);
  expect(wire).toMatch(/shown.* later/);
  expect(wire).not.toMatch(/cnry-/);
});

test("nothing typed or chosen becomes the name of what was clicked", () => {
  const filter = share(
    `<div contenteditable><p>cnry</p></div>
     <select size="3"><option>cnry</option></select>
     <section>Gift <textarea>cnry</textarea><b data-comptoir-mask><img alt="cnry"></b><img alt="wrapped"></section>`,
    "none",
  );
  for (const selector of ["div", "p", "select", "option", "textarea"])
    expect(filter.label(at(selector))).toBe("");
  expect(filter.label(at("section"))).toBe("Gift wrapped");
});
