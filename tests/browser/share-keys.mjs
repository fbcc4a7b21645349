/**
 * How long a key typed in the chat waits for its paint while each forged recording arrives in the agent's
 * tab: printed, and never asserted, for a machine with nothing else to do.
 *
 * COMPTOIR_BINARY=… node tests/browser/share-keys.mjs
 */
import { FULL, forged, frame, honest, Told } from "./told.mjs";

const cleanups = [];
const t = { after: (clean) => cleanups.push(clean) };
const told = await Told.open(t, "en");
const composer = told.page.getByRole("textbox", { name: /^Reply to/ });
await composer.click();
await told.page.evaluate(() => {
  globalThis.painted = [];
  // From the key to the end of the first task after the frame that shows it.
  addEventListener(
    "keydown",
    ({ timeStamp }) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => globalThis.painted.push(performance.now() - timeStamp);
      requestAnimationFrame(() => port2.postMessage(0));
    },
    true,
  );
});

const waits = [];
let { doc } = told;
for (const { about, kind, events } of forged) {
  doc += 1;
  if (kind !== FULL) told.socket.send(frame(FULL, doc, 1, honest));
  told.socket.send(frame(kind, doc, kind === FULL ? 1 : 2, kind === FULL ? [honest[0], ...events] : events));
  await composer.press("x");
  await told.page.waitForFunction((many) => globalThis.painted.length === many, waits.length + 1);
  waits.push({ about, ms: await told.page.evaluate(() => globalThis.painted.at(-1)) });
}
waits.sort((a, b) => b.ms - a.ms);
const at = (part) => waits[Math.floor(waits.length * (1 - part))].ms.toFixed(1);
process.stdout.write(`${waits.length} events; key to paint p50 ${at(0.5)} ms, p95 ${at(0.95)} ms\n`);
for (const { about, ms } of waits.slice(0, 5)) process.stdout.write(`${ms.toFixed(1)} ms  ${about}\n`);
for (const clean of cleanups) await clean();
