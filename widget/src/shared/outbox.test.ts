/** Commands keep their order and their ids until they are answered. */
import { expect, test, vi } from "vitest";
import { newId } from "./id";
import { Outbox } from "./outbox";
import type { Refusal } from "./protocol";

function desk() {
  const wire: string[] = [];
  const line = { open: true };
  const outbox = new Outbox<string>({
    send: (entry) => line.open && wire.push(entry.command) > 0,
    onChange: () => {},
  });
  const say = (command: string, lane = "talk") => outbox.add({ id: command, lane, command });
  return { outbox, wire, line, say };
}

const refusal = (code: Refusal["code"], retry_ms?: number): Refusal => ({
  code,
  message: "",
  ...(retry_ms === undefined ? {} : { retry_ms }),
});

test("one lane sends the next command only after the answer to the last", () => {
  const { outbox, wire, say } = desk();
  say("a");
  say("b");
  expect(wire).toEqual(["a"]);
  outbox.acknowledge("a");
  expect(wire).toEqual(["a", "b"]);
});

test("lanes do not wait for each other", () => {
  const { wire, say } = desk();
  say("a", "one");
  say("b", "two");
  expect(wire).toEqual(["a", "b"]);
});

test("what was on the wire when it was cut goes again under the same id, in order", () => {
  const { outbox, wire, line, say } = desk();
  say("a");
  line.open = false;
  say("b");
  line.open = true;
  outbox.resend();
  outbox.acknowledge("a");
  outbox.acknowledge("a");
  expect(wire).toEqual(["a", "a", "b"]);
  outbox.acknowledge("b");
  expect(outbox.entries).toEqual([]);
});

test("a passing refusal is repeated by itself and nothing overtakes it", () => {
  vi.useFakeTimers();
  const { outbox, wire, say } = desk();
  say("a");
  say("b");
  outbox.refuse("a", refusal("too_fast", 900));
  expect(wire).toEqual(["a"]);
  vi.advanceTimersByTime(900);
  expect(wire).toEqual(["a", "a"]);
  vi.useRealTimers();
});

test("a lasting refusal keeps the entry as failed and lets the next one go", () => {
  const { outbox, wire, say } = desk();
  say("a");
  say("b");
  outbox.refuse("a", refusal("text_too_long"));
  expect(wire).toEqual(["a", "b"]);
  outbox.acknowledge("b");
  outbox.retry("a");
  expect(wire).toEqual(["a", "b", "a"]);
});

test("ids are UUIDs of version 7 and begin with their time", () => {
  const id = newId(0x0123456789ab);
  expect(id).toMatch(/^01234567-89ab-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(newId()).not.toBe(newId());
});
