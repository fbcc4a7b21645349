/** Who is signed in, and the chatbots they said they are on duty for. */
import { effect, signal } from "@preact/signals";
import { asRefusal, get, post, signedOutSeen } from "./api";
import { forgetDrafts } from "./composer/drafts";
import { choosePresence, goOnDuty, startDesk, stopDesk } from "./desk";
import { address, go, route } from "./router";
import type { Me, SiteId } from "./shared";
import { forgetAll, viewNow } from "./state/store";

/** `undefined` until the server was asked, `null` when nobody is signed in. */
export const me = signal<Me | null | undefined>(undefined);

/** Where somebody wanted to go before they had to sign in. */
let wanted: string | undefined;

const dutyKey = (who: Me) => `comptoir.duty.${who.id}`;

export async function loadSession(): Promise<void> {
  try {
    signedIn(await get<Me>("/session"));
  } catch (failure) {
    // Signed out while this tab slept: what it kept is not for whoever signs in next.
    if (asRefusal(failure).code === "not_signed_in") forgetDrafts();
    me.value = null;
  }
}

/** After sign-in, set-up and invitation alike. */
export function signedIn(who: Me): void {
  // An invitation may be opened where somebody else is signed in: nothing of theirs stays.
  const before = me.peek();
  if (before && before.id !== who.id) leave();
  me.value = who;
  startDesk(rememberedDuty(who));
}

export function arrive(who: Me): void {
  if (rememberedDuty(who) === undefined) {
    go({ name: "duty" }, "replace");
    return;
  }
  const target = wanted;
  wanted = undefined;
  go({ name: "inbox", tab: "waiting" }, "replace");
  if (target !== undefined) {
    history.replaceState(null, "", target);
    dispatchEvent(new PopStateEvent("popstate"));
  }
}

/** Chatbots chosen here before and still theirs; the only one needs no choice. */
export function rememberedDuty(who: Me): SiteId[] | undefined {
  const mine = who.sites.map((site) => site.id);
  const text = localStorage.getItem(dutyKey(who));
  if (text !== null) {
    const kept = text.split(",").filter((id) => mine.includes(id));
    if (kept.length > 0) return kept;
  }
  return mine.length === 1 ? mine : undefined;
}

export function rememberDuty(who: Me, sites: readonly SiteId[]): void {
  localStorage.setItem(dutyKey(who), sites.join(","));
  goOnDuty(sites);
  if (viewNow().presence === "away") choosePresence("available");
}

/** Bots, catalogs and sites change in the settings: what `me` says of them is read again. */
export async function refreshMe(): Promise<void> {
  try {
    me.value = await get<Me>("/session");
  } catch {
    // The next request that matters says what is wrong.
  }
}

export async function signOut(everywhere: boolean): Promise<void> {
  await post("/sign-out", { everywhere });
  leave();
  go({ name: "sign_in" }, "replace");
}

function leave(): void {
  stopDesk();
  forgetDrafts();
  forgetAll();
  me.value = null;
}

/** A session that ended elsewhere ends here too, and comes back to the same place. */
export function watchSession(): void {
  effect(() => {
    if (signedOutSeen.value === 0 || !me.peek()) return;
    const here = route.peek();
    wanted = address(here);
    leave();
    go({ name: "sign_in" }, "replace");
  });
}

export function comeBackTo(place: string): void {
  wanted = place;
}
