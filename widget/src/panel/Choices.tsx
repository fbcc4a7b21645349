/** The buttons of the bot's latest turn: replies that go once one is chosen, and links, which send nothing. */
import { Icon } from "../shared/icon";
import { external } from "../shared/icons-first";
import { LINK_REL, safeLink } from "../shared/links";
import type { BotTurn } from "../shared/protocol";
import { useAround } from "./around";

export function Choices({ turn, seq }: { turn: BotTurn; seq: number }) {
  const { chat } = useAround();
  const options = turn.asks?.kind.type === "choice" ? turn.asks.kind.options : [];
  const skip = turn.asks?.skip;
  if (!turn.buttons?.length && options.length === 0 && !skip) return null;
  return (
    <div class="choices">
      {(turn.buttons ?? []).map((button, index) => {
        const link = safeLink(button.url);
        if (button.url && !link) return null;
        return link ? (
          <a key={index} class="choice" href={link} rel={LINK_REL} target="_blank">
            {button.label} <Icon d={external} size={14} />
          </a>
        ) : (
          <Choice key={index} label={button.label} choose={() => chat.choose(seq, index, button.label)} />
        );
      })}
      {options.map((option) => (
        <Choice key={option} label={option} choose={() => chat.post(option)} />
      ))}
      {skip && <Choice label={skip} choose={() => chat.post(skip)} quiet />}
    </div>
  );
}

function Choice({ label, choose, quiet = false }: { label: string; choose(): void; quiet?: boolean }) {
  return (
    <button
      type="button"
      class={quiet ? "choice quiet" : "choice"}
      onClick={(event) => {
        // The button goes away: the composer takes the focus that it had.
        const root = event.currentTarget.getRootNode() as ShadowRoot;
        choose();
        root.querySelector<HTMLElement>("[data-composer]")?.focus({ preventScroll: true });
      }}
    >
      {label}
    </button>
  );
}
