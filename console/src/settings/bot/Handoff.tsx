/** When and how a person is fetched, and what is asked of whoever leaves a message while nobody is there. */
import { useEffect, useId, useState } from "preact/hooks";
import { t } from "../../words";
import { Asked } from "./Asked";
import { builtIn } from "./builtin";
import { NumberLine, Pick, Tick } from "./Controls";
import { useEditing } from "./editing";
import { newLeaveMessage } from "./fresh";
import { TargetPick } from "./LeadsTo";
import { SaidAt, SaidOf } from "./Said";
import { WordsField } from "./WordsField";

const MISSES_MAX = 5;
/** What the server takes where nothing is written. */
const MISSES_USUAL = 2;

export function Handoff() {
  const { definition, edit } = useEditing();
  const { handoff } = definition;
  const set = (key: string, value: unknown) => edit({ type: "set", at: `/handoff/${key}`, value });
  return (
    <section class="panel-card" aria-labelledby="bot-handoff">
      <h2 id="bot-handoff">{t("bot_handoff")}</h2>
      <p class="quiet">{t("bot_handoff_text")}</p>
      <SaidOf at="/handoff" />
      <div class="two">
        <WordsField
          at="/handoff/label"
          label={t("bot_handoff_label")}
          words={handoff.label}
          maxLength={40}
          otherwise="handoff_label"
        />
        <Pick
          at="/handoff/after_unknown"
          label={t("bot_after_unknown")}
          value={String(handoff.after_unknown ?? MISSES_USUAL)}
          choices={Array.from({ length: MISSES_MAX + 1 }, (_, count) => ({
            value: String(count),
            words: count === 0 ? t("bot_after_never") : t("bot_after_misses", { count }),
          }))}
          onValue={(value) => set("after_unknown", Number(value))}
        />
      </div>
      <WordsField
        at="/handoff/offer"
        label={t("bot_offer")}
        words={handoff.offer}
        rows={2}
        otherwise="offer"
      />
      <Keywords />
      <Asked at="/handoff/ask_before" label={t("bot_ask_before")} chosen={handoff.ask_before} />
      <div class="two">
        <Pick
          at="/handoff/needs"
          label={t("bot_needs")}
          value={handoff.needs ?? "online"}
          choices={[
            { value: "online", words: t("bot_needs_online") },
            { value: "free", words: t("bot_needs_free") },
          ]}
          onValue={(value) => set("needs", value === "online" ? undefined : value)}
        />
        <Pick
          at="/handoff/when_nobody"
          label={t("bot_when_nobody")}
          value={handoff.when_nobody ?? "message"}
          choices={[
            { value: "message", words: t("bot_when_nobody_message") },
            { value: "hide", words: t("bot_when_nobody_hide") },
          ]}
          onValue={(value) => set("when_nobody", value === "message" ? undefined : value)}
        />
      </div>
      <WordsField
        at="/handoff/waiting"
        label={t("bot_waiting")}
        words={handoff.waiting}
        rows={2}
        otherwise="waiting"
        hint={t("bot_waiting_hint")}
      />
      <div class="two">
        <NumberLine
          at="/handoff/wait_seconds"
          label={t("bot_wait_seconds")}
          value={handoff.wait_seconds}
          placeholder="120"
        />
        <TargetPick
          at="/handoff/on_wait_too_long"
          label={t("bot_on_wait")}
          value={handoff.on_wait_too_long ?? "@leave_message"}
          but="@handoff"
        />
      </div>
      <WordsField
        at="/handoff/still_waiting"
        label={t("bot_still_waiting")}
        words={handoff.still_waiting}
        rows={2}
        otherwise="still_waiting"
      />
    </section>
  );
}

/** One a line. */
function Keywords() {
  const { definition, lang, edit } = useEditing();
  const id = useId();
  const at = `/handoff/keywords/${lang}`;
  const kept = (definition.handoff.keywords[lang] ?? []).join("\n");
  const [typed, setTyped] = useState(kept);
  useEffect(() => {
    if (linesOf(typed).join("\n") !== kept) setTyped(kept);
  }, [kept]);
  return (
    <div class="field">
      <label class="field-label" for={id}>
        {t("bot_keywords")}
      </label>
      <textarea
        id={id}
        data-at="/handoff/keywords"
        class="input"
        rows={3}
        lang={lang}
        value={typed}
        placeholder={builtIn("keywords", lang).split("\n").join(", ")}
        aria-describedby={`${id}-hint`}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          const lines = linesOf(event.currentTarget.value);
          edit({ type: "set", at, value: lines.length > 0 ? lines : undefined });
        }}
      />
      <p id={`${id}-hint`} class="field-hint">
        {t("bot_keywords_hint")}
      </p>
      <SaidAt at="/handoff/keywords" />
    </div>
  );
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

export function LeaveMessage() {
  const { definition, edit } = useEditing();
  const leave = definition.leave_message;
  const addresses = definition.fields.filter((field) => field.kind === "email" || field.kind === "phone");
  return (
    <section class="panel-card" aria-labelledby="bot-leave">
      <h2 id="bot-leave">{t("bot_leave")}</h2>
      <p class="quiet">{t("bot_leave_text")}</p>
      <Tick
        at="/leave_message"
        checked={leave !== undefined}
        onChecked={(on) =>
          edit({
            type: "set",
            at: "/leave_message",
            value: on ? newLeaveMessage(addresses.slice(0, 1).map((field) => field.id)) : undefined,
          })
        }
      >
        {t("bot_leave_on")}
      </Tick>
      <SaidOf at="/leave_message" />
      {leave && (
        <>
          <Asked
            at="/leave_message/collect"
            label={t("bot_leave_collect")}
            chosen={leave.collect}
            hint={t("bot_leave_collect_hint")}
          />
          <WordsField
            at="/leave_message/say"
            label={t("bot_leave_say")}
            words={leave.say}
            rows={2}
            otherwise="leave_say_closed"
            hint={t("bot_leave_say_hint")}
          />
          <WordsField
            at="/leave_message/done"
            label={t("bot_leave_done")}
            words={leave.done}
            rows={2}
            otherwise="leave_done"
          />
          <WordsField
            at="/leave_message/label"
            label={t("bot_leave_label")}
            words={leave.label}
            maxLength={40}
            otherwise="leave_label"
          />
        </>
      )}
    </section>
  );
}
