/** The settings' frame: what there is to set at the left, one area at the right. Admins only. */
import "../style/settings.css";
import { useEffect, useRef } from "preact/hooks";
import { address, type Route, type SiteArea } from "../router";
import { me } from "../session";
import { Icon, icons, type SiteId } from "../shared";
import { Lazy } from "../ui/Lazy";
import { learn, t } from "../words";
import { botWords } from "../words/bot";
import { figuresWords } from "../words/figures";
import { tryWords } from "../words/try";
import { Agents } from "./Agents";
import { CatalogPage } from "./CatalogPage";
import { LedgerPage } from "./LedgerPage";
import { NewSitePage } from "./NewSitePage";
import { SitePage } from "./SitePage";
import { Sites } from "./Sites";

export type SettingsRoute = Extract<Route, { name: "sites" | "new_site" | SiteArea | "agents" }>;

export function Settings({ at }: { at: SettingsRoute }) {
  const main = useRef<HTMLElement>(null);
  const key = address(at);
  const entered = useRef(key);
  useEffect(() => {
    if (entered.current === key) return;
    entered.current = key;
    main.current?.scrollTo(0, 0);
    main.current?.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }, [key]);
  return (
    <div class="settings">
      <SettingsNav at={at} />
      <main class="settings-main" ref={main} data-region>
        <div class="settings-page" key={key}>
          <Area at={at} />
        </div>
      </main>
    </div>
  );
}

async function versionsChunk() {
  const [{ VersionsPage }] = await Promise.all([import("./bot/versions/VersionsPage"), learn(tryWords)]);
  return VersionsPage;
}

async function notUnderstoodChunk() {
  const [{ NotUnderstoodPage }] = await Promise.all([
    import("./NotUnderstoodPage"),
    learn(figuresWords, tryWords),
  ]);
  return NotUnderstoodPage;
}

async function figuresChunk() {
  const [{ FiguresPage }] = await Promise.all([import("./FiguresPage"), learn(figuresWords)]);
  return FiguresPage;
}

/** The bot's editor brings its words along. */
async function botChunk() {
  const [{ BotPage }] = await Promise.all([import("./bot/BotPage"), learn(botWords)]);
  return BotPage;
}

function Area({ at }: { at: SettingsRoute }) {
  switch (at.name) {
    case "sites":
      return <Sites />;
    case "new_site":
      return <NewSitePage />;
    case "site":
      return <SitePage site={at.site} />;
    case "bot":
      return <Lazy name="bot" load={botChunk} props={{ site: at.site }} />;
    case "bot_versions":
      return <Lazy name="bot_versions" load={versionsChunk} props={{ site: at.site }} />;
    case "not_understood":
      return <Lazy name="not_understood" load={notUnderstoodChunk} props={{ site: at.site }} />;
    case "figures":
      return <Lazy name="figures" load={figuresChunk} props={{ site: at.site }} />;
    case "catalog":
      return <CatalogPage site={at.site} />;
    case "ledger":
      return <LedgerPage site={at.site} />;
    case "agents":
      return <Agents />;
  }
}

function SettingsNav({ at }: { at: SettingsRoute }) {
  const open = "site" in at ? at.site : undefined;
  const sites = me.value?.sites ?? [];
  return (
    <nav class="settings-nav" aria-label={t("settings")} data-region>
      <NavLink to={{ name: "sites" }} at={at} icon={icons.list} words={t("sites")} />
      {sites.map((site) => (
        <div key={site.id} class="nav-site">
          <NavLink to={{ name: "site", site: site.id }} at={at} icon={icons.message} words={site.name} />
          {site.id === open && <SiteNav site={site.id} at={at} />}
        </div>
      ))}
      <NavLink to={{ name: "agents" }} at={at} icon={icons.users} words={t("agents")} />
    </nav>
  );
}

function SiteNav({ site, at }: { site: SiteId; at: SettingsRoute }) {
  return (
    <div class="nav-under">
      <NavLink to={{ name: "bot", site }} at={at} icon={icons.bot} words={t("bot")} />
      <NavLink
        to={{ name: "not_understood", site }}
        at={at}
        icon={icons.help}
        words={t("nav_not_understood")}
      />
      <NavLink to={{ name: "figures", site }} at={at} icon={icons.chart} words={t("nav_figures")} />
      <NavLink to={{ name: "catalog", site }} at={at} icon={icons.box} words={t("catalog")} />
      <NavLink to={{ name: "ledger", site }} at={at} icon={icons.tag} words={t("ledger")} />
    </div>
  );
}

function NavLink({ to, at, icon, words }: { to: Route; at: Route; icon: string; words: string }) {
  const here = address(to) === address(at);
  const link = useRef<HTMLAnchorElement>(null);
  // On a phone they stand in one line that is wider than the screen.
  useEffect(() => {
    if (here) link.current?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [here]);
  return (
    <a ref={link} class="nav-link" href={address(to)} {...(here ? { "aria-current": "page" as const } : {})}>
      <Icon d={icon} size={18} />
      <span>{words}</span>
    </a>
  );
}
