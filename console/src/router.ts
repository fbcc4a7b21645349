/**
 * The console's addresses: parsed into a route, written back from one. About ten of them, so this
 * is a `switch` and no library. What a route shows is app.tsx's business.
 */
import { computed, signal } from "@preact/signals";
import type { ConversationId, SiteId } from "./shared";

export type Tab = "waiting" | "in_progress" | "history";

export const tabs: readonly Tab[] = ["waiting", "in_progress", "history"];

/** What of one site is set or looked at. */
export type SiteArea = "site" | "bot" | "bot_versions" | "not_understood" | "figures" | "catalog" | "ledger";

export type Route =
  | { name: "home" }
  | { name: "sign_in" }
  | { name: "set_up"; token: string }
  | { name: "invitation"; token: string }
  | { name: "duty" }
  | { name: "inbox"; tab: Tab; conversation?: ConversationId }
  | { name: "sites" }
  | { name: "new_site" }
  | { name: SiteArea; site: SiteId }
  | { name: "agents" }
  | { name: "lost" };

const tabSegments: Record<Tab, string> = {
  waiting: "waiting",
  in_progress: "in-progress",
  history: "history",
};

/** What stands behind the site in the address. */
const siteSegments: Record<SiteArea, string> = {
  site: "",
  bot: "bot",
  bot_versions: "bot/versions",
  not_understood: "bot/not-understood",
  figures: "bot/figures",
  catalog: "catalog",
  ledger: "recommendations",
};
const siteAreas = Object.keys(siteSegments) as SiteArea[];

export function parse(pathname: string, search = ""): Route {
  const [first, second, third, ...rest] = pathname.split("/").filter(Boolean).map(decoded);
  const token = new URLSearchParams(search).get("token") ?? "";
  switch (first) {
    case undefined:
      return { name: "home" };
    case "sign-in":
      return { name: "sign_in" };
    case "setup":
      return { name: "set_up", token };
    case "invitation":
      return { name: "invitation", token };
    case "inbox":
      return inbox(second, third);
    case "settings":
      return settings(second, third, rest.join("/"));
    default:
      return { name: "lost" };
  }
}

function inbox(segment: string | undefined, conversation: string | undefined): Route {
  if (segment === undefined) return { name: "inbox", tab: "waiting" };
  if (segment === "chatbots") return { name: "duty" };
  const tab = tabs.find((one) => tabSegments[one] === segment);
  if (!tab) return { name: "lost" };
  return conversation === undefined ? { name: "inbox", tab } : { name: "inbox", tab, conversation };
}

function settings(area: string | undefined, site: string | undefined, part: string): Route {
  if (area === "agents") return { name: "agents" };
  if (area !== undefined && area !== "sites") return { name: "lost" };
  if (site === undefined) return { name: "sites" };
  if (site === "new") return { name: "new_site" };
  const name = siteAreas.find((one) => siteSegments[one] === part);
  return name ? { name, site } : { name: "lost" };
}

export function address(route: Route): string {
  switch (route.name) {
    case "home":
    case "lost":
      return "/";
    case "sign_in":
      return "/sign-in";
    case "set_up":
      return `/setup?token=${encodeURIComponent(route.token)}`;
    case "invitation":
      return `/invitation?token=${encodeURIComponent(route.token)}`;
    case "duty":
      return "/inbox/chatbots";
    case "inbox": {
      const tab = `/inbox/${tabSegments[route.tab]}`;
      return route.conversation === undefined ? tab : `${tab}/${encodeURIComponent(route.conversation)}`;
    }
    case "sites":
      return "/settings/sites";
    case "new_site":
      return "/settings/sites/new";
    case "site":
    case "bot":
    case "bot_versions":
    case "not_understood":
    case "figures":
    case "catalog":
    case "ledger": {
      const part = siteSegments[route.name];
      return `/settings/sites/${encodeURIComponent(route.site)}${part && `/${part}`}`;
    }
    case "agents":
      return "/settings/agents";
  }
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

const here = signal("/");
let mayLeave: (() => boolean) | undefined;

/** Asks before another screen is shown, while something would be lost by it. Returns how to stop asking. */
export function holdBack(ask: () => boolean): () => void {
  mayLeave = ask;
  return () => {
    if (mayLeave === ask) mayLeave = undefined;
  };
}

export const route = computed<Route>(() => {
  const [pathname = "/", search = ""] = here.value.split(/(?=\?)/, 2);
  return parse(pathname, search);
});

export function go(to: Route, how: "push" | "replace" = "push"): void {
  const target = address(to);
  if (target === here.peek() || mayLeave?.() === false) return;
  if (how === "push") history.pushState(null, "", target);
  else history.replaceState(null, "", target);
  here.value = target;
}

/** Follows Back and Forward, and ordinary clicks on links to the console itself. */
export function startRouter(): void {
  const read = () => {
    here.value = location.pathname + location.search;
  };
  read();
  addEventListener("popstate", () => {
    if (mayLeave?.() === false) history.pushState(null, "", here.peek());
    else read();
  });
  document.addEventListener("click", (event) => {
    if (
      event.defaultPrevented ||
      event.button !== 0 ||
      event.metaKey ||
      event.ctrlKey ||
      event.shiftKey ||
      event.altKey
    ) {
      return;
    }
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!link || link.target || link.download || link.origin !== location.origin) return;
    const to = parse(link.pathname, link.search);
    if (to.name === "lost" || link.hasAttribute("data-plain")) return;
    event.preventDefault();
    go(to);
  });
}
