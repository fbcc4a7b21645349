/**
 * Figures with their goals: a table for people, JSON for machines. What is measured is the measures'.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { dirname } from "node:path";

/** The value below which that share of the samples lies. */
export function percentile(samples, share) {
  if (!samples.length) return Number.NaN;
  const sorted = [...samples].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

export const median = (samples) => {
  const sorted = [...samples].sort((one, other) => one - other);
  const half = sorted.length / 2;
  return sorted.length % 2 ? sorted[Math.floor(half)] : (sorted[half - 1] + sorted[half]) / 2;
};

/** Three significant digits are more than such figures are good for. */
export function short(value) {
  if (!Number.isFinite(value)) return "–";
  const size = Math.abs(value);
  return value.toFixed(size >= 100 || size === 0 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3);
}

export class Figures {
  #all = [];

  /** `most` or `least` is the goal; neither: told for the record. `note` says from what. */
  add(name, value, unit, { most, least, note = "" } = {}) {
    const met =
      most === undefined && least === undefined
        ? undefined
        : Number.isFinite(value) && (most === undefined ? value >= least : value <= most);
    this.#all.push({ name, value, unit, most, least, met, note, load: loadavg()[0] });
    // Seen at once, since a whole run takes minutes; the table comes at the end.
    process.stderr.write(`${this.#line(this.#all.at(-1))}\n`);
  }

  /** What could not be measured counts as missed, and says why. */
  failed(name, error) {
    process.stderr.write(`${error?.stack ?? error}\n`);
    const note = String(error?.message ?? error).split("\n")[0];
    this.#all.push({ name, value: Number.NaN, unit: "", met: false, note, load: loadavg()[0] });
  }

  #line({ name, value, unit, most, least, met, note, load }) {
    const goal = most !== undefined ? `≤ ${short(most)}` : least !== undefined ? `≥ ${short(least)}` : "";
    const mark = met === undefined ? "" : met ? "met" : "MISSED";
    const cells = [name.padEnd(58), short(value).padStart(7), unit.padEnd(5), goal.padEnd(8), mark.padEnd(6)];
    return `${cells.join(" ")} ${load.toFixed(1).padStart(4)}  ${note}`.trimEnd();
  }

  table() {
    const judged = this.#all.filter(({ met }) => met !== undefined);
    const met = judged.filter((one) => one.met).length;
    const head = `${"measure".padEnd(58)} ${"".padStart(7)} ${"".padEnd(5)} ${"goal".padEnd(8)} ${"".padEnd(6)} load`;
    const foot = `${met} goals met, ${judged.length - met} missed; ${cpus().length} processors`;
    return [head, ...this.#all.map((one) => this.#line(one)), foot].join("\n");
  }

  json(more = {}) {
    const figures = this.#all.map((one) => ({
      ...one,
      value: Number.isFinite(one.value) ? one.value : null,
    }));
    return JSON.stringify({ processors: cpus().length, ...more, figures }, undefined, 1);
  }

  async write(path, more) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, `${this.json(more)}\n`);
  }
}
