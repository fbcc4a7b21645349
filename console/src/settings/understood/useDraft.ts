/**
 * A site's draft as these pages change it: by edits of its structure, each saved at once.
 *
 * The editor may be open beside: where the draft is newer than what was read, it is read again and the
 * edit made anew, so that nobody's work is written over.
 */
import { asRefusal, get, post, put } from "../../api";
import { refreshMe } from "../../session";
import type { BotDraftView, BotReport, SiteId } from "../../shared";
import { type Loaded, useLoaded } from "../useLoaded";
import type { Edit } from "./edits";

/** Another save may always come between; then somebody is typing, and the refusal is shown. */
const TRIES_MAX = 3;

/** The draft cannot be read as structure: it is mended in the editor first. */
export class Unreadable extends Error {}

export interface Draft extends Loaded<BotDraftView> {
  change: (edit: Edit) => Promise<BotDraftView>;
  publish: (note: string) => Promise<BotReport>;
}

export function useDraft(site: SiteId): Draft {
  const path = `/sites/${site}/bot/draft`;
  const loaded = useLoaded<BotDraftView>(path);
  const change = async (edit: Edit) => {
    let view = loaded.value ?? (await get<BotDraftView>(path));
    for (let tries = 1; ; tries++) {
      if (!view.definition) throw new Unreadable();
      try {
        const body = { revision: view.revision, definition: edit(view.definition) };
        const saved = await put<BotDraftView>(path, body);
        loaded.put(saved);
        return saved;
      } catch (failure) {
        if (tries === TRIES_MAX || !isStale(failure)) throw failure;
        view = await get<BotDraftView>(path);
      }
    }
  };
  const publish = async (note: string) => {
    const { revision } = loaded.value ?? (await get<BotDraftView>(path));
    const report = await post<BotReport>(`/sites/${site}/bot/publish`, { revision, note });
    loaded.put(await get<BotDraftView>(path));
    void refreshMe();
    return report;
  };
  return { ...loaded, change, publish };
}

function isStale(failure: unknown): boolean {
  const code: string = asRefusal(failure).code;
  return code === "stale_version";
}
