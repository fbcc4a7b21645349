/** Addresses and routes are two forms of one thing. */
import { expect, test } from "vitest";
import { address, parse, type Route } from "./router";

const routes: Route[] = [
  { name: "home" },
  { name: "sign_in" },
  { name: "set_up", token: "a b" },
  { name: "invitation", token: "x" },
  { name: "duty" },
  { name: "inbox", tab: "waiting" },
  { name: "inbox", tab: "in_progress", conversation: "0192" },
  { name: "sites" },
  { name: "new_site" },
  { name: "site", site: "s" },
  { name: "bot", site: "s" },
  { name: "bot_versions", site: "s" },
  { name: "not_understood", site: "s" },
  { name: "figures", site: "s" },
  { name: "catalog", site: "s" },
  { name: "ledger", site: "s" },
  { name: "agents" },
];

test("every route is found again at its own address", () => {
  for (const route of routes) {
    const [pathname = "", search = ""] = address(route).split(/(?=\?)/);
    expect(parse(pathname, search)).toEqual(route);
  }
});

test("an address that is none of ours says so", () => {
  for (const path of [
    "/nowhere",
    "/inbox/nowhere",
    "/settings/nowhere",
    "/settings/sites/s/nowhere",
    "/settings/sites/s/bot/nowhere",
    "/settings/sites/s/bot/figures/nowhere",
  ]) {
    expect(parse(path)).toEqual({ name: "lost" });
  }
});
