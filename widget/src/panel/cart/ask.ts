/** Requests to the store itself, from its own page and under its own session; never to Comptoir. */

const PATIENCE_MS = 10_000;

/** The store's answer; a refusal or a silence throws. */
export async function ask(url: string, init: RequestInit = {}): Promise<Response> {
  const answer = await fetch(url, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(`the store answered ${answer.status}`);
  return answer;
}

export async function askJson<Body>(url: string, init?: RequestInit): Promise<Body> {
  return (await ask(url, init)).json();
}

export function sending(body: unknown, headers: Record<string, string> = {}): RequestInit {
  const json = { "content-type": "application/json", accept: "application/json" };
  return { method: "POST", headers: { ...json, ...headers }, body: JSON.stringify(body) };
}
