/**
 * Files on their way: checked, sent with progress, cancelled or tried again.
 *
 * A file needs a conversation to go to; getting one and sharing the uploaded
 * document afterwards are chat.ts's. Only one travels at a time.
 */
import { newId } from "../shared/id";
import type { ConversationId, DocumentRef, RefusalCode, Uploaded } from "../shared/protocol";
import { fault, type Http } from "./http";

/** Waiting or travelling at once; the next one is told so, those after it are not taken. */
export const UPLOADS_MAX = 10;

export interface UploadRow {
  id: string;
  name: string;
  bytes: number;
  /** From 0 to 1. */
  part: number;
  failed?: RefusalCode | "file_empty" | "too_many_files";
}

interface Job {
  row: UploadRow;
  file: File;
}

interface Upload {
  done: Promise<Uploaded>;
  cancel(): void;
}

interface UploadsOptions {
  http: Http;
  bytesMax: number;
  /** The open conversation, begun for this if need be; undefined = not yet, `resume` comes. */
  conversation(): ConversationId | undefined;
  shared(document: DocumentRef): void;
  changed(rows: readonly UploadRow[]): void;
}

export class Uploads {
  #options: UploadsOptions;
  #jobs: Job[] = [];
  #travelling: { id: string; upload: Upload } | undefined;

  constructor(options: UploadsOptions) {
    this.#options = options;
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      const full = this.#jobs.filter((job) => !job.row.failed).length >= UPLOADS_MAX;
      const row: UploadRow = { id: newId(), name: file.name, bytes: file.size, part: 0 };
      if (file.size > this.#options.bytesMax) row.failed = "file_too_large";
      if (file.size === 0) row.failed = "file_empty";
      if (full) row.failed = "too_many_files";
      this.#jobs.push({ row, file });
      if (full) break;
    }
    this.#changed();
    this.resume();
  }

  cancel(id: string): void {
    if (this.#travelling?.id === id) {
      this.#travelling.upload.cancel();
      this.#travelling = undefined;
    }
    this.#jobs = this.#jobs.filter((job) => job.row.id !== id);
    this.#changed();
    this.resume();
  }

  retry(id: string): void {
    this.#edit(id, ({ failed: _, ...row }) => ({ ...row, part: 0 }));
    this.resume();
  }

  /** Sends the next one, if none travels and there is a conversation. */
  resume(): void {
    if (this.#travelling) return;
    const job = this.#jobs.find(({ row }) => !row.failed);
    const conversation = job && this.#options.conversation();
    if (job && conversation) void this.#send(job, conversation);
  }

  async #send({ row: { id }, file }: Job, conversation: ConversationId): Promise<void> {
    const upload = send(this.#options.http, conversation, file, (part) =>
      this.#edit(id, (row) => ({ ...row, part })),
    );
    this.#travelling = { id, upload };
    try {
      const { document } = await upload.done;
      if (this.#travelling?.upload !== upload) return;
      this.#jobs = this.#jobs.filter((job) => job.row.id !== id);
      this.#options.shared(document);
    } catch (refusal) {
      if (this.#travelling?.upload !== upload) return;
      this.#edit(id, (row) => ({ ...row, failed: (refusal as { code: RefusalCode }).code }));
    }
    this.#travelling = undefined;
    this.#changed();
    this.resume();
  }

  #edit(id: string, change: (row: UploadRow) => UploadRow): void {
    this.#jobs = this.#jobs.map((job) => (job.row.id === id ? { ...job, row: change(job.row) } : job));
    this.#changed();
  }

  #changed(): void {
    this.#options.changed(this.#jobs.map((job) => job.row));
  }
}

/** Sends a file's bytes by XMLHttpRequest: fetch cannot tell how far it got. */
function send(
  http: Http,
  conversation: ConversationId,
  file: File,
  progress: (part: number) => void,
): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<Uploaded>((resolve, reject) => {
    request.open("POST", `${http.base}/conversations/${conversation}/documents`);
    request.responseType = "json";
    request.setRequestHeader("authorization", http.authorization);
    request.setRequestHeader("x-comptoir-upload", "1");
    request.setRequestHeader("x-comptoir-name", encodeURIComponent(file.name.toWellFormed()));
    request.setRequestHeader("content-type", file.type || "application/octet-stream");
    request.upload.onprogress = (event) => progress(event.lengthComputable ? event.loaded / event.total : 0);
    request.onload = () =>
      request.status < 300 ? resolve(request.response) : reject(fault(request.response));
    request.onerror = request.onabort = () => reject(fault(undefined));
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}
