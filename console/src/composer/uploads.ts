/**
 * Files on their way into a conversation: sent to the server, then shared by a command.
 *
 * Kept outside the view: an upload is this tab's alone until its document exists.
 */
import { signal } from "@preact/signals";
import { asRefusal } from "../api";
import { say } from "../desk";
import { explained } from "../refusals";
import { type ConversationId, newId, type Uploaded } from "../shared";
import { announce } from "../ui/announcer";
import { upload, wasCancelled } from "../upload";
import { t } from "../words";

/** Files started at once from one drop. */
export const FILES_AT_ONCE_MAX = 10;

export interface Sending {
  id: string;
  conversation: ConversationId;
  file: File;
  /** 0 to 1. */
  share: number;
  fault?: string | undefined;
  cancel: () => void;
}

export const sendings = signal<readonly Sending[]>([]);

export function sendFiles(conversation: ConversationId, files: Iterable<File>): void {
  for (const file of [...files].slice(0, FILES_AT_ONCE_MAX)) start({ id: newId(), conversation, file });
}

export function sendAgain(sending: Sending): void {
  start(sending);
}

export function giveUp(sending: Sending): void {
  sending.cancel();
  forget(sending.id);
}

function start({ id, conversation, file }: Pick<Sending, "id" | "conversation" | "file">): void {
  const path = `/conversations/${conversation}/documents`;
  let quarter = 0;
  const { done, cancel } = upload<Uploaded>(path, file, (share) => {
    change(id, { share });
    const reached = Math.floor(share * 4);
    if (reached > quarter && reached < 4) {
      quarter = reached;
      announce(t("upload_reached", { name: file.name, percent: reached * 25 }));
    }
  });
  put({ id, conversation, file, share: 0, cancel });
  done.then(
    ({ document }) => {
      forget(id);
      say(conversation, { type: "share_document", document: document.id }, { document });
    },
    (failure) => {
      if (wasCancelled(failure)) return;
      change(id, { fault: explained(asRefusal(failure)) });
      announce(t("upload_failed", { name: file.name }));
    },
  );
}

function put(sending: Sending): void {
  sendings.value = [...sendings.peek().filter((one) => one.id !== sending.id), sending];
}

function change(id: string, parts: Partial<Sending>): void {
  sendings.value = sendings.peek().map((one) => (one.id === id ? { ...one, ...parts } : one));
}

function forget(id: string): void {
  sendings.value = sendings.peek().filter((one) => one.id !== id);
}
