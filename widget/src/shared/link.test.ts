/**
 * The socket client against a socket of paper: hello, chunks, beats, cuts, closing.
 *
 * @vitest-environment jsdom
 */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import {
  BACKOFF_MS_MAX,
  BACKOFF_MS_MIN,
  BACKOFF_WATCHED_MS_MAX,
  BEAT_AFTER_MS,
  BEAT_ANSWER_MS,
  backoffMs,
  Link,
  type LinkState,
} from "./link";

class FakeSocket {
  readyState = 1;
  sent: { type: string }[] = [];
  onopen: (() => void) | null = null;
  onmessage: ((message: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.readyState = 3;
  }
  says(frame: object) {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }
  types() {
    return this.sent.map((frame) => frame.type);
  }
}

function desk() {
  const sockets: FakeSocket[] = [];
  const states: LinkState[] = [];
  const heard: string[] = [];
  const link = new Link<{ type: string }, { type: string }>({
    url: "ws://chat.example/w/v1/socket",
    hello: () => ({ type: "hello" }),
    onFrame: (frame) => heard.push(frame.type),
    onState: (state) => states.push(state),
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    random: () => 0.5,
  });
  const last = () => sockets.at(-1) as FakeSocket;
  const welcomed = async () => {
    last().onopen?.();
    await vi.advanceTimersByTimeAsync(0);
    last().says({ type: "welcome" });
  };
  return { link, sockets, states, heard, last, welcomed };
}

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("it says hello, and nothing else before the welcome", async () => {
  const { link, last, states, welcomed } = desk();
  link.open();
  expect(link.send({ type: "typing" })).toBe(false);
  await welcomed();
  expect(link.send({ type: "typing" })).toBe(true);
  expect(last().types()).toEqual(["hello", "typing"]);
  expect(states).toEqual(["connecting", "open"]);
  link.close();
});

test("a chunk that says more is answered by asking for more", async () => {
  const { link, last, welcomed } = desk();
  link.open();
  await welcomed();
  last().says({ type: "events", conversation: "c", events: [], more: true, head: 9 });
  last().says({ type: "events", conversation: "c", events: [], more: false, head: 9 });
  expect(last().sent.slice(1)).toEqual([{ type: "more", conversation: "c" }]);
  link.close();
});

test("after a cut it comes back by itself, later each time, between half a second and thirty", async () => {
  const { link, sockets, states, last } = desk();
  link.open();
  last().onclose?.({ code: 1006 });
  expect(states.at(-1)).toBe("lost");
  await vi.advanceTimersByTimeAsync(BACKOFF_MS_MIN);
  expect(sockets.length).toBe(2);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    expect(backoffMs(attempt, false, () => 0)).toBe(BACKOFF_MS_MIN);
    expect(backoffMs(attempt, false, () => 1)).toBeLessThanOrEqual(BACKOFF_MS_MAX);
    expect(backoffMs(attempt, true, () => 1)).toBeLessThanOrEqual(BACKOFF_WATCHED_MS_MAX);
  }
  expect(backoffMs(20, false, () => 1)).toBe(BACKOFF_MS_MAX);
  link.close();
});

test("it comes back when the server said to, and not at all when it said nothing", async () => {
  const { link, sockets, states, last, welcomed } = desk();
  link.open();
  await welcomed();
  last().says({ type: "closing", reason: "restart", retry_ms: 3_000 });
  last().onclose?.({ code: 1012 });
  await vi.advanceTimersByTimeAsync(2_999);
  expect(sockets.length).toBe(1);
  await vi.advanceTimersByTimeAsync(1);
  expect(sockets.length).toBe(2);
  await welcomed();
  last().says({ type: "closing", reason: "other_tab" });
  last().onclose?.({ code: 4001 });
  expect(states.at(-1)).toBe("ended");
  await vi.advanceTimersByTimeAsync(60_000);
  expect(sockets.length).toBe(2);
  link.close();
});

test("after 20 s of silence it beats, and gives the socket up when nothing answers", async () => {
  const { link, last, states, welcomed } = desk();
  link.open();
  await welcomed();
  await vi.advanceTimersByTimeAsync(BEAT_AFTER_MS + 1_500);
  expect(last().types()).toEqual(["hello", "ping"]);
  last().says({ type: "pong" });
  await vi.advanceTimersByTimeAsync(BEAT_AFTER_MS + 1_500 + BEAT_ANSWER_MS + 1_500);
  expect(states).toContain("lost");
  link.close();
});

test("a page that is put away closes its socket and opens one when it is shown again", async () => {
  const { link, sockets, states, welcomed } = desk();
  link.open();
  await welcomed();
  window.dispatchEvent(new Event("pagehide"));
  expect([sockets[0]?.readyState, states.at(-1)]).toEqual([3, "lost"]);
  window.dispatchEvent(new Event("pageshow"));
  expect(sockets.length).toBe(2);
  link.close();
});

test("frames that are not JSON objects with a type are passed over", async () => {
  const { link, heard, last, welcomed } = desk();
  link.open();
  await welcomed();
  for (const data of ["", "null", "[]", "{", '"x"']) last().onmessage?.({ data });
  expect(heard).toEqual(["welcome"]);
  link.close();
});
