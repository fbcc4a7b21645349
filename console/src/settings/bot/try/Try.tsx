/**
 * "Try it": the talk that a visitor would have with the draft as it is on the screen. Beside the editor
 * where there is room, else a sheet over it.
 */
import "../../../style/try.css";
import "../../../../../widget/src/shared/card.css";
import { useEffect, useRef, useState } from "preact/hooks";
import {
  type BotDefinition,
  accent as colours,
  Icon,
  icons,
  type SiteId,
  type SiteView,
  type TestDefinition,
} from "../../../shared";
import { Menu, MenuItem } from "../../../ui/Menu";
import { toast } from "../../../ui/toasts";
import { t } from "../../../words";
import { useLoaded } from "../../useLoaded";
import { Circumstances } from "./Circumstances";
import { testOf } from "./expect";
import { TalkLog } from "./Talk";
import { TestDialog } from "./TestDialog";
import { INPUTS_MAX, type PreviewDraft, type Talk, useTalk } from "./usePreview";

export interface TryProps {
  site: SiteId;
  /** The draft as it is on the screen: the same object while nothing was changed. */
  draft: PreviewDraft;
  /** Adds a test to the draft. */
  onTest: (test: TestDefinition) => void;
}

/** From here on there is room beside the editor. */
const BESIDE = "(min-width: 1180px)";

export function Try({ site, draft, onTest }: TryProps) {
  const definition = useLastDefinition(draft);
  const talk = useTalk(site, draft, definition?.languages[0] ?? "fr");
  const beside = useMedia(BESIDE);
  const [open, setOpen] = useState(false);
  const [kept, setKept] = useState<TestDefinition>();
  const view = useLoaded<SiteView>(`/sites/${site}`);
  const look = accentStyle(view.value?.accent);
  const keep = (answer: number) => {
    if (!definition || !talk.answered) return;
    const { preview, inputs } = talk.answered;
    const made = testOf(definition, preview, inputs, answer, talk.around);
    if (made) setKept(made);
  };
  const panel = (
    <Panel
      talk={talk}
      definition={definition}
      look={look}
      onKeep={keep}
      {...(beside ? {} : { onClose: () => setOpen(false) })}
    />
  );
  return (
    <>
      {beside ? (
        <aside class="try" aria-label={t("try_title")}>
          {panel}
        </aside>
      ) : (
        <>
          <button type="button" class="button button-primary try-opener" onClick={() => setOpen(true)}>
            <Icon d={icons.message} size={18} />
            {t("try_title")}
          </button>
          {open && <Sheet onClose={() => setOpen(false)}>{panel}</Sheet>}
        </>
      )}
      {kept && definition && (
        <TestDialog
          definition={definition}
          test={kept}
          onSave={async (made) => {
            onTest(withoutFirst(made, definition));
            setKept(undefined);
            toast(t("try_kept"), { kind: "good" });
            return undefined;
          }}
          onClose={() => setKept(undefined)}
        />
      )}
    </>
  );
}

/** The bot's first language is meant where a test names none. */
function withoutFirst({ lang, ...rest }: TestDefinition, definition: BotDefinition): TestDefinition {
  return lang === undefined || lang === definition.languages[0] ? rest : { ...rest, lang };
}

/** While the text cannot be read as structure, hours and languages are those that it had. */
function useLastDefinition(draft: PreviewDraft): BotDefinition | undefined {
  const last = useRef<BotDefinition>();
  if ("definition" in draft) last.current = draft.definition;
  return last.current;
}

interface PanelProps {
  talk: Talk;
  definition: BotDefinition | undefined;
  look: Record<string, string>;
  onKeep: (answer: number) => void;
  onClose?: () => void;
}

