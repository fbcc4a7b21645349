/** The top bar around inbox and settings: where one is, which chatbots, presence, sign-out. */
import type { ComponentChildren } from "preact";
import { choosePresence, reconnectNow } from "./desk";
import { helpShown, searchHistory } from "./inbox/keys";
import { address, go, route } from "./router";
import { me, signOut } from "./session";
import { Icon, icons, type Presence } from "./shared";
import { duty, linkState, myUnread, presence, self } from "./state/store";
import { alertsOn, turnAlerts } from "./ui/alerts";
import { Lazy } from "./ui/Lazy";
import { Mark } from "./ui/Mark";
import { Menu, MenuItem } from "./ui/Menu";
import { Avatar, PresenceDot, presenceWords } from "./ui/pieces";
import { chooseLanguage, lang, languageNames, languages, t } from "./words";

const helpChunk = async () => (await import("./ui/Help")).Help;
const closeHelp = () => {
  helpShown.value = false;
};

export function Shell({ children }: { children: ComponentChildren }) {
  const who = me.value;
  const here = route.value.name;
  const inSettings = here !== "inbox" && here !== "duty" && here !== "lost";
  return (
    <div class="shell">
      <header class="topbar" data-region>
        <a class="brand" href={address({ name: "inbox", tab: "waiting" })} aria-label="Comptoir">
          <Mark />
          <span class="brand-name">Comptoir</span>
        </a>
        <nav class="topnav" aria-label={t("nav")}>
          <a href="/inbox/waiting" {...(here === "inbox" ? { "aria-current": "page" as const } : {})}>
            <Icon d={icons.inbox} size={18} />
            <span>{t("inbox")}</span>
            {myUnread.value > 0 && here !== "inbox" && (
              <span class="badge badge-alert">{myUnread.value}</span>
            )}
          </a>
          {who?.role === "admin" && (
            <a href="/settings/sites" {...(inSettings ? { "aria-current": "page" as const } : {})}>
              <Icon d={icons.settings} size={18} />
              <span>{t("settings")}</span>
            </a>
          )}
        </nav>
        {here === "inbox" && (
          <button type="button" class="button search-button" onClick={searchHistory}>
            <Icon d={icons.search} size={18} />
            {t("search_button")}
            <kbd>Ctrl K</kbd>
          </button>
        )}
        <DutyButton />
        <PresenceMenu />
        <AccountMenu />
      </header>
      <LinkBanner />
      {children}
      {helpShown.value && <Lazy name="help" load={helpChunk} props={{ onClose: closeHelp }} />}
    </div>
  );
}

function DutyButton() {
  const sites = me.value?.sites ?? [];
  const chosen = sites.filter((site) => duty.value.includes(site.id));
  if (sites.length === 0) return null;
  const only = chosen.length === 1 ? chosen[0]?.name : undefined;
  const words = only ?? t("duty_count", { count: chosen.length });
  return (
    <a class="button button-quiet duty-button" href="/inbox/chatbots" title={t("duty_change")}>
      <Icon d={icons.messages} size={18} />
      <span class="duty-name">{words}</span>
    </a>
  );
}

const presences: readonly Presence[] = ["available", "busy", "away"];

function PresenceMenu() {
  const online = linkState.value === "open";
  const words = presenceWords(presence.value, online);
  return (
    <Menu
      face={
        <>
          <PresenceDot presence={presence.value} online={online} />
          <span class="presence-words">{words}</span>
          <Icon d={icons.chevronDown} size={16} />
        </>
      }
      label={t("presence_label", { presence: words })}
    >
      {presences.map((one) => (
        <MenuItem key={one} chosen={presence.value === one} onChoose={() => choosePresence(one)}>
          <PresenceDot presence={one} />
          <span class="menu-words">
            {t(`presence_${one}`)}
            <small>{t(`presence_${one}_means`)}</small>
          </span>
        </MenuItem>
      ))}
    </Menu>
  );
}

function AccountMenu() {
  const who = me.value;
  if (!who) return null;
  return (
    <Menu
      face={<Avatar name={who.name} size="s" />}
      label={t("account", { name: who.name })}
      buttonClass="avatar-button"
    >
      <div class="menu-head" role="presentation">
        <strong>{who.name}</strong>
        <small>{who.email}</small>
      </div>
      <MenuItem onChoose={() => go({ name: "duty" })}>
        <Icon d={icons.messages} size={18} />
        {t("duty_change")}
      </MenuItem>
      {languages.map((one) => (
        <MenuItem key={one} lang={one} chosen={lang.value === one} onChoose={() => void chooseLanguage(one)}>
          <Icon d={icons.language} size={18} />
          {languageNames[one]}
        </MenuItem>
      ))}
      <MenuItem onChoose={() => void turnAlerts(!alertsOn.value)}>
        <Icon d={alertsOn.value ? icons.bellOff : icons.bell} size={18} />
        {alertsOn.value ? t("alerts_off") : t("alerts_on")}
      </MenuItem>
      <MenuItem
        onChoose={() => {
          helpShown.value = true;
        }}
      >
        <Icon d={icons.info} size={18} />
        {t("help_open")}
      </MenuItem>
      <MenuItem onChoose={() => void signOut(false)}>
        <Icon d={icons.signOut} size={18} />
        {t("sign_out")}
      </MenuItem>
      <MenuItem onChoose={() => void signOut(true)}>
        <Icon d={icons.signOut} size={18} />
        {t("sign_out_everywhere")}
      </MenuItem>
    </Menu>
  );
}

/** Shown once a connection that stood is gone; the announcer says it too (notices.ts). */
function LinkBanner() {
  const state = linkState.value;
  if (self.value === undefined || state === "open" || state === "idle") return null;
  return (
    <div class="banner banner-warn">
      <Icon d={icons.wifiOff} size={18} />
      <span>{state === "ended" ? t("link_ended") : t("link_lost")}</span>
      {state === "ended" ? (
        <button type="button" class="button button-small" onClick={() => location.reload()}>
          {t("reload")}
        </button>
      ) : (
        <button type="button" class="button button-small" onClick={reconnectNow}>
          {t("reconnect")}
        </button>
      )}
    </div>
  );
}
