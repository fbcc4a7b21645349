/** What the bot said and found, with its buttons as the visitor saw them: here they do nothing. */
import { type ConversationRow, Icon, icons, Text } from "../shared";
import { t } from "../words";
import { type FoundLine, ShownFound } from "./Shown";

interface BotTurnProps {
  line: FoundLine;
  row: ConversationRow;
}

export function BotTurnLine({ line, row }: BotTurnProps) {
  const { turn, chosen } = line;
  const buttons = turn.buttons ?? [];
  const form = turn.form ?? [];
  return (
    <>
      {turn.say.map((text, index) => (
        <div key={index} class="bubble bubble-bot said">
          <Text text={text} />
        </div>
      ))}
      {turn.cards && <ShownFound cards={turn.cards} line={line} row={row} />}
      {buttons.length > 0 && (
        <ul class="offered" aria-label={t("bot_buttons")}>
          {buttons.map((button, index) => (
            <li key={button.label} class={index === chosen ? "offered-chosen" : ""}>
              {index === chosen && <Icon d={icons.check} size={14} label={t("chosen")} />}
              {button.label}
            </li>
          ))}
        </ul>
      )}
      {form.length > 0 && (
        <p class="bot-form">
          <Icon d={icons.list} size={14} />
          {t("bot_form", { fields: form.map((field) => field.label).join(", ") })}
        </p>
      )}
    </>
  );
}
