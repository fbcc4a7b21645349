/**
 * Requests to our own server: JSON in, JSON out, and a refusal as the one kind of failure.
 *
 * What a refusal is called for people is refusals.ts; uploads with progress are upload.ts.
 */
import { signal } from "@preact/signals";
import type { Refusal } from "./shared";

const BASE = "/api/v1";

/** A request was refused, or never answered (`try_later`). */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
    this.name = "Refused";
  }
}

/** Raised by one each time the server says that nobody is signed in. */
export const signedOutSeen = signal(0);

export function get<Answer>(path: string, abort?: AbortSignal): Promise<Answer> {
  return ask<Answer>(path, abort ? { signal: abort } : {});
}

export function post<Answer>(path: string, body: unknown = {}): Promise<Answer> {
  return ask<Answer>(path, { method: "POST", ...json(body) });
}

export function patch<Answer>(path: string, body: unknown): Promise<Answer> {
  return ask<Answer>(path, { method: "PATCH", ...json(body) });
}

export function put<Answer = void>(path: string, body: unknown = {}): Promise<Answer> {
  return ask<Answer>(path, { method: "PUT", ...json(body) });
}

export function remove<Answer = void>(path: string): Promise<Answer> {
  return ask<Answer>(path, { method: "DELETE", ...json({}) });
}

/** An address of the API, for links and images. */
export function apiAddress(path: string): string {
  return BASE + path;
}

function json(body: unknown): RequestInit {
  return { headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

async function ask<Answer>(path: string, init: RequestInit): Promise<Answer> {
  let response: Response;
  try {
    response = await fetch(BASE + path, { credentials: "same-origin", ...init });
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === "AbortError") throw failure;
    throw new Refused(unanswered());
  }
  if (!response.ok) throw new Refused(await refusalOf(response));
  return (response.status === 204 ? undefined : await response.json()) as Answer;
}

async function refusalOf(response: Response): Promise<Refusal> {
  const refusal = parsedRefusal(await response.text(), response.status);
  if (refusal.code === "not_signed_in") signedOutSeen.value += 1;
  return refusal;
}

export function parsedRefusal(text: string, status: number): Refusal {
  try {
    const body: unknown = JSON.parse(text);
    if (typeof body === "object" && body !== null && "code" in body) return body as Refusal;
  } catch {
    // A proxy answered in place of our server: its page says nothing to us.
  }
  return { code: status >= 500 ? "try_later" : "fault", message: `The server answered with ${status}.` };
}

export function unanswered(): Refusal {
  return {
    code: "try_later",
    message: "The server did not answer.",
    hint: "Check the connection and try again.",
  };
}

/** For `catch` clauses: what was refused, or a fault of ours as one. */
export function asRefusal(failure: unknown): Refusal {
  if (failure instanceof Refused) return failure.refusal;
  return { code: "fault", message: failure instanceof Error ? failure.message : "Something went wrong." };
}
