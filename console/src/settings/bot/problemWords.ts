/** A problem in the reader's language: what its code means, then exactly what the server found. */
import type { BotProblem } from "../../shared";
import { lang, t } from "../../words";

const CODES = [
  "E01",
  "E02",
  "E03",
  "E05",
  "E06",
  "E07",
  "E08",
  "E09",
  "E10",
  "E11",
  "E12",
  "E13",
  "E14",
  "E15",
  "W04",
  "W11",
  "W13",
  "W14",
  "W16",
  "W17",
  "W18",
] as const;

type Code = (typeof CODES)[number];

function isKnown(code: string): code is Code {
  return (CODES as readonly string[]).includes(code);
}

/** The server's sentence is English. */
export function problemWords({ code, message }: BotProblem): string {
  const exact = message.charAt(0).toLocaleUpperCase() + message.slice(1);
  if (lang.value === "en" || !isKnown(code)) return exact;
  return `${t(`bot_problem_${code}`)} (${message})`;
}
