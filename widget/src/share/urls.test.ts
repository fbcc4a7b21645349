/** Addresses that an agent is told. */
import { expect, test } from "vitest";
import { scrubUrl } from "./urls";

test.each([
  ["https://shop.example/a/b?q=cnry&page=2#cnry", "https://shop.example/a/b?q=&page="],
  ["https://user:cnry@shop.example/", "https://shop.example/"],
  ["https://shop.example/reset/9f8b2c3d4e5f60718293a4b5c6d7e8f9", "https://shop.example/reset/..."],
  ["https://shop.example/u/0b0f0e2c-7a57-4e39-9a0e-6a5b7d0c1a2b/x", "https://shop.example/u/.../x"],
  ["https://shop.example/u/marie@example.org", "https://shop.example/u/..."],
  ["https://shop.example/s/AbCdEfGhIjKlMnOp", "https://shop.example/s/..."],
  [
    "https://shop.example/fr/robe-longue-en-coton-bleu-2024",
    "https://shop.example/fr/robe-longue-en-coton-bleu-2024",
  ],
  ["https://shop.example/order/10002345", "https://shop.example/order/10002345"],
  ["https://shop.example/a?9f8b2c3d4e5f60718293=1", "https://shop.example/a?...="],
  ["javascript:alert(1)", ""],
  ["data:text/html,x", ""],
  ["not an address", ""],
])("%s", (url, scrubbed) => {
  expect(scrubUrl(url)).toBe(scrubbed);
});
