/** What the bot said, with its buttons as the visitor saw them: here they do nothing. */
import { type BotTurn, Icon, icons, Text } from "../shared";
import { t } from "../words";

interface BotTurnProps {
  turn: BotTurn;
  chosen: number | undefined;
}

export function BotTurnLine({ turn, chosen }: BotTurnProps) {
  const buttons = turn.buttons ?? [];
  const form = turn.form ?? [];
  return (
    <>
      {turn.say.map((text, index) => (
        <div key={index} class="bubble bubble-bot said">
          <Text text={text} />
        </div>
      ))}
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
