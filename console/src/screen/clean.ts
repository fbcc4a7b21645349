/**
 * What of a stranger's frame may be shown, complete: the sanitiser's events with the style sheets that
 * they name by hash, as text. A sheet that does not come in time is left out.
 */
import type { eventWithTime } from "@rrweb/types";
import { Sanitiser, sheetOf } from "./sanitise";
import { FULL, type Kind } from "./wire";

/** The visitor's browser sends a sheet after its name: it may be a moment behind. */
const LOOKS_MAX = 12;
const LOOK_AGAIN_MS = 150;
const SHEETS_KEPT_MAX = 64;

const sheets = new Map<string, Promise<string>>();
let sanitiser = new Sanitiser();

export async function clean(kind: Kind, body: unknown): Promise<readonly eventWithTime[] | undefined> {
  if (kind === FULL) sanitiser = new Sanitiser();
  const told = sanitiser.events(body);
  if (!told) return undefined;
  await Promise.all(
    told.wanted.map(async ({ attributes, address }) => {
      const text = await sheet(address);
      if (text) attributes["_cssText"] = text;
    }),
  );
  return told.events as unknown as eventWithTime[];
}

function sheet(address: string): Promise<string> {
  const known = sheets.get(address);
  if (known) return known;
  const text = read(address);
  sheets.set(address, text);
  const [oldest] = sheets.keys();
  if (sheets.size > SHEETS_KEPT_MAX && oldest) sheets.delete(oldest);
  void text.then((read) => read || sheets.delete(address));
  return text;
}

async function read(address: string): Promise<string> {
  for (let look = 0; look < LOOKS_MAX; look++) {
    if (look) await new Promise((again) => setTimeout(again, LOOK_AGAIN_MS));
    try {
      const answer = await fetch(address, { credentials: "same-origin" });
      if (answer.ok) return sheetOf(await answer.text());
      if (answer.status !== 404) return "";
    } catch {
      return "";
    }
  }
  return "";
}
