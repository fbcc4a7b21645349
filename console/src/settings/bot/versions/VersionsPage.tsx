/** Every published version of a site's bot: what changed, which one is live, and the way back to one. */
import "../../../style/try.css";
import { useEffect, useRef, useState } from "preact/hooks";
import { asRefusal, get, post } from "../../../api";
import { explained } from "../../../refusals";
import { address } from "../../../router";
import { refreshMe } from "../../../session";
import {
  type BotDraftView,
  type BotPublish,
  type BotVersionRow,
  type BotVersions,
  format,
  Icon,
  icons,
  type SiteId,
} from "../../../shared";
import { Dialog } from "../../../ui/Dialog";
import { Empty } from "../../../ui/pieces";
import { toast } from "../../../ui/toasts";
import { lang, t } from "../../../words";
import { Ready, Title } from "../../area";
import { useLoaded } from "../../useLoaded";
import { Comparison, DRAFT, type Pair } from "./Comparison";

export function VersionsPage({ site }: { site: SiteId }) {
  const path = `/sites/${site}/bot/versions`;
  const loaded = useLoaded<BotVersions>(path);
  return (
    <>
      <div class="title-row">
        <Title under={t("versions_intro")}>{t("versions")}</Title>
        <a class="button" href={address({ name: "bot", site })}>
          <Icon d={icons.arrowLeft} size={18} />
          {t("versions_to_editor")}
        </a>
      </div>
      <Ready of={loaded}>
        {(all) =>
          all.versions.length === 0 ? (
            <Empty icon={icons.history} title={t("versions_none")}>
              {t("versions_none_text")}
            </Empty>
          ) : (
            <Versions site={site} all={all} onRestored={loaded.again} />
          )
        }
      </Ready>
    </>
  );
}

interface VersionsProps {
  site: SiteId;
  all: BotVersions;
  onRestored: () => void;
}

function Versions({ site, all, onRestored }: VersionsProps) {
  const [pair, setPair] = useState<Pair>({ from: String(all.published), to: DRAFT });
  const [asked, setAsked] = useState<BotVersionRow>();
  const compared = useRef<HTMLElement>(null);
  const compare = (row: BotVersionRow) => {
    setPair({ from: String(olderThan(all, row)), to: String(row.version) });
    compared.current?.querySelector<HTMLElement>("h2")?.focus({ preventScroll: true });
    compared.current?.scrollIntoView({ block: "start" });
  };
  return (
    <>
      <ol class="versions">
        {all.versions.map((row) => (
          <li key={row.version} class="panel-card version">
            <Row row={row} live={row.version === all.published} />
            <div class="button-row">
              {row !== all.versions.at(-1) && (
                <button
                  type="button"
                  class="button button-small"
                  aria-label={t("versions_changed_of", { version: row.version })}
                  onClick={() => compare(row)}
                >
                  {t("versions_changed")}
                </button>
              )}
              {row.version !== all.published && (
                <button
                  type="button"
                  class="button button-small"
                  aria-label={t("versions_restore_of", { version: row.version })}
                  onClick={() => setAsked(row)}
                >
                  <Icon d={icons.undo} size={16} />
                  {t("versions_restore")}
                </button>
              )}
            </div>
          </li>
        ))}
      </ol>
      <section class="panel-card" aria-labelledby="versions-compared" ref={compared}>
        <Comparison
          site={site}
          versions={all.versions}
          published={all.published}
          pair={pair}
          onPair={setPair}
        />
      </section>
      {asked && (
        <Restore
          site={site}
          row={asked}
          next={(all.versions[0]?.version ?? 0) + 1}
          onClose={() => setAsked(undefined)}
          onDone={onRestored}
        />
      )}
    </>
  );
}

/** The version before, which may not be the number before: only so many are listed. */
function olderThan(all: BotVersions, row: BotVersionRow): number {
  return all.versions.find((one) => one.version < row.version)?.version ?? row.version;
}

function Row({ row, live }: { row: BotVersionRow; live: boolean }) {
  return (
    <div class="version-words">
      <p class="version-name">
        <strong>{t("versions_number", { version: row.version })}</strong>
        {live && (
          <span class="chip chip-ok">
            <Icon d={icons.check} size={14} />
            {t("versions_live")}
          </span>
        )}
        <span class="version-lines">
          <span aria-hidden="true">
            +{row.lines_added} −{row.lines_removed}
          </span>
          <span class="only-read">
            {t("versions_lines", { added: row.lines_added, removed: row.lines_removed })}
          </span>
        </span>
      </p>
      <p class="quiet">
        {format.dateTime(row.at, lang.value)}
        {" · "}
        {row.by ? <bdi>{row.by.first_name}</bdi> : t("versions_nobody")}
      </p>
      {row.note && <p dir="auto">{row.note}</p>}
    </div>
  );
}

interface RestoreProps {
  site: SiteId;
  row: BotVersionRow;
  next: number;
  onClose: () => void;
  onDone: () => void;
}

function Restore({ site, row, next, onClose, onDone }: RestoreProps) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string>();
  const revision = useRef<number>();
  useEffect(() => {
    get<BotDraftView>(`/sites/${site}/bot/draft`).then(
      (draft) => {
        revision.current = draft.revision;
      },
      // Asked again by the press.
      () => undefined,
    );
  }, [site]);
  const restore = async () => {
    setBusy(true);
    setFault(undefined);
    const bot = `/sites/${site}/bot`;
    try {
      // The draft that goes is the one that was there when the dialog was read.
      const body: BotPublish = {
        revision: revision.current ?? (await get<BotDraftView>(`${bot}/draft`)).revision,
        note: t("versions_note", { version: row.version }),
      };
      await post<unknown>(`${bot}/versions/${row.version}/restore`, body);
      toast(t("versions_restored", { version: row.version }), { kind: "good" });
      void refreshMe();
      onClose();
      onDone();
    } catch (failure) {
      // Somebody saved meanwhile: pressed again, it goes over the draft as it is then.
      revision.current = undefined;
      setFault(explained(asRefusal(failure)));
      setBusy(false);
    }
  };
  return (
    <Dialog title={t("versions_ask", { version: row.version })} onClose={onClose}>
      <p>{t("versions_ask_text", { version: row.version, next })}</p>
      <p>{t("versions_ask_draft")}</p>
      <p class="field-error" role="alert">
        {fault}
      </p>
      <div class="dialog-actions">
        <button type="button" class="button" onClick={onClose}>
          {t("cancel")}
        </button>
        <button type="button" class="button button-primary" disabled={busy} onClick={() => void restore()}>
          {t("versions_ask_do")}
        </button>
      </div>
    </Dialog>
  );
}
