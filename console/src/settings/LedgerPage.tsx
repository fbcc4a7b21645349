/** What became of recommendations, by agent and by product, and which searches found nothing. */
import { useRef, useState } from "preact/hooks";
import { apiAddress, asRefusal, get } from "../api";
import { explained } from "../refusals";
import { address } from "../router";
import {
  type AgentView,
  type EmptyQuery,
  format,
  Icon,
  icons,
  type Ledger,
  type LedgerEntry,
  type LedgerSum,
  type SiteId,
} from "../shared";
import { DownloadLink, Empty } from "../ui/pieces";
import { Table } from "../ui/Table";
import { toast } from "../ui/toasts";
import { lang, t } from "../words";
import { Ready, Title } from "./area";
import { type Choice, hasTwins, toldApart, withChosen } from "./choices";
import { Select } from "./SiteFields";
import { useLoaded } from "./useLoaded";

const DAYS = [7, 30, 90, 365];

export function LedgerPage({ site }: { site: SiteId }) {
  const [days, setDays] = useState("30");
  const [agent, setAgent] = useState("");
  const [product, setProduct] = useState("");
  const path = `/sites/${site}/ledger`;
  const from = `from=${since(Number(days))}`;
  const asked = [from, ...(agent ? [`agent=${agent}`] : []), ...(product ? [wanted(product)] : [])].join("&");
  const whole = useLoaded<Ledger>(`${path}?${from}`);
  const narrowed = useLoaded<Ledger>(asked === from ? undefined : `${path}?${asked}`);
  const ledger = asked === from ? whole : narrowed;
  const queries = useLoaded<EmptyQuery[]>(`${path}/queries?${from}`);
  const names = useChoices(whole.value, agent, product);
  return (
    <>
      <Title under={t("ledger_intro")}>{t("ledger")}</Title>
      <div class="ledger-asked">
        <Select label={t("ledger_days")} value={days} onValue={setDays}>
          {DAYS.map((count) => ({ value: String(count), words: t("ledger_last_days", { count }) }))}
        </Select>
        <Select label={t("ledger_agent")} value={agent} onValue={setAgent}>
          {[{ value: "", words: t("ledger_all_agents") }, ...names.agents]}
        </Select>
        <Select label={t("ledger_product")} value={product} onValue={setProduct}>
          {[{ value: "", words: t("ledger_all_products") }, ...names.products]}
        </Select>
        <DownloadLink href={apiAddress(`${path}.csv?${asked}`)} name="ledger.csv" words={t("download_csv")} />
      </div>
      <Ready of={ledger}>
        {(one) =>
          one.total.sent === 0 ? (
            <Empty icon={icons.tag} title={t("ledger_none")}>
              {t(agent || product ? "ledger_none_filtered" : "ledger_none_text")}
            </Empty>
          ) : (
            <Sums key={asked} ledger={one} more={`${path}?${asked}`} put={ledger.put} />
          )
        }
      </Ready>
      <section class="panel-card" aria-labelledby="empty-queries">
        <div class="title-row">
          <h2 id="empty-queries">{t("queries")}</h2>
          <DownloadLink
            href={apiAddress(`${path}/queries.csv?${from}`)}
            name="queries.csv"
            words={t("download_csv")}
          />
        </div>
        <p class="quiet">{t("queries_text")}</p>
        <Ready of={queries}>{(all) => <Queries all={all} />}</Ready>
      </section>
    </>
  );
}

/** Whom and what can be chosen in the period; what is chosen stays there when the period has none of it. */
function useChoices(whole: Ledger | undefined, agent: string, product: string) {
  const known = useRef<Record<"agents" | "products", Choice[]>>({ agents: [], products: [] });
  const firstNames = (whole?.agents ?? []).map(({ by }) => ({ value: by.id, words: by.first_name }));
  const staff = useLoaded<AgentView[]>(hasTwins(firstNames) ? "/agents" : undefined);
  const fullName = ({ value, words }: Choice) => staff.value?.find((one) => one.id === value)?.name ?? words;
  if (whole) {
    const before = known.current;
    const titles = whole.products.map((one) => ({ value: one.product, words: one.title }));
    const agents = toldApart(firstNames, fullName);
    const products = toldApart(titles, ({ value, words }) => `${words} (${value})`);
    known.current = {
      agents: withChosen(agents, agent, before.agents),
      products: withChosen(products, product, before.products),
    };
  }
  return known.current;
}

function wanted(product: string): string {
  return `product=${encodeURIComponent(product)}`;
}

