/**
 * What visitors typed and the bot did not know, with one click to teach it. What is added goes to the
 * draft; this page says so until it is published, here or in the editor.
 */
import "../style/figures.css";
import { useState } from "preact/hooks";
import { asRefusal } from "../api";
import { explained } from "../refusals";
import { icons, type NotUnderstood, type SiteId, type TestDefinition, type TextGroup } from "../shared";
import { announce } from "../ui/announcer";
import { Empty, Spinner, Trouble } from "../ui/pieces";
import { toast } from "../ui/toasts";
import { lang, t } from "../words";
import { Title } from "./area";
import { TestDialog } from "./bot/try/TestDialog";
import { languageName, Select } from "./SiteFields";
import { aside, send, setAside } from "./understood/asides";
import { DraftBar } from "./understood/DraftBar";
import {
  type Edit,
  faqName,
  folded,
  knownTexts,
  type NewFaqDraft,
  spoken,
  withFaq,
  withQuestions,
  withTest,
} from "./understood/edits";
import { FaqPicker } from "./understood/FaqPicker";
import { type Does, GroupCard } from "./understood/GroupCard";
import { NewFaq } from "./understood/NewFaq";
import { type Draft, Unreadable, useDraft } from "./understood/useDraft";
import { type Loaded, useLoaded } from "./useLoaded";

/** Drawn at once: the largest groups come first. */
const SHOWN_STEP = 20;

export function NotUnderstoodPage({ site }: { site: SiteId }) {
  const [code, setCode] = useState("");
  const query = code === "" ? "" : `?lang=${encodeURIComponent(code)}`;
  const groups = useLoaded<NotUnderstood>(`/sites/${site}/bot/not-understood${query}`);
  const draft = useDraft(site);
  const [done, setDone] = useState<ReadonlyMap<string, string>>(new Map());
  const definition = draft.value?.definition;
  const published = () => {
    for (const group of groups.value?.groups ?? []) if (done.has(group.text)) void send(site, group);
  };
  return (
    <>
      <Title under={t("gaps_intro")}>{t("nav_not_understood")}</Title>
      <DraftBar site={site} draft={draft} onPublished={published} />
      <div class="ledger-asked gaps-asked">
        <Select label={t("gaps_language")} value={code} onValue={setCode}>
          {[
            { value: "", words: t("gaps_all_languages") },
            ...(definition?.languages ?? []).map((one) => ({ value: one, words: languageName(one) })),
          ]}
        </Select>
      </div>
      <Groups
        key={code}
        site={site}
        groups={groups}
        draft={draft}
        done={done}
        filtered={code !== ""}
        onDone={(group, what) => setDone((now) => new Map(now).set(group.text, what))}
      />
    </>
  );
}

interface GroupsProps {
  site: SiteId;
  groups: Loaded<NotUnderstood>;
  draft: Draft;
  /** What was made of a group on this page, by its text. */
  done: ReadonlyMap<string, string>;
  filtered: boolean;
  onDone: (group: TextGroup, what: string) => void;
}

type Open =
  | { what: "choose" | "make"; group: TextGroup; texts: string[] }
  | { what: "test"; group: TextGroup };

