/** What the talk assumes of the world outside: the time at the shop, who is there, the visitor's language. */
import { useId } from "preact/hooks";
import type { BotDefinition } from "../../../shared";
import { t } from "../../../words";
import { languageName } from "../../SiteFields";
import type { Circumstances as Around } from "./expect";
import { localTime, momentOf } from "./moments";

const AGENTS = [0, 1, 2] as const;

interface CircumstancesProps {
  definition: BotDefinition;
  around: Around;
  onChange: (parts: Partial<Around>) => void;
}

export function Circumstances({ definition, around, onChange }: CircumstancesProps) {
  const id = useId();
  const jump = (want: "open" | "closed") => onChange({ at: momentOf(definition, want, new Date()) ?? "" });
  return (
    <div class="try-around">
      <div class="try-time">
        <label class="field-label" for={`${id}-at`}>
          {t("try_time")}
        </label>
        <input
          id={`${id}-at`}
          type="datetime-local"
          class="input"
          value={around.at || localTime(new Date(), definition.timezone)}
          onChange={(event) => onChange({ at: event.currentTarget.value })}
        />
        <div class="button-row">
          <button
            type="button"
            class="button button-small button-toggle"
            aria-pressed={around.at === ""}
            onClick={() => onChange({ at: "" })}
          >
            {t("try_now")}
          </button>
          <button type="button" class="button button-small" onClick={() => jump("open")}>
            {t("try_open")}
          </button>
          <button
            type="button"
            class="button button-small"
            disabled={!definition.hours}
            title={definition.hours ? undefined : t("try_always_open")}
            onClick={() => jump("closed")}
          >
            {t("try_closed")}
          </button>
        </div>
      </div>
      <div class="field">
        <label class="field-label" for={`${id}-agents`}>
          {t("try_agents")}
        </label>
        <select
          id={`${id}-agents`}
          class="input"
          value={String(around.agents)}
          onChange={(event) => onChange({ agents: Number(event.currentTarget.value) })}
        >
          {AGENTS.map((count) => (
            <option key={count} value={String(count)}>
              {t("try_agents_count", { count })}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label class="field-label" for={`${id}-lang`}>
          {t("try_language")}
        </label>
        <select
          id={`${id}-lang`}
          class="input"
          value={around.lang}
          onChange={(event) => onChange({ lang: event.currentTarget.value })}
        >
          {definition.languages.filter(Boolean).map((code) => (
            <option key={code} value={code}>
              {languageName(code)}
            </option>
          ))}
        </select>
      </div>
    </div>
  );
}
