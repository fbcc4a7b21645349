/** A site's bot as one TOML text: paste or open a file, check, see problems beside their lines, publish. */
import { useEffect, useRef, useState } from "preact/hooks";
import { asRefusal, get, post, put } from "../api";
import { explained } from "../refusals";
import { refreshMe } from "../session";
import { type BotDraftView, type BotReport, type BotView, format, Icon, icons, type SiteId } from "../shared";
import { toast } from "../ui/toasts";
import { lang, t } from "../words";
import { Ready, Title } from "./area";
import { Problems } from "./Problems";
import { TomlEditor } from "./TomlEditor";
import { useLoaded } from "./useLoaded";

/** After the last key: a definition is checked as it is written. */
const CHECK_AFTER_MS = 600;
/** What the server takes; a larger file is not even shown. */
const FILE_BYTES_MAX = 512 * 1024;

export function BotPage({ site }: { site: SiteId }) {
  const loaded = useLoaded<BotView>(`/sites/${site}/bot`);
  return (
    <>
      <Title under={loaded.value ? <Published bot={loaded.value} /> : undefined}>{t("bot")}</Title>
      <Ready of={loaded}>
        {(bot) => <BotEditor key={site} site={site} bot={bot} onPublished={loaded.put} />}
      </Ready>
    </>
  );
}

function Published({ bot }: { bot: BotView }) {
  if (bot.version === 0 || !bot.published_at) return <>{t("bot_none")}</>;
  return (
    <>{t("bot_version", { version: bot.version, date: format.dateTime(bot.published_at, lang.value) })}</>
  );
}

interface BotEditorProps {
  site: SiteId;
  bot: BotView;
  onPublished: (bot: BotView) => void;
}

function BotEditor({ site, bot, onPublished }: BotEditorProps) {
  const [toml, setToml] = useState(bot.toml ?? "");
  const [report, setReport] = useState<BotReport>();
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const picker = useRef<HTMLInputElement>(null);
  const editor = useRef<HTMLTextAreaElement>(null);
  const changed = toml !== (bot.toml ?? "");

  const check = async (): Promise<BotReport | undefined> => {
    try {
      const made = await post<BotReport>(`/sites/${site}/bot/check`, { toml });
      setReport(made);
      setFault(undefined);
      return made;
    } catch (failure) {
      setFault(explained(asRefusal(failure)));
      return undefined;
    }
  };

  useEffect(() => {
    if (toml.trim() === "") {
      setReport(undefined);
      return;
    }
    const timer = setTimeout(() => void check(), CHECK_AFTER_MS);
    return () => clearTimeout(timer);
  }, [toml]);

  const publish = async () => {
    setBusy(true);
    const made = await check();
    if (made && made.errors === 0) {
      try {
        const { revision } = await get<BotDraftView>(`/sites/${site}/bot/draft`);
        const saved = await put<BotDraftView>(`/sites/${site}/bot/draft`, { revision, toml });
        const done = await post<BotReport>(`/sites/${site}/bot/publish`, { revision: saved.revision });
        setReport(done);
        const version = done.version ?? bot.version + 1;
        onPublished({ version, toml, published_at: new Date().toISOString() });
        toast(t("bot_published", { version }), { kind: "good" });
        void refreshMe();
      } catch (failure) {
        setFault(explained(asRefusal(failure)));
      }
    }
    setBusy(false);
  };

  const open = async (file: File | undefined) => {
    if (!file) return;
    const text = file.size <= FILE_BYTES_MAX ? await file.text() : undefined;
    if (text === undefined) setFault(t("bot_file_too_large", { name: file.name }));
    else if (text.includes("\0")) setFault(t("bot_file_no_text", { name: file.name }));
    else setToml(text);
  };

  return (
    <section class="panel-card" aria-labelledby="bot-definition">
      <div class="title-row">
        <h2 id="bot-definition">{t("bot_definition")}</h2>
        <div class="button-row">
          <button type="button" class="button button-small" onClick={() => picker.current?.click()}>
            <Icon d={icons.upload} size={16} />
            {t("bot_open")}
          </button>
          <button
            type="button"
            class="button button-small"
            disabled={toml.trim() === ""}
            onClick={() => void check()}
          >
            {t("bot_check")}
          </button>
          <button
            type="button"
            class="button button-primary button-small"
            disabled={
              busy || toml.trim() === "" || (report?.errors ?? 0) > 0 || (!changed && bot.version > 0)
            }
            onClick={() => void publish()}
          >
            {t("bot_publish")}
          </button>
        </div>
        <input
          ref={picker}
          type="file"
          hidden
          accept=".toml,text/plain,application/toml"
          aria-label={t("bot_open")}
          onChange={(event) => {
            void open(event.currentTarget.files?.[0]);
            event.currentTarget.value = "";
          }}
        />
      </div>
      <p class="quiet">{t("bot_text")}</p>
      <p class="field-error" role="alert">
        {fault}
      </p>
      <div class="bot-columns">
        <TomlEditor
          area={editor}
          value={toml}
          onValue={setToml}
          problems={report?.problems ?? []}
          onFile={open}
        />
        <Problems
          report={report}
          empty={toml.trim() === ""}
          onLine={(line) => goToLine(editor.current, line)}
        />
      </div>
    </section>
  );
}

function goToLine(area: HTMLTextAreaElement | null, line: number): void {
  if (!area) return;
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const height = area.scrollHeight / Math.max(1, lines.length);
  area.scrollTop = Math.max(0, (line - 4) * height);
}
