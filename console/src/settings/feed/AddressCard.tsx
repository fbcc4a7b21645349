/** The address that a catalog is fetched from: where, how often, what came of the last time, and now. */
import { useEffect, useState } from "preact/hooks";
import { asRefusal, get, patch, post } from "../../api";
import { explained } from "../../refusals";
import {
  type FeedAddress,
  type FeedAddressView,
  type FeedView,
  format,
  type ImportRun,
  type Refusal,
  type SiteId,
} from "../../shared";
import { Field } from "../../ui/Field";
import { toast } from "../../ui/toasts";
import { lang, t } from "../../words";
import { reasonWords } from "../reasonWords";
import { Select } from "../SiteFields";

const HOURS = [0, 1, 3, 6, 12, 24, 168];
const POLL_MS = 700;

interface AddressCardProps {
  site: SiteId;
  feed: FeedView;
  /** An import runs: a fetch would only wait for it. */
  busy: boolean;
  onChanged: (feed: FeedView) => void;
  runs: readonly ImportRun[];
  /** All imports, once something came of a fetch. */
  onFetched: (runs: ImportRun[]) => void;
}

export function AddressCard(props: AddressCardProps) {
  const { site, feed, onChanged } = props;
  const { address } = feed;
  const [isOpen] = useState(address !== undefined);
  return (
    <details class="panel-card feed-settings" open={isOpen}>
      <summary>
        <h2>{t("feed_address")}</h2>
        <span class="quiet">{address ? hostOf(address.url) : t("feed_address_off")}</span>
      </summary>
      <div class="stack">
        <p class="quiet">{t("feed_address_text")}</p>
        {address && <Last key={address.url} {...props} address={address} />}
        <AddressForm key={address?.url ?? ""} site={site} feed={feed} onChanged={onChanged} />
      </div>
    </details>
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** What came of the last fetch, and a fetch now. */
function Last(props: AddressCardProps & { address: FeedAddressView }) {
  const { site, feed, address, busy, runs, onChanged, onFetched } = props;
  const [fault, setFault] = useState<string>();
  const { faults, fetched_at: fetchedAt, outcome, next_at: nextAt } = address;
  const now: Before = { fetchedAt, run: latestOf(runs, feed.lang) };
  const [since, setSince] = useState<Before>();
  // Whatever is saved of an address with a schedule has it fetched without a word.
  useEffect(() => {
    if (nextAt !== undefined && Date.parse(nextAt) <= Date.now()) setSince(now);
  }, [nextAt]);
  const when = (at: string) => format.dateTime(at, lang.value);
  useAwaited(site, feed.lang, since, (came, all) => {
    setSince(undefined);
    onChanged(came);
    onFetched(all);
  });
  const fetchNow = async () => {
    setFault(undefined);
    try {
      await post(`/sites/${site}/catalog/feeds/${feed.lang}/fetch`);
      setSince(now);
    } catch (failure) {
      setFault(explained(asRefusal(failure)));
    }
  };
  return (
    <div class="fetched">
      <p role="status">
        {since && t("feed_fetching")}
        {!since &&
          (fetchedAt && outcome ? t(`fetch_${outcome}`, { date: when(fetchedAt) }) : t("fetch_none"))}
        {!since && nextAt && <span class="quiet"> · {t("fetch_next", { date: when(nextAt) })}</span>}
      </p>
      {!since && faults.length > 0 && <p class="trouble">{faults.map(reasonWords).join(" ")}</p>}
      <button
        type="button"
        class="button"
        disabled={busy || since !== undefined}
        onClick={() => void fetchNow()}
      >
        {t("feed_fetch")}
      </button>
      <p class="field-error" role="alert">
        {fault}
      </p>
    </div>
  );
}

/** How things stood before a fetch was asked for. */
interface Before {
  fetchedAt: string | undefined;
  run: string | undefined;
}

function latestOf(runs: readonly ImportRun[], of: string): string | undefined {
  return runs.find((run) => run.lang === of && run.from === "address")?.id;
}

/** Asks until the address was fetched and, where that brought a file, its import stands in the list. */
function useAwaited(
  site: SiteId,
  of: string,
  before: Before | undefined,
  came: (feed: FeedView, runs: ImportRun[]) => void,
): void {
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (!before) return;
    let isGone = false;
    const look = async () => {
      const [feeds, runs] = await Promise.all([
        get<FeedView[]>(`/sites/${site}/catalog/feeds`),
        get<ImportRun[]>(`/sites/${site}/catalog/imports`),
      ]);
      const feed = feeds.find((one) => one.lang === of);
      if (isGone || !feed) return;
      if (isOver(before, feed.address, latestOf(runs, of))) came(feed, runs);
      else setTurn(turn + 1);
    };
    const timer = setTimeout(() => look().catch(() => setTurn(turn + 1)), POLL_MS);
    return () => {
      isGone = true;
      clearTimeout(timer);
    };
  }, [before, turn]);
}

