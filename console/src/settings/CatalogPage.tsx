/** A site's catalogs, one a language: drop the shop's export, follow the import, see what came of it. */
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { asRefusal, get, post } from "../api";
import { explained } from "../refusals";
import { refreshMe } from "../session";
import { type FeedView, format, type ImportRun, icons, type SiteId } from "../shared";
import { Empty } from "../ui/pieces";
import { Table } from "../ui/Table";
import { toast } from "../ui/toasts";
import { lang, t } from "../words";
import { Ready, Title } from "./area";
import { FeedDrop } from "./FeedDrop";
import { AddressCard } from "./feed/AddressCard";
import { EmptyCatalog } from "./feed/EmptyCatalog";
import { FeedCard } from "./feed/FeedCard";
import { LanguageTabs } from "./feed/LanguageTabs";
import { MappingScreen } from "./feed/MappingScreen";
import type { LookedAt } from "./feed/sending";
import { UpdateKeyCard } from "./feed/UpdateKeyCard";
import { isRunning, nameOf, stateWords } from "./imports";
import { RunCard } from "./RunCard";
import { type Loaded, useLoaded } from "./useLoaded";

const POLL_MS = 700;

export function CatalogPage({ site }: { site: SiteId }) {
  const feeds = useLoaded<FeedView[]>(`/sites/${site}/catalog/feeds`);
  const runs = useLoaded<ImportRun[]>(`/sites/${site}/catalog/imports`);
  const [chosen, setChosen] = useState<string>();
  const [looked, setLooked] = useState<LookedAt>();
  const running = runs.value?.find(isRunning);
  useFollow(site, running, runs, () => {
    feeds.again();
    void refreshMe();
  });
  const put = (run: ImportRun) => {
    setLooked(undefined);
    runs.put([run, ...(runs.value ?? []).filter((one) => one.id !== run.id)]);
  };
  return (
    <>
      <Title>{t("catalog")}</Title>
      <Ready of={feeds}>
        {(all) => {
          const open = chosen ?? all[0]?.lang ?? "en";
          const feed = all.find((one) => one.lang === open);
          return (
            <>
              <LanguageTabs feeds={all} open={open} onOpen={setChosen} />
              <StatusWords feed={feed} />
              {looked?.preview.lang === open ? (
                <MappingScreen
                  key={looked.preview.id}
                  site={site}
                  looked={looked}
                  onMore={setLooked}
                  onStarted={put}
                  onLeft={() => setLooked(undefined)}
                />
              ) : (
                <FeedDrop
                  site={site}
                  lang={open}
                  busy={running !== undefined}
                  onLook={setLooked}
                  onStarted={put}
                />
              )}
              <Runs site={site} of={runs} lang={open} feed={feed} put={put} />
              {feed && (
                <>
                  <FeedCard
                    key={`settings-${feed.lang}`}
                    site={site}
                    feed={feed}
                    onChanged={(changed) => feeds.put(withFeed(all, changed))}
                  />
                  <AddressCard
                    key={`address-${feed.lang}`}
                    site={site}
                    feed={feed}
                    busy={running !== undefined}
                    onChanged={(changed) => feeds.put(withFeed(all, changed))}
                    runs={runs.value ?? []}
                    onFetched={runs.put}
                  />
                </>
              )}
              <UpdateKeyCard site={site} />
              {feed && (feed.products > 0 || feed.address || feed.settings.mapping) && (
                <EmptyCatalog site={site} feed={feed} busy={running !== undefined} onStarted={put} />
              )}
            </>
          );
        }}
      </Ready>
    </>
  );
}

function withFeed(all: readonly FeedView[], changed: FeedView): FeedView[] {
  return all.map((one) => (one.lang === changed.lang ? changed : one));
}

