/** The bot's editor: a bar, tabs of forms over one draft, what the check found, and the talk beside. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { get } from "../../api";
import { address } from "../../router";
import { refreshMe } from "../../session";
import {
  type BotDefinition,
  type BotDraftView,
  type BotProblem,
  type FaqUsage,
  Icon,
  icons,
  type SiteId,
  type TestDefinition,
} from "../../shared";
import { announce } from "../../ui/announcer";
import { Dialog } from "../../ui/Dialog";
import { Spinner } from "../../ui/pieces";
import { toast } from "../../ui/toasts";
import { t } from "../../words";
import { Title } from "../area";
import { Bar } from "./Bar";
import { Begin } from "./Begin";
import { type Editing, EditingContext } from "./editing";
import { Faq } from "./Faq";
import { Fields } from "./Fields";
import { hasComments, keep } from "./files";
import { countedBy, languageOf, TABS, type Tab, tabOf } from "./found";
import { emptyBot } from "./fresh";
import { Hours } from "./Hours";
import { Messages } from "./Messages";
import { placeName } from "./names";
import { Problems, Sum } from "./Problems";
import { PublishDialog } from "./PublishDialog";
import { keysOf, outwards } from "./pointer";
import { StaleDialog } from "./StaleDialog";
import { Steps } from "./Steps";
import { Tabs } from "./Tabs";
import { Tests } from "./Tests";
import { Toml } from "./Toml";
import { TryIt } from "./try/TryIt";
import type { PreviewDraft } from "./try/usePreview";
import { type Desk, useDesk } from "./useDesk";

/** Stands in while the text cannot be read; no form shows it. */
const NOTHING = emptyBot("en", "", { name: "", welcome: "", advisor: "", email_ask: "", email: "" });

export function Editor({ site, first }: { site: SiteId; first: BotDraftView }) {
  const desk = useDesk(site, first);
  const { definition, view } = desk;
  const editing = useForms(site, desk);
  const [tab, setTab] = useTab();
  const [dialog, setDialog] = useState<"publish" | "begin">();
  const [staleShut, setStaleShut] = useState(false);
  useEffect(() => setStaleShut(false), [desk.save.type]);
  useUndoKeys(desk);
  const shown: Tab = definition ? tab : "toml";
  const goTo = (pointer: string) => {
    setTab(tabOf({ pointer }));
    editing.goTo(pointer);
  };
  const all: Editing = { ...editing, goTo };
  const onGo = (problem: BotProblem) => goTo(problem.pointer);
  const placeOf = (problem: BotProblem) =>
    placeName(definition ?? NOTHING, problem.pointer, editing.lang) || t("bot_line", { line: problem.line });
  const counts = useMemo(() => countedBy(view.report.problems, tabOf), [view.report]);
  const draft: PreviewDraft = desk.isReading || !definition ? { toml: desk.toml } : { definition };
  const addTest = (test: TestDefinition) =>
    desk.edit({ type: "insert", at: "/tests", place: definition?.tests.length ?? 0, value: test });
  const published = (version: number) => {
    setDialog(undefined);
    toast(t("bot_published", { version }), { kind: "good" });
    void desk.look();
    void refreshMe();
  };
  return (
    <EditingContext.Provider value={all}>
      <div class="title-row">
        <Title under={<Live view={view} isSaved={desk.save.type === "saved"} />}>{t("bot")}</Title>
        {view.published > 0 && (
          <a class="button" href={address({ name: "bot_versions", site })}>
            <Icon d={icons.history} size={18} />
            {t("bot_versions")}
          </a>
        )}
      </div>
      <div class="bot-desk">
        <div class="bot-work">
          <Bar
            desk={desk}
            onLang={editing.setLang}
            onStale={() => setStaleShut(false)}
            onPublish={() => {
              void desk.flush();
              setDialog("publish");
            }}
          />
          <Found desk={desk} placeOf={placeOf} onGo={onGo} />
          <Tabs open={shown} onOpen={setTab} counts={counts} only={definition ? undefined : "toml"} />
          <div id="bot-panel" role="tabpanel" aria-labelledby={`bot-tab-${shown}`} class="bot-panel">
            {shown !== "toml" && hasComments(desk.toml) && <Comments toml={desk.toml} />}
            {shown === "toml" ? (
              <Toml
                toml={desk.toml}
                report={view.report}
                checking={desk.isReading}
                onToml={desk.write}
                onTemplate={() => void desk.flush().then(() => setDialog("begin"))}
              />
            ) : desk.isReading ? (
              <Spinner label={t("bot_checking")} />
            ) : (
              <Forms tab={shown} />
            )}
          </div>
        </div>
        <TryIt site={site} draft={draft} onTest={addTest} />
      </div>
      {dialog === "publish" && (
        <PublishDialog
          site={site}
          desk={desk}
          placeOf={placeOf}
          onGo={onGo}
          onPublished={published}
          onClose={() => setDialog(undefined)}
        />
      )}
      {dialog === "begin" && (
        <Dialog title={t("bot_anew")} onClose={() => setDialog(undefined)}>
          <Begin
            site={site}
            revision={view.revision}
            onBegun={(draft) => {
              desk.take(draft);
              setDialog(undefined);
              setTab("steps");
            }}
          />
        </Dialog>
      )}
      {desk.save.type === "stale" && !staleShut && (
        <StaleDialog site={site} onTheirs={desk.take} onMine={desk.keep} onClose={() => setStaleShut(true)} />
      )}
    </EditingContext.Provider>
  );
}