function Panel({ talk, definition, look, onKeep, onClose }: PanelProps) {
  return (
    <>
      <header class="try-head">
        <h2>{t("try_title")}</h2>
        <button type="button" class="button button-small" onClick={talk.restart}>
          <Icon d={icons.retry} size={16} />
          {t("try_restart")}
        </button>
        {onClose && (
          <button type="button" class="icon-button" aria-label={t("try_close")} onClick={onClose}>
            <Icon d={icons.close} />
          </button>
        )}
      </header>
      {definition && (
        <details class="try-settings" open={!onClose}>
          <summary>{t("try_settings")}</summary>
          <Circumstances definition={definition} around={talk.around} onChange={talk.change} />
        </details>
      )}
      <State talk={talk} />
      <div class="try-talk" style={look}>
        <TalkLog talk={talk} definition={definition} onTest={onKeep} />
        <Composer talk={talk} />
      </div>
    </>
  );
}

function State({ talk }: { talk: Talk }) {
  return (
    <div class="try-state" role="status">
      {talk.broken > 0 && (
        <p class="callout">{t(talk.answered ? "try_broken" : "try_broken_first", { count: talk.broken })}</p>
      )}
      {talk.fault && (
        <p class="callout">
          {talk.fault}{" "}
          <button type="button" class="link-button" onClick={talk.again}>
            {t("retry")}
          </button>
        </p>
      )}
    </div>
  );
}

function Composer({ talk }: { talk: Talk }) {
  const [text, setText] = useState("");
  const full = talk.inputs.length >= INPUTS_MAX;
  const send = (event: Event) => {
    event.preventDefault();
    if (text.trim() === "" || full) return;
    talk.say({ type: "text", text });
    setText("");
  };
  return (
    <form class="try-composer" onSubmit={send}>
      {full && <p class="quiet">{t("try_full", { most: INPUTS_MAX })}</p>}
      <input
        class="input"
        data-try-composer
        aria-label={t("try_write")}
        placeholder={t("try_write")}
        value={text}
        maxLength={4_000}
        autocomplete="off"
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <button type="submit" class="icon-button try-send" aria-label={t("try_send")} disabled={full}>
        <Icon d={icons.send} />
      </button>
      <Menu
        face={<Icon d={icons.more} label={t("try_more")} />}
        label={t("try_more")}
        buttonClass="icon-button"
      >
        <MenuItem onChoose={() => talk.say({ type: "document" })}>{t("try_do_document")}</MenuItem>
        <MenuItem onChoose={() => talk.say({ type: "waited_too_long" })}>
          {t("try_do_waited_too_long")}
        </MenuItem>
        <MenuItem onChoose={() => talk.say({ type: "nobody_left" })}>{t("try_do_nobody_left")}</MenuItem>
      </Menu>
    </form>
  );
}

function Sheet({ onClose, children }: { onClose: () => void; children: preact.ComponentChildren }) {
  const sheet = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const shown = sheet.current;
    shown?.showModal();
    return () => shown?.close();
  }, []);
  return (
    <dialog ref={sheet} class="try try-sheet" aria-label={t("try_title")} onClose={onClose}>
      {children}
    </dialog>
  );
}

function useMedia(query: string): boolean {
  const [matches, setMatches] = useState(() => matchMedia(query).matches);
  useEffect(() => {
    const list = matchMedia(query);
    const look = () => setMatches(list.matches);
    list.addEventListener("change", look);
    return () => list.removeEventListener("change", look);
  }, [query]);
  return matches;
}

/** The shop's colour, made readable as in the widget. */
function accentStyle(accent: string | undefined): Record<string, string> {
  const rgb = colours.rgbOf(accent ?? "");
  if (!rgb) return {};
  const light = colours.accentTokens(rgb, "light");
  const dark = colours.accentTokens(rgb, "dark");
  const both = (name: keyof typeof light) => `light-dark(rgb(${light[name]}), rgb(${dark[name]}))`;
  return {
    "--accent": both("accent"),
    "--on-accent": both("onAccent"),
    "--accent-soft": both("soft"),
    "--on-accent-soft": both("onSoft"),
    "--accent-strong": both("strong"),
  };
}
