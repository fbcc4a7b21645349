/** The page after an order: what it would have been, and that it is a demonstration. */
import { linesOf } from "./cart.js";
import { readObject } from "./kept.js";
import { comesBetween, drawEnvelope, drawSummary, isAddressed } from "./order.js";
import { wayTo } from "./sums.js";

const placed = readObject("placed");
const isPlaced = isAddressed(placed) && !!placed.number;
document.querySelector("[data-placed]").hidden = !isPlaced;
document.querySelector("[data-not-placed]").hidden = isPlaced;
if (isPlaced) {
  const way = wayTo(placed.country, placed.way);
  document.querySelector("[data-number]").textContent = placed.number;
  const days = document.querySelector("[data-days]");
  days.textContent = comesBetween(days.dataset.days, way, placed.notBefore);
  drawEnvelope(document.querySelector("[data-envelope]"), placed);
  const lines = await linesOf(new Map(Object.entries(placed.lines ?? {})));
  drawSummary(document.querySelector("[data-summary]"), lines, way);
}