function Forms({ tab }: { tab: Exclude<Tab, "toml"> }) {
  switch (tab) {
    case "steps":
      return <Steps />;
    case "faq":
      return <Faq />;
    case "fields":
      return <Fields />;
    case "hours":
      return <Hours />;
    case "messages":
      return <Messages />;
    case "tests":
      return <Tests />;
  }
}

interface FormsState extends Editing {
  setLang: (lang: string) => void;
}

/** What the forms share; a jump opens the card and moves the focus once it is drawn. */
function useForms(site: SiteId, desk: Desk): FormsState {
  const definition: BotDefinition = desk.definition ?? NOTHING;
  const standard = definition.languages[0] ?? "en";
  const [chosen = standard, setLang] = useState<string>();
  const [open, setOpen] = useState<Editing["open"]>({});
  const usage = useUsage(site);
  const lang = definition.languages.includes(chosen) ? chosen : standard;
  const openOne = (list: string, place: number | undefined) => setOpen((all) => ({ ...all, [list]: place }));
  const goTo = (pointer: string) => {
    const [list = "", place] = keysOf(pointer);
    const other = languageOf({ pointer }, definition.languages);
    if (other) setLang(other);
    if (place !== undefined && /^\d+$/.test(place)) openOne(`/${list}`, Number(place));
    requestAnimationFrame(() => requestAnimationFrame(() => focusOn(pointer)));
  };
  return {
    site,
    definition,
    lang,
    standard,
    problems: desk.view.report.problems,
    usage,
    edit: desk.edit,
    open,
    setOpen: openOne,
    goTo,
    setLang,
  };
}

/** The field of that place, or of the nearest that it lies in. */
function focusOn(pointer: string): void {
  for (const at of outwards(pointer)) {
    const found = document.querySelector<HTMLElement>(`[data-at="${at}"]`);
    if (!found) continue;
    found.closest("details")?.setAttribute("open", "");
    found.focus();
    found.scrollIntoView({ block: "center" });
    return;
  }
}

/** By question; what cannot be had is not shown. */
function useUsage(site: SiteId): ReadonlyMap<string, FaqUsage> | undefined {
  const [usage, setUsage] = useState<ReadonlyMap<string, FaqUsage>>();
  useEffect(() => {
    let isGone = false;
    get<FaqUsage[]>(`/sites/${site}/bot/usage`).then(
      (all) => isGone || setUsage(new Map(all.map((one) => [one.faq, one]))),
      () => undefined,
    );
    return () => {
      isGone = true;
    };
  }, [site]);
  return usage;
}

/** Kept in the address, so that a reload shows the same part. */
function useTab(): [Tab, (tab: Tab) => void] {
  const [tab, setTab] = useState<Tab>(() => {
    const asked = new URLSearchParams(location.search).get("tab");
    return TABS.find((one) => one === asked) ?? "steps";
  });
  return [
    tab,
    (next) => {
      setTab(next);
      history.replaceState(history.state, "", `${location.pathname}?tab=${next}`);
    },
  ];
}

/** Ctrl+Z, Ctrl+Shift+Z and Ctrl+Y, but in the text and in searches, which have their own. */
function useUndoKeys({ undo, redo, canUndo, canRedo }: Desk): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const key = event.key.toLowerCase();
      const again = key === "y" || (key === "z" && event.shiftKey);
      if (key !== "z" && key !== "y") return;
      const { target } = event;
      if (!(target instanceof Element) || target.matches(".toml-text, [type=search], .try *, dialog *"))
        return;
      event.preventDefault();
      if (again ? !canRedo : !canUndo) return;
      if (again) redo();
      else undo();
      announce(t(again ? "bot_redone" : "bot_undone"));
    };
    addEventListener("keydown", onKeyDown);
    return () => removeEventListener("keydown", onKeyDown);
  });
}

function Live({ view, isSaved }: { view: BotDraftView; isSaved: boolean }) {
  if (view.published === 0) return <>{t("bot_none")}</>;
  return (
    <>
      {t("bot_live", { version: view.published })}
      {" · "}
      {t(view.changed || !isSaved ? "bot_differs" : "bot_same")}
    </>
  );
}

interface FoundProps {
  desk: Desk;
  placeOf: (problem: BotProblem) => string;
  onGo: (problem: BotProblem) => void;
}

function Found({ desk, placeOf, onGo }: FoundProps) {
  const { report } = desk.view;
  // What came with problems shows them at once; those made while writing are counted, and open on demand.
  const [isOpen] = useState(report.errors > 0);
  if (!desk.definition) return <p class="callout">{t("bot_unreadable")}</p>;
  if (report.problems.length === 0) {
    return (
      <p class="bot-found-none">
        <Sum report={report} />
      </p>
    );
  }
  return (
    <details class="panel-card bot-found" open={isOpen}>
      <summary>
        <Sum report={report} />
      </summary>
      <Problems report={report} placeOf={placeOf} onGo={onGo} />
    </details>
  );
}

/** Said before the first change in a form, since it is what loses them. */
function Comments({ toml }: { toml: string }) {
  return (
    <div class="callout bot-comments">
      <p>{t("bot_comments")}</p>
      <button type="button" class="button button-small" onClick={() => keep(toml, "bot.toml")}>
        {t("bot_comments_keep")}
      </button>
    </div>
  );
}
