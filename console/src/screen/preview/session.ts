/**
 * A preview of a site's masks, as this tab follows it: begun with settings that are not saved, waiting for
 * a page of the store, then a picture a turn, drawn by the sanitiser and the replayer of a shared page.
 */
import { signal } from "@preact/signals";
import { apiAddress, asRefusal, get, post, remove } from "../../api";
import { explained } from "../../refusals";
import type {
  PreviewRank,
  SharePreview,
  SharePreviewBegun,
  ShareSettings,
  SiteId,
  SiteView,
} from "../../shared";
import { t } from "../../words";
import type { Picture } from "../picture";
import { originOf } from "../target";
import { bodyOf, FULL } from "../wire";

const AGAIN_MS = 2_000;
/** Fonts and pictures come after the page stands, and move what is on it. */
const SETTLES_MS: readonly number[] = [0, 400, 1_500];
const FRAGMENT = "#comptoir-preview=";

export interface Box {
  node: number;
  rank: PreviewRank;
  x: number;
  y: number;
  width: number;
  height: number;
}

export const view = signal<SharePreview | undefined>(undefined);
/** Why there is no preview, or none any more. */
export const trouble = signal<string | undefined>(undefined);
export const size = signal({ width: 0, height: 0 });
/** Where the marks lie on the picture. */
export const boxes = signal<readonly Box[]>([]);
/** A picture of the page stands. */
export const drawn = signal(false);
/** Settings were changed, and the picture is still of those before. */
export const behind = signal(false);

let site: SiteId = "";
let id: string | undefined;
let told = "";
/** Of the question for news that is out. */
let asking = new AbortController();
let picture: Promise<Picture> | undefined;
/** It, once it has come. */
let standing: Picture | undefined;
let settling: ReturnType<typeof setTimeout>[] = [];

export function openPreview(of: SiteId, host: HTMLElement): () => void {
  site = of;
  picture = fetchPicture(host);
  return () => {
    asking.abort();
    if (id) void remove(path()).catch(() => undefined);
    id = undefined;
    clear();
    picture = undefined;
  };
}

/** A page of the site, without fragment; undefined = it is none. */
export function pageOf(text: string, { origins }: SiteView): URL | undefined {
  if (!URL.canParse(text.trim())) return undefined;
  const url = new URL(text.trim());
  url.hash = "";
  return origins.includes(url.origin) ? url : undefined;
}

/** In a click: the tab is opened within it and sent on when the pass is there, or it would be held back. */
export async function begin(page: URL, settings: ShareSettings): Promise<void> {
  const tab = window.open("", "_blank");
  trouble.value = undefined;
  // It takes the place of the one before, of which no more is asked.
  id = undefined;
  asking.abort();
  try {
    const begun = await post<SharePreviewBegun>(`/sites/${site}/share-previews`, { settings });
    if (!tab) {
      trouble.value = t("preview_blocked");
      return;
    }
    tab.opener = null;
    tab.location.replace(`${page.href}${FRAGMENT}${begun.pass}`);
    clear();
    id = begun.id;
    told = JSON.stringify(settings);
    view.value = { turn: 0, stage: "waiting", seen: null, fault: null };
    void follow(begun.id);
  } catch (failure) {
    tab?.close();
    trouble.value = explained(asRefusal(failure));
  }
}

export async function change(settings: ShareSettings): Promise<void> {
  const now = JSON.stringify(settings);
  if (!id || now === told) return;
  told = now;
  behind.value = drawn.peek();
  try {
    await post(path(), { settings });
  } catch (failure) {
    const refusal = asRefusal(failure);
    if (refusal.code !== "not_found") trouble.value = explained(refusal);
  }
}

export function frame(): Element | undefined {
  return standing?.frame;
}

const path = () => `/sites/${site}/share-previews/${id}`;

async function follow(mine: string): Promise<void> {
  asking = new AbortController();
  const { signal: abort } = asking;
  // Counts once it is shown: what failed on its way is asked for again.
  let turn = 0;
  while (id === mine) {
    try {
      const next = await get<SharePreview>(`${path()}?turn=${turn}`, abort);
      if (id === mine && next.turn !== turn) await show(next, mine, abort);
      turn = next.turn;
    } catch (failure) {
      if (id !== mine) return;
      if (asRefusal(failure).code === "not_found") {
        id = undefined;
        view.value = { turn: 0, stage: "left", seen: null, fault: null };
        clear();
      } else await new Promise((again) => setTimeout(again, AGAIN_MS));
    }
  }
}

async function show(next: SharePreview, mine: string, abort: AbortSignal): Promise<void> {
  const before = view.peek();
  view.value = next;
  const { seen, fault, stage } = next;
  if (stage === "left" || fault || !seen || seen.page.rule === "off") {
    clear();
    return;
  }
  const answer = await fetch(apiAddress(`${path()}/picture`), {
    credentials: "same-origin",
    signal: abort,
  });
  if (answer.status !== 200 || id !== mine) return;
  const body = new Uint8Array(await answer.arrayBuffer());
  const events = await bodyOf({ kind: FULL, deflated: true, doc: 1, seq: next.turn, body });
  standing = await picture;
  if (id !== mine || !standing) return;
  drawn.value = await standing.draw(FULL, events);
  if (seen.version !== before?.seen?.version) behind.value = false;
  settle();
}

function settle(): void {
  for (const timer of settling) clearTimeout(timer);
  settling = SETTLES_MS.map((after) => setTimeout(measure, after));
}

function measure(): void {
  const top = standing?.frame?.contentDocument;
  const marks = view.peek()?.seen?.marks ?? [];
  if (!top) return;
  boxes.value = marks.flatMap(({ node, rank }) => {
    const element = standing?.element(node);
    if (!element) return [];
    const from = originOf(element, top);
    const { left, top: above, width, height } = element.getBoundingClientRect();
    return width && height ? [{ node, rank, x: left + from.x, y: above + from.y, width, height }] : [];
  });
}

function clear(): void {
  for (const timer of settling) clearTimeout(timer);
  standing?.clear();
  boxes.value = [];
  drawn.value = false;
  behind.value = false;
}

/** The replayer is most of this tab's weight, and the same as a shared page's. */
async function fetchPicture(host: HTMLElement): Promise<Picture> {
  const [{ Picture }, { clean }] = await Promise.all([import("../picture"), import("../clean")]);
  return new Picture({
    root: host,
    unshared: t("share_not_shared_frame"),
    clean,
    onSize: (width, height) => {
      size.value = { width, height };
    },
    onPointer: () => undefined,
    onBroken: () => {
      drawn.value = false;
    },
  });
}
