/** How people and rows are called on the screen. */
import type { AgentId, ConversationRow, LastLine, VisitorName } from "./shared";
import { t } from "./words";

export function visitorName(name: VisitorName): string {
  switch (name.type) {
    case "given":
      return name.name;
    case "unnamed":
      return t("visitor_unnamed", { tag: name.tag });
  }
}

export function rowName(row: ConversationRow): string {
  return visitorName(row.visitor_name);
}

/** The last thing said as one line of text; `me` is the reader. */
export function lastLine({ last, in_charge }: ConversationRow, me: AgentId | undefined): string {
  const text = whatWasSaid(last);
  switch (last.from) {
    case "visitor":
      return text;
    case "bot":
      return t("said_by_bot", { text });
    case "agent":
      if (!in_charge) return t("said_by_agent", { text });
      return in_charge.id === me
        ? t("said_by_me", { text })
        : t("said_by_colleague", { name: in_charge.first_name, text });
  }
}

function whatWasSaid({ what, text }: LastLine): string {
  switch (what) {
    case "text":
      return text === "" ? t("conversation_begun") : text;
    case "document":
      return t("line_document", { name: text });
    case "product":
      return t("line_product", { title: text });
  }
}

/** `https://shop.example/desks/oak-120` as `/desks/oak-120`. */
export function pathOf(url: string): string {
  if (!URL.canParse(url)) return url;
  const { pathname, search } = new URL(url);
  return pathname + search;
}
