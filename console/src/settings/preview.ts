/**
 * The way between a site's settings and the preview of its masks, which stands in a document of its own:
 * the draft goes along in the fragment, what is saved there comes back on a channel of this browser.
 */
import type { ShareSettings, SiteId, SiteView } from "../shared";
import { type SharingDraft, settingsOf, sharingDraftOf } from "./sharingDraft";

const CHANNEL = "comptoir:sharing-saved";

export function previewOf(site: SiteId, draft: SharingDraft): string {
  const settings = encodeURIComponent(JSON.stringify(settingsOf(draft)));
  return `/shared/preview/${encodeURIComponent(site)}#${settings}`;
}

/** What was not saved yet; undefined = the address says nothing that could be read. */
export function draftIn(fragment: string): SharingDraft | undefined {
  try {
    return sharingDraftOf(JSON.parse(decodeURIComponent(fragment.replace(/^#/, ""))) as ShareSettings);
  } catch {
    return undefined;
  }
}

export function tellSaved(site: SiteView): void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage(site);
  channel.close();
}

/** Until the returned function is called. */
export function hearSaved(heard: (site: SiteView) => void): () => void {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }: MessageEvent<SiteView>) => heard(data);
  return () => channel.close();
}
