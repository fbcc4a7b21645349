/** The bar over the page: where the share stands, since when, who watches, and what can be done. */
import { Icon, icons } from "../shared";
import { t } from "../words";
import { toldWords, wordsOf } from "./phases";
import { screen } from "./receiver";
import { ask, can, phase, pointing, reconnect, say } from "./session";

export function Bar({ name }: { name: string }) {
  const now = phase.value;
  const { title, tone } = wordsOf(now, name);
  const told = now.name === "sharing" ? now.told : undefined;
  return (
    <section class={`screen-bar bar-${tone}`} aria-label={t("shared_page")} data-region>
      <div class="bar-words">
        <strong class="bar-title">
          {title}
          <Left />
          <Since />
        </strong>
        {told && <span class="bar-told">{toldWords(told, name)}</span>}
        <Watchers />
      </div>
      <div class="bar-actions">
        <Actions name={name} />
      </div>
    </section>
  );
}

function Left() {
  const now = phase.value;
  if (now.name !== "asked" && now.name !== "control_asked") return null;
  return (
    <span class="countdown" aria-hidden="true">
      {t("seconds", { count: now.left })}
    </span>
  );
}

const SHOWING: ReadonlySet<string> = new Set(["sharing", "control_asked", "driving", "suspended"]);

function Since() {
  const { since } = screen.value;
  if (since === undefined || !SHOWING.has(phase.value.name)) return null;
  const seconds = Math.max(0, Math.floor((performance.now() - since) / 1000));
  const time = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  return (
    <span class="bar-since" role="timer" aria-live="off">
      {" · "}
      <span class="only-read">{t("share_since", { time })}</span>
      <span aria-hidden="true">{time}</span>
    </span>
  );
}

/** Everybody else who sees the page: the visitor's banner names them too. */
function Watchers() {
  const { view, me } = screen.value;
  const others = (view?.watchers ?? []).filter((one) => one.id !== me?.id);
  if (others.length === 0) return null;
  return (
    <span class="bar-told">
      {t("share_watchers", { names: others.map((one) => one.first_name).join(", ") })}
    </span>
  );
}

function Actions({ name }: { name: string }) {
  const now = phase.value;
  switch (now.name) {
    case "disconnected":
      return now.over ? null : <Act words={t("reconnect")} run={reconnect} />;
    case "idle":
      if (!can.value.ask) return null;
      return (
        <Act
          words={t(now.told ? "share_ask_again" : "share_ask")}
          icon={icons.screen}
          look="button-primary"
          run={ask}
        />
      );
    case "asked":
      return <Act words={t("share_withdraw")} run={() => say({ type: "withdraw_ask" })} />;
    case "control_asked":
      return (
        <>
          <Act words={t("share_withdraw")} run={() => say({ type: "withdraw_ask" })} />
          <Stop />
        </>
      );
    case "sharing":
      return (
        <>
          <PointButton name={name} />
          <ControlButton name={name} />
          <Stop />
        </>
      );
    case "driving":
    case "suspended":
      return (
        <>
          <Act words={t("share_give_back")} run={() => say({ type: "release_control" })} />
          <Stop />
        </>
      );
    case "away":
      return <Stop />;
    case "connecting":
    case "off":
    case "watching":
      return null;
  }
}

interface ActProps {
  words: string;
  icon?: string;
  look?: string;
  run: () => void;
}

function Act({ words, icon, look = "", run }: ActProps) {
  return (
    <button type="button" class={`button ${look}`} onClick={run}>
      {icon && <Icon d={icon} size={18} />}
      {words}
    </button>
  );
}

function Stop() {
  if (!can.value.stop) return null;
  return <Act words={t("share_stop")} look="button-danger" run={() => say({ type: "stop_sharing" })} />;
}

function PointButton({ name }: { name: string }) {
  const able = can.value.point;
  return (
    <button
      type="button"
      class="button"
      aria-pressed={pointing.value && able}
      aria-disabled={!able}
      title={able ? t("share_point_means", { name }) : t("share_point_off")}
      onClick={() => {
        if (able) pointing.value = !pointing.value;
      }}
    >
      {t("share_point")}
    </button>
  );
}

function ControlButton({ name }: { name: string }) {
  const able = can.value.askControl;
  // With control switched off the page calls every page see-only: the site's choice is the reason.
  const switchedOff = screen.value.view?.settings.control === false;
  const why = t(switchedOff ? "share_control_off" : "share_control_see_only");
  return (
    <button
      type="button"
      class="button"
      aria-disabled={!able}
      title={able ? t("share_take_control_means", { name }) : why}
      onClick={() => {
        if (able) say({ type: "request_control" });
      }}
    >
      {t("share_take_control")}
    </button>
  );
}
