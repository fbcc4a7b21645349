/** What is kept of a feed for its next imports: its settings, and the address that it is fetched from. */
import { useState } from "preact/hooks";
import { asRefusal, patch, post } from "../../api";
import { explained } from "../../refusals";
import { type FeedAddress, type FeedAddressView, type FeedView, format, type SiteId } from "../../shared";
import { Field } from "../../ui/Field";
import { toast } from "../../ui/toasts";
import { lang, t } from "../../words";
import { reasonWords } from "../reasonWords";
import { Select } from "../SiteFields";
import { draftOf, settingsOf } from "./draft";
import { FeedFields } from "./FeedFields";

interface FeedCardProps {
  site: SiteId;
  feed: FeedView;
  onChanged: (feed: FeedView) => void;
}

export function FeedCard({ site, feed, onChanged }: FeedCardProps) {
  return (
    <details class="panel-card feed-settings">
      <summary>
        <h2>{t("feed_settings")}</h2>
      </summary>
      <SettingsForm key={JSON.stringify(feed.settings)} site={site} feed={feed} onChanged={onChanged} />
      <AddressForm key={feed.address?.url ?? ""} site={site} feed={feed} onChanged={onChanged} />
    </details>
  );
}

function SettingsForm({ site, feed, onChanged }: FeedCardProps) {
  const [draft, setDraft] = useState(draftOf(feed.settings));
  const header = feed.settings.mapping?.header ?? [];
  const settings = settingsOf(draft, header);
  const unchanged = JSON.stringify(settings) === JSON.stringify(settingsOf(draftOf(feed.settings), header));
  const save = async (event: Event) => {
    event.preventDefault();
    try {
      onChanged(await patch<FeedView>(`/sites/${site}/catalog/feeds/${feed.lang}`, { settings }));
      toast(t("saved"), { kind: "good" });
    } catch (failure) {
      toast(explained(asRefusal(failure)), { kind: "bad" });
    }
  };
  const mapping = feed.settings.mapping;
  return (
    <form class="stack" onSubmit={save}>
      <FeedFields draft={draft} change={(parts) => setDraft({ ...draft, ...parts })} />
      {mapping && (
        <p class="quiet">
          {t("feed_mapping_kept", { count: mapping.columns.length + mapping.values.length })}{" "}
          <button
            type="button"
            class="button button-small"
            onClick={() => setDraft({ ...draft, fields: new Map(), values: [] })}
          >
            {t("feed_mapping_forget")}
          </button>
        </p>
      )}
      <div>
        <button type="submit" class="button" disabled={unchanged}>
          {t("save")}
        </button>
      </div>
    </form>
  );
}

const HOURS = [0, 1, 3, 6, 12, 24, 168];

function AddressForm({ site, feed, onChanged }: FeedCardProps) {
  const was = feed.address;
  const [url, setUrl] = useState(was?.url ?? "");
  const [user, setUser] = useState(was?.user ?? "");
  const [password, setPassword] = useState("");
  const [hours, setHours] = useState(String(was?.every_hours ?? 24));
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const path = `/sites/${site}/catalog/feeds/${feed.lang}`;

  const ask = async (request: () => Promise<FeedView>, done: string) => {
    setBusy(true);
    setFault(undefined);
    try {
      onChanged(await request());
      setPassword("");
      toast(done, { kind: "good" });
    } catch (failure) {
      setFault(explained(asRefusal(failure)));
    }
    setBusy(false);
  };
  const address: FeedAddress = {
    url: url.trim(),
    every_hours: Number(hours),
    ...(user.trim() === "" ? {} : { user: user.trim() }),
    ...(password === "" ? {} : { password }),
  };
  const save = (event: Event) => {
    event.preventDefault();
    void ask(() => patch<FeedView>(path, { address }), t("saved"));
  };
  const forget = () => {
    setUrl("");
    void ask(() => patch<FeedView>(path, { forget_address: true }), t("saved"));
  };

  return (
    <form class="stack" onSubmit={save} aria-labelledby={`feed-address-${feed.lang}`}>
      <h3 id={`feed-address-${feed.lang}`}>{t("feed_address")}</h3>
      <p class="quiet">{t("feed_address_text")}</p>
      <div class="two">
        <Field
          label={t("feed_url")}
          type="url"
          required
          placeholder="https://shop.example/feed.xml"
          value={url}
          onValue={setUrl}
        />
        <Select label={t("feed_every")} value={hours} onValue={setHours}>
          {HOURS.map((count) => ({
            value: String(count),
            words: count === 0 ? t("feed_never") : t("feed_hours", { count }),
          }))}
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
      {was && <Fetched address={was} />}
      <p class="field-error" role="alert">
        {fault}
      </p>
      <div class="button-row">
        <button type="submit" class="button" disabled={busy || url.trim() === ""}>
          {t("feed_address_save")}
        </button>
        {was && (
          <>
            <button
              type="button"
              class="button"
              disabled={busy}
              onClick={() => void ask(() => post<FeedView>(`${path}/fetch`), t("feed_fetching"))}
            >
              {t("feed_fetch")}
            </button>
            <button type="button" class="button button-danger" disabled={busy} onClick={forget}>
              {t("feed_address_forget")}
            </button>
          </>
        )}
      </div>
    </form>
  );
}

function Fetched({ address }: { address: FeedAddressView }) {
  const when = (at: string) => format.dateTime(at, lang.value);
  return (
    <>
      <p class="quiet">
        {address.fetched_at && address.outcome
          ? t(`fetch_${address.outcome}`, { date: when(address.fetched_at) })
          : t("fetch_none")}
        {address.next_at && ` · ${t("fetch_next", { date: when(address.next_at) })}`}
      </p>
      {address.faults.length > 0 && <p class="trouble">{address.faults.map(reasonWords).join(" ")}</p>}
    </>
  );
}
