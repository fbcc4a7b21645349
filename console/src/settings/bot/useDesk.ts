/**
 * The draft on the screen: its history, its text, and what the server last said of it.
 *
 * Forms change the definition, the text tab changes the text; each is sent as it was changed, and the
 * server turns one into the other. Whichever was changed last is what counts.
 */
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { asRefusal, get, put } from "../../api";
import { holdBack } from "../../router";
import type { BotDefinition, BotDraftView, SiteId } from "../../shared";
import { t } from "../../words";
import { Saver, type SaveState } from "./draft";
import { whole } from "./fresh";
import { type Act, apply, begun, type Edit, type History } from "./reducer";

export interface Desk {
  /** What the server last said: report, revision, what is published. */
  view: BotDraftView;
  /** Absent while the text cannot be read as structure. */
  definition: BotDefinition | undefined;
  toml: string;
  save: SaveState;
  /** The text was changed and is not read yet: the forms would show what was before. */
  isReading: boolean;
  canUndo: boolean;
  canRedo: boolean;
  edit: (...edits: Edit[]) => void;
  undo: () => void;
  redo: () => void;
  write: (toml: string) => void;
  flush: () => Promise<SaveState>;
  /** Somebody else's draft in place of what is here. */
  take: (theirs: BotDraftView) => void;
  /** What is here over somebody else's draft. */
  keep: (theirs: BotDraftView) => void;
  /** After a publishing: the same draft, with what is published now. */
  look: () => Promise<void>;
}

/** Nothing before the first text that can be read. */
type Kept = History | undefined;

function keptOf(draft: BotDraftView): Kept {
  return draft.definition && begun(whole(draft.definition));
}

/** Another definition as one change; a text that cannot be read changes none. */
function replaced(before: Kept, draft: BotDraftView): Kept {
  if (!before) return keptOf(draft);
  if (!draft.definition) return before;
  const definition = whole(draft.definition);
  return apply(before, { type: "edit", edits: [{ type: "replace", definition }] });
}

export function useDesk(site: SiteId, first: BotDraftView): Desk {
  const path = `/sites/${site}/bot/draft`;
  const [view, setView] = useState(first);
  const [toml, setToml] = useState(first.toml);
  const [history, setHistory] = useState<Kept>(() => keptOf(first));
  const [save, setSave] = useState<SaveState>({ type: "saved" });
  const [isReading, setReading] = useState(false);
  const [isReadable, setReadable] = useState(first.definition !== undefined);
  const latest = useRef(history);
  const show = (next: Kept) => {
    latest.current = next;
    setHistory(next);
  };
  /** A text in place of what is here, one step back. While it cannot be read, what was before is kept. */
  const replace = (draft: BotDraftView) => {
    setReading(false);
    setReadable(draft.definition !== undefined);
    show(replaced(latest.current, draft));
  };

  const saver = useMemo(
    () =>
      new Saver(first.revision, {
        send: (change) => put<BotDraftView>(path, change),
        refusalOf: asRefusal,
        onState: setSave,
        onSaved: (draft, sent, isLatest) => {
          setView(draft);
          if (!isLatest) return;
          if (sent.toml === undefined) return setToml(draft.toml);
          replace(draft);
        },
      }),
    [site],
  );
  useLeaving(saver);

  // While the text is ahead of the forms, a change in them would write over it.
  const isForm = isReadable && !isReading;
  const act = (what: Act) => {
    const before = latest.current;
    if (!before || !isForm) return;
    const next = apply(before, what);
    if (next === before) return;
    show(next);
    saver.change({ definition: next.now });
  };

  const take = (theirs: BotDraftView) => {
    saver.accept(theirs.revision);
    setView(theirs);
    setToml(theirs.toml);
    replace(theirs);
  };

  return {
    view,
    definition: isReadable ? history?.now : undefined,
    toml,
    save,
    isReading,
    canUndo: isForm && (history?.past.length ?? 0) > 0,
    canRedo: isForm && (history?.future.length ?? 0) > 0,
    edit: (...edits) => act({ type: "edit", edits }),
    undo: () => act({ type: "undo" }),
    redo: () => act({ type: "redo" }),
    write: (text) => {
      setToml(text);
      setReading(true);
      saver.change({ toml: text });
    },
    flush: () => saver.flush(),
    take,
    keep: (theirs) => void saver.overwrite(theirs.revision),
    look: async () => {
      const now = await get<BotDraftView>(path);
      if (!saver.isDirty && now.revision === saver.savedRevision) setView(now);
    },
  };
}

/** Whoever leaves is saved first; where that cannot be, they are asked. */
function useLeaving(saver: Saver): void {
  useEffect(() => {
    const warn = (event: BeforeUnloadEvent) => {
      if (!saver.isDirty) return;
      void saver.flush();
      event.preventDefault();
    };
    addEventListener("beforeunload", warn);
    const release = holdBack(() => !saver.isStuck || confirm(t("bot_leave_unsaved")));
    return () => {
      removeEventListener("beforeunload", warn);
      release();
      void saver.flush();
    };
  }, [saver]);
}
