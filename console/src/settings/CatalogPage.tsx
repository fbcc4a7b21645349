/** A site's catalog: drop the shop's CSV, follow the import, read which lines were refused and why. */
import { useEffect, useState } from "preact/hooks";
import { get } from "../api";
import { refreshMe } from "../session";
import { type CatalogStatus, format, type ImportRun, icons, type SiteId } from "../shared";
import { Empty } from "../ui/pieces";
import { lang, t } from "../words";
import { Ready, Title } from "./area";
import { FeedDrop } from "./FeedDrop";
import { isRunning, stateWords } from "./imports";
import { RunCard } from "./RunCard";
import { type Loaded, useLoaded } from "./useLoaded";

const POLL_MS = 700;

export function CatalogPage({ site }: { site: SiteId }) {
  const status = useLoaded<CatalogStatus>(`/sites/${site}/catalog/status`);
  const runs = useLoaded<ImportRun[]>(`/sites/${site}/catalog/imports`);
  const running = runs.value?.find(isRunning);
  useFollow(site, running, runs, () => {
    status.again();
    void refreshMe();
  });
  const [latest, ...earlier] = runs.value ?? [];
  const put = (run: ImportRun) => runs.put([run, ...(runs.value ?? []).filter((one) => one.id !== run.id)]);
  return (
    <>
      <Title under={<StatusWords of={status} />}>{t("catalog")}</Title>
      <FeedDrop site={site} busy={running !== undefined} onStarted={put} />
      <Ready of={runs}>
        {(all) =>
          all.length === 0 ? (
            <Empty icon={icons.box} title={t("imports_none")}>
              {t("imports_none_text")}
            </Empty>
          ) : (
            latest && <RunCard key={latest.id} site={site} run={latest} onChanged={put} />
          )
        }
      </Ready>
      {earlier.length > 0 && <Earlier runs={earlier} />}
    </>
  );
}

/** Asks how far an import is while one runs. */
function useFollow(
  site: SiteId,
  running: ImportRun | undefined,
  runs: Loaded<ImportRun[]>,
  ended: () => void,
): void {
  const [fails, setFails] = useState(0);
  useEffect(() => {
    if (!running) return;
    const timer = setTimeout(async () => {
      try {
        const run = await get<ImportRun>(`/sites/${site}/catalog/imports/${running.id}`);
        runs.put((runs.value ?? []).map((one) => (one.id === run.id ? run : one)));
        if (!isRunning(run)) ended();
      } catch {
        setFails(fails + 1);
      }
    }, POLL_MS);
    return () => clearTimeout(timer);
  }, [running, fails]);
}

function StatusWords({ of }: { of: Loaded<CatalogStatus> }) {
  const status = of.value;
  if (!status) return <>{of.fault ?? t("loading")}</>;
  if (status.products === 0) return <>{t("catalog_empty")}</>;
  const words = t("catalog_products", { count: status.products });
  const since = status.imported_at
    ? ` · ${t("catalog_since", { date: format.dateTime(status.imported_at, lang.value) })}`
    : "";
  return (
    <>
      {words}
      {since}
      {status.rebuilding && ` · ${t("catalog_rebuilding")}`}
    </>
  );
}

function Earlier({ runs }: { runs: readonly ImportRun[] }) {
  return (
    <section class="panel-card" aria-labelledby="earlier-imports">
      <h2 id="earlier-imports">{t("imports_earlier")}</h2>
      <div class="table-scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("import_file")}</th>
              <th scope="col">{t("import_when")}</th>
              <th scope="col">{t("import_state")}</th>
              <th scope="col">{t("import_products")}</th>
              <th scope="col">{t("import_rejected")}</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.id}>
                <td>{run.file}</td>
                <td>{format.dateTime(run.started_at, lang.value)}</td>
                <td>{stateWords(run.state)}</td>
                <td class="number">{run.report?.products ?? "–"}</td>
                <td class="number">{run.report?.rejected ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
