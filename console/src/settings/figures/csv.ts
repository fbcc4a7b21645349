/** The figures as a file for a spreadsheet: a line a day, its heads never translated. Pure. */
import type { BotDay } from "../../shared";

const HEADS = [
  "day",
  "conversations",
  "bot_alone",
  "handed_off",
  "messages_left",
  "rated",
  "rating_mean",
] as const;

export function csvOf(days: readonly BotDay[]): string {
  const lines = days.map((day) =>
    [
      day.day,
      day.conversations,
      day.bot_alone,
      day.handed_off,
      day.messages_left,
      day.rated,
      meanOf(day)?.toFixed(2) ?? "",
    ].join(","),
  );
  return `${[HEADS.join(","), ...lines].join("\r\n")}\r\n`;
}

/** Of the ratings, 1 to 5; nothing where nobody rated. */
export function meanOf({ rated, rating_sum }: BotDay): number | undefined {
  return rated === 0 ? undefined : rating_sum / rated;
}