/** Asks how far an import is while one runs; `ended` is told of each that did, also between two looks. */
function useFollow(
  site: SiteId,
  running: ImportRun | undefined,
  runs: Loaded<ImportRun[]>,
  ended: () => void,
): void {
  const [fails, setFails] = useState(0);
  const over = runs.value?.filter((run) => !isRunning(run)).map((run) => `${run.id} ${run.state.type}`);
  const known = useRef<string>();
  useEffect(() => {
    if (!over) return;
    if (known.current !== undefined && known.current !== over.join()) ended();
    known.current = over.join();
  }, [over?.join()]);
  useEffect(() => {
    if (!running) return;
    const timer = setTimeout(async () => {
      try {
        const run = await get<ImportRun>(`/sites/${site}/catalog/imports/${running.id}`);
        runs.put((runs.value ?? []).map((one) => (one.id === run.id ? run : one)));
      } catch {
        setFails(fails + 1);
      }
    }, POLL_MS);
    return () => clearTimeout(timer);
  }, [running, fails]);
}

function StatusWords({ feed }: { feed: FeedView | undefined }) {
  if (!feed || feed.products === 0) return <p class="quiet">{t("catalog_empty")}</p>;
  const words = t("catalog_products", { count: feed.products });
  const since = feed.imported_at
    ? ` · ${t("catalog_since", { date: format.dateTime(feed.imported_at, lang.value) })}`
    : "";
  return (
    <p class="quiet">
      {words}
      {since}
      {feed.rebuilding && ` · ${t("catalog_rebuilding")}`}
    </p>
  );
}

interface RunsProps {
  site: SiteId;
  of: Loaded<ImportRun[]>;
  lang: string;
  feed: FeedView | undefined;
  put: (run: ImportRun) => void;
}

function Runs({ site, of, lang: open, feed, put }: RunsProps) {
  return (
    <Ready of={of}>
      {(all) => {
        const [latest, ...earlier] = all.filter((run) => run.lang === open);
        if (!latest)
          return (
            <Empty icon={icons.box} title={t("imports_none")}>
              {t("imports_none_text")}
            </Empty>
          );
        return (
          <>
            <RunCard key={latest.id} site={site} run={latest} onChanged={put} />
            {earlier.length > 0 && (
              <Earlier runs={earlier}>
                {feed?.restorable && <Restore site={site} feed={feed} onStarted={put} />}
              </Earlier>
            )}
          </>
        );
      }}
    </Ready>
  );
}

function Restore({
  site,
  feed,
  onStarted,
}: {
  site: SiteId;
  feed: FeedView;
  onStarted: (run: ImportRun) => void;
}) {
  const [busy, setBusy] = useState(false);
  const restore = async () => {
    setBusy(true);
    try {
      onStarted(await post<ImportRun>(`/sites/${site}/catalog/imports/restore?lang=${feed.lang}`));
    } catch (failure) {
      toast(explained(asRefusal(failure)), { kind: "bad" });
    }
    setBusy(false);
  };
  return (
    <button type="button" class="button button-small" disabled={busy} onClick={() => void restore()}>
      {t("import_restore")}
    </button>
  );
}

function Earlier({ runs, children }: { runs: readonly ImportRun[]; children: ComponentChildren }) {
  return (
    <section class="panel-card" aria-labelledby="earlier-imports">
      <div class="title-row">
        <h2 id="earlier-imports">{t("imports_earlier")}</h2>
        {children}
      </div>
      <Table
        layout="stacked"
        heads={[
          t("import_file"),
          t("import_when"),
          t("import_state"),
          t("import_products"),
          t("import_rejected"),
        ]}
      >
        {runs.map((run) => (
          <tr key={run.id}>
            <th scope="row">
              <bdi>{nameOf(run)}</bdi>
            </th>
            <td>{format.dateTime(run.started_at, lang.value)}</td>
            <td>{stateWords(run.state)}</td>
            <td class="number" data-head={t("import_products")}>
              {run.report?.products ?? "–"}
            </td>
            <td class="number" data-head={t("import_rejected")}>
              {run.report?.rejected ?? "–"}
            </td>
          </tr>
        ))}
      </Table>
    </section>
  );
}