function isOver(before: Before, address: FeedAddressView | undefined, run: string | undefined): boolean {
  if (!address) return true;
  if (address.fetched_at === before.fetchedAt) return false;
  return address.outcome !== "imported" || address.faults.length > 0 || run !== before.run;
}

interface AddressFormProps {
  site: SiteId;
  feed: FeedView;
  onChanged: (feed: FeedView) => void;
}

function AddressForm({ site, feed, onChanged }: AddressFormProps) {
  const was = feed.address;
  const [url, setUrl] = useState(was?.url ?? "");
  const [user, setUser] = useState(was?.user ?? "");
  const [password, setPassword] = useState("");
  const [hours, setHours] = useState(String(was?.every_hours ?? 24));
  const [refusal, setRefusal] = useState<Refusal>();
  const [busy, setBusy] = useState(false);
  const path = `/sites/${site}/catalog/feeds/${feed.lang}`;

  const change = async (parts: { address: FeedAddress } | { forget_address: true }) => {
    setBusy(true);
    setRefusal(undefined);
    try {
      onChanged(await patch<FeedView>(path, parts));
      setPassword("");
      toast(t("saved"), { kind: "good" });
    } catch (failure) {
      setRefusal(asRefusal(failure));
    }
    setBusy(false);
  };
  const address: FeedAddress = {
    url: url.trim(),
    every_hours: Number(hours),
    ...(user.trim() === "" ? {} : { user: user.trim() }),
    ...(password === "" ? {} : { password }),
  };
  const isSaved =
    was !== undefined &&
    address.url === was.url &&
    address.every_hours === was.every_hours &&
    (address.user ?? "") === (was.user ?? "") &&
    password === "";
  const wrongUrl = urlFault(refusal, address.url);
  return (
    <form
      class="stack"
      aria-label={t("feed_address")}
      onSubmit={(event) => {
        event.preventDefault();
        void change({ address });
      }}
    >
      <Field
        label={t("feed_url")}
        type="url"
        required
        placeholder="https://shop.example/feed.xml"
        value={url}
        onValue={(text) => {
          setUrl(text);
          // It names the host that was refused.
          setRefusal(undefined);
        }}
        error={wrongUrl}
      />
      <div class="two">
        <Select label={t("feed_every")} value={hours} onValue={setHours}>
          {[...new Set([...HOURS, was?.every_hours ?? 0])]
            .sort((one, other) => one - other)
            .map((count) => ({ value: String(count), words: everyWords(count) }))}
        </Select>
        <Field
          label={t("feed_user")}
          autocomplete="off"
          value={user}
          onValue={setUser}
          hint={t("feed_user_hint")}
        />
        <Field
          label={t("feed_password")}
          type="password"
          autocomplete="new-password"
          value={password}
          onValue={setPassword}
          hint={was?.user ? t("feed_password_kept") : undefined}
        />
      </div>
      <p class="field-error" role="alert">
        {refusal && !wrongUrl && explained(refusal)}
      </p>
      <div class="button-row">
        <button
          type="submit"
          class={was ? "button" : "button button-primary"}
          disabled={busy || isSaved || url.trim() === ""}
        >
          {t("feed_address_save")}
        </button>
        {was && (
          <button
            type="button"
            class="button button-danger"
            disabled={busy}
            onClick={() => void change({ forget_address: true })}
          >
            {t("feed_address_forget")}
          </button>
        )}
      </div>
    </form>
  );
}

function everyWords(hours: number): string {
  if (hours === 0) return t("feed_never");
  return hours % 24 === 0 ? t("feed_days", { count: hours / 24 }) : t("feed_hours", { count: hours });
}

/** Why the address itself was refused; nothing where it was something else. */
function urlFault(refusal: Refusal | undefined, url: string): string | undefined {
  const fault = refusal?.fields?.find((one) => one.field === "address.url");
  if (!fault) return undefined;
  const { code = "", error: message } = fault;
  return reasonWords({ code, message, numbers: {}, names: URL.canParse(url) ? [new URL(url).hostname] : [] });
}
