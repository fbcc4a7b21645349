/** What a share on this page is given, and how it takes what the server says of it. */
import type { Host } from "../page/contract";
import type { Kept } from "../page/kept";
import type { ShareEnd, ShareStage } from "../shared/protocol";
import type { Face, Over } from "./contract";

export interface ShareOptions {
  host: Host;
  face: Face;
  /** The share as this tab keeps it: there from the consent on. */
  store: Kept;
  token(): string | undefined;
  tab(): string;
  /** The chat's socket, where the share's own is gone. */
  stopByChat(share: string): void;
  ended(): void;
}

/** How the end that the server names is said to the visitor. */
export const OVER: Record<ShareEnd, Over> = {
  visitor_stopped: "stopped",
  agent_stopped: "agent",
  agent_gone: "agent",
  nobody_watched: "agent",
  page_off: "page_off",
  stop_covered: "covered",
  visitor_gone: "closed",
  idle: "closed",
  conversation_closed: "closed",
  transferred: "closed",
  unshowable: "closed",
};

/** Who drives by what the server has. */
export function grantOf(stage: ShareStage) {
  return stage.type === "in_control" || stage.type === "suspended"
    ? { agent: stage.agent.id, epoch: stage.epoch }
    : undefined;
}

/** Only to another page of this origin. */
export function goWithin(path: string): void {
  const url = new URL(path, location.href);
  if (path.startsWith("/") && url.origin === location.origin) location.assign(url);
}