function Groups({ site, groups, draft, done, filtered, onDone }: GroupsProps) {
  const [shown, setShown] = useState(SHOWN_STEP);
  const [open, setOpen] = useState<Open>();
  const [busy, setBusy] = useState(false);
  if (groups.fault) return <Trouble text={groups.fault} onRetry={groups.again} />;
  if (!groups.value) return <Spinner label={t("loading")} />;

  const definition = draft.value?.definition;
  const known = knownTexts(definition);
  const handled = (group: TextGroup) =>
    done.has(group.text) || group.examples.every((one) => known.has(folded(one.text)));
  const there = groups.value.groups.filter((group) => !aside.value.has(group.text));
  const left = there.filter((group) => !handled(group));
  const gone = there.filter(handled);

  /** Saves an edit; resolves to what went wrong, or to nothing. */
  const save = async (group: TextGroup, edit: Edit, what: string): Promise<string | undefined> => {
    setBusy(true);
    try {
      await draft.change(edit);
      onDone(group, what);
      setOpen(undefined);
      announce(what);
      // The card goes away under the focus.
      requestAnimationFrame(() => document.getElementById("gaps-left")?.focus());
      return undefined;
    } catch (failure) {
      return failure instanceof Unreadable ? t("gaps_unreadable") : explained(asRefusal(failure));
    } finally {
      setBusy(false);
    }
  };
  const add = async (group: TextGroup, faq: string, texts: string[]) => {
    const found = definition?.faq.find((one) => one.id === faq);
    const name = found && definition ? faqName(found, lang.value, definition) : faq;
    const wrong = await save(
      group,
      withQuestions(faq, languageOf(group), texts),
      t("gaps_added", { count: texts.length, faq: name }),
    );
    if (wrong) toast(wrong, { kind: "bad" });
  };
  const languageOf = (group: TextGroup) => {
    const first = group.examples[0]?.lang ?? "";
    return definition ? spoken(definition, first) : first;
  };
  const does = (group: TextGroup, what: Does, texts: string[]) => {
    switch (what) {
      case "add":
        if (group.nearest !== undefined) void add(group, group.nearest, texts);
        return;
      case "choose":
      case "make":
        setOpen({ what, group, texts });
        return;
      case "test":
        setOpen({ what, group });
        return;
      case "aside":
        setAside(site, group, groups.again);
        requestAnimationFrame(() => document.getElementById("gaps-left")?.focus());
        return;
    }
  };
  return (
    <>
      <h2 id="gaps-left" tabIndex={-1} class="gaps-left">
        {left.length === 0 ? t("gaps_none") : t("gaps_left", { count: left.length })}
      </h2>
      {left.length === 0 && (
        <Empty icon={icons.smile} title={t(gone.length > 0 ? "gaps_all_done" : "gaps_none_title")}>
          {t(filtered ? "gaps_none_filtered" : "gaps_none_text")}
        </Empty>
      )}
      {left.slice(0, shown).map((group) => (
        <GroupCard
          key={group.text}
          group={group}
          definition={definition}
          known={known}
          busy={busy}
          onDo={(what, texts) => does(group, what, texts)}
        />
      ))}
      {left.length > shown && (
        <div>
          <button type="button" class="button" onClick={() => setShown(shown + SHOWN_STEP)}>
            {t("gaps_more", { count: left.length - shown })}
          </button>
        </div>
      )}
      {gone.length > 0 && <Done groups={gone} done={done} />}
      {open && definition && open.what === "choose" && (
        <FaqPicker
          definition={definition}
          texts={open.texts}
          under={languageOf(open.group)}
          nearest={open.group.nearest}
          onPick={(faq) => void add(open.group, faq, open.texts)}
          onClose={() => setOpen(undefined)}
        />
      )}
      {open && definition && open.what === "make" && (
        <NewFaq
          texts={open.texts}
          under={languageOf(open.group)}
          standard={definition.languages[0] ?? languageOf(open.group)}
          onSave={(made: NewFaqDraft[]) =>
            save(open.group, withFaq(made), t("gaps_made", { faq: made[0]?.label.trim() ?? "" }))
          }
          onClose={() => setOpen(undefined)}
        />
      )}
      {open && definition && open.what === "test" && (
        <TestDialog
          definition={definition}
          test={{
            say: [open.group.text],
            expect: open.group.nearest === undefined ? "unknown" : `faq:${open.group.nearest}`,
            lang: languageOf(open.group),
          }}
          onSave={(made: TestDefinition) => save(open.group, withTest(made), t("gaps_tested"))}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  );
}

function Done({ groups, done }: { groups: readonly TextGroup[]; done: ReadonlyMap<string, string> }) {
  return (
    <details class="panel-card gaps-done" open>
      <summary>{t("gaps_done", { count: groups.length })}</summary>
      <ul class="plain-list">
        {groups.map((group) => (
          <li key={group.text}>
            <bdi>{group.text}</bdi>{" "}
            <span class="chip chip-ok">{done.get(group.text) ?? t("gaps_known")}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}