function Sums({ ledger, more, put }: { ledger: Ledger; more: string; put: (ledger: Ledger) => void }) {
  const { total } = ledger;
  const marks = ["sent", "seen", "opened", "added"] as const;
  const next = async () => {
    try {
      const page = await get<Ledger>(`${more}&cursor=${encodeURIComponent(ledger.next ?? "")}`);
      const { next: _, ...rest } = ledger;
      put({
        ...rest,
        entries: [...ledger.entries, ...page.entries],
        ...(page.next ? { next: page.next } : {}),
      });
    } catch (failure) {
      toast(explained(asRefusal(failure)), { kind: "bad" });
    }
  };
  return (
    <>
      <dl class="numbers">
        {marks.map((mark) => (
          <div key={mark}>
            <dt>{t(`ledger_${mark}`)}</dt>
            <dd>
              {number(total[mark])}
              {mark !== "sent" && <span class="quiet"> {share(total[mark], total.sent)}</span>}
            </dd>
          </div>
        ))}
      </dl>
      <div class="two">
        <SumTable
          title={t("ledger_by_agent")}
          rows={ledger.agents.map(({ by, sum }) => ({ key: by.id, name: by.first_name, sum }))}
        />
        <SumTable
          title={t("ledger_by_product")}
          rows={ledger.products.map(({ product, title, sum }) => ({ key: product, name: title, sum }))}
        />
      </div>
      <section class="panel-card" aria-labelledby="ledger-entries">
        <h2 id="ledger-entries">{t("ledger_entries")}</h2>
        <Entries entries={ledger.entries} />
        {ledger.next && (
          <div>
            <button type="button" class="button" onClick={() => void next()}>
              {t("ledger_more")}
            </button>
          </div>
        )}
      </section>
    </>
  );
}

interface SumRow {
  key: string;
  name: string;
  sum: LedgerSum;
}

function SumTable({ title, rows }: { title: string; rows: readonly SumRow[] }) {
  return (
    <section class="panel-card">
      <Table
        heads={[t("ledger_name"), t("ledger_sent"), t("ledger_seen"), t("ledger_opened"), t("ledger_added")]}
        caption={title}
      >
        {rows.map(({ key, name, sum }) => (
          <tr key={key}>
            <th scope="row">
              <bdi>{name}</bdi>
            </th>
            <td class="number">{number(sum.sent)}</td>
            <td class="number">{number(sum.seen)}</td>
            <td class="number">{number(sum.opened)}</td>
            <td class="number">{number(sum.added)}</td>
          </tr>
        ))}
      </Table>
    </section>
  );
}

function Entries({ entries }: { entries: readonly LedgerEntry[] }) {
  return (
    <Table
      heads={[
        t("import_when"),
        t("ledger_product"),
        t("ledger_agent"),
        t("ledger_seen"),
        t("ledger_opened"),
        t("ledger_added"),
      ]}
    >
      {entries.map((entry) => (
        <tr key={`${entry.conversation}-${entry.card}-${entry.product}`}>
          <td>
            <a href={address({ name: "inbox", tab: "history", conversation: entry.conversation })}>
              {format.dateTime(entry.sent_at, lang.value)}
            </a>
          </td>
          <td>
            <bdi>{entry.title}</bdi>
            {entry.compared && <span class="chip">{t("ledger_compared")}</span>}
          </td>
          <td>{entry.by.first_name}</td>
          <Marked at={entry.seen_at} />
          <Marked at={entry.opened_at} />
          <Marked at={entry.added_at} />
        </tr>
      ))}
    </Table>
  );
}

function Marked({ at }: { at: string | undefined }) {
  if (!at) return <td class="quiet">–</td>;
  return (
    <td>
      <span class="chip chip-ok" title={format.dateTime(at, lang.value)}>
        <Icon d={icons.check} size={14} /> {format.time(at, lang.value)}
      </span>
    </td>
  );
}

function Queries({ all }: { all: readonly EmptyQuery[] }) {
  if (all.length === 0) return <p>{t("queries_none")}</p>;
  return (
    <Table heads={[t("query"), t("query_times"), t("query_last")]}>
      {all.map((query) => (
        <tr key={`${query.lang}-${query.text}`}>
          <th scope="row">
            <bdi>{query.text}</bdi>
          </th>
          <td class="number">{number(query.times)}</td>
          <td>{format.dateTime(query.last_at, lang.value)}</td>
        </tr>
      ))}
    </Table>
  );
}

/** The first moment of the day so many days ago, as the wire writes it. */
function since(days: number): string {
  const day = new Date();
  day.setHours(0, 0, 0, 0);
  day.setDate(day.getDate() - days);
  return encodeURIComponent(day.toISOString());
}

function number(count: number): string {
  return new Intl.NumberFormat(lang.value).format(count);
}

function share(part: number, whole: number): string {
  return new Intl.NumberFormat(lang.value, { style: "percent", maximumFractionDigits: 0 }).format(
    whole === 0 ? 0 : part / whole,
  );
}
