/** Which screen an address shows, and who may see it. Screens beyond the inbox are fetched when shown. */
import { useEffect } from "preact/hooks";
import { Inbox } from "./inbox/Inbox";
import { go, type Route, route } from "./router";
import { Shell } from "./Shell";
import { comeBackTo, me, rememberedDuty } from "./session";
import { icons } from "./shared";
import { Announcer } from "./ui/announcer";
import { Lazy } from "./ui/Lazy";
import { Empty, Spinner } from "./ui/pieces";
import { Toasts } from "./ui/toasts";
import { learn, t } from "./words";
import { settingsWords } from "./words/settings";

export function App() {
  return (
    <>
      <Announcer />
      <Screen at={route.value} />
      <Toasts />
    </>
  );
}

const openToAll: ReadonlySet<Route["name"]> = new Set(["sign_in", "set_up", "invitation"]);

function Screen({ at }: { at: Route }) {
  const who = me.value;
  const guarded = !openToAll.has(at.name);
  useEffect(() => {
    if (who === null && guarded) {
      comeBackTo(location.pathname + location.search);
      go({ name: "sign_in" }, "replace");
    } else if (who && (at.name === "home" || at.name === "sign_in")) {
      go({ name: "inbox", tab: "waiting" }, "replace");
    } else if (who && at.name === "inbox" && rememberedDuty(who) === undefined) {
      go({ name: "duty" }, "replace");
    }
  }, [who, at.name]);
  if (who === undefined) return <Spinner label={t("loading")} />;
  if (who === null && guarded) return null;
  if (guarded && at.name !== "duty" && at.name !== "inbox" && at.name !== "lost" && who?.role !== "admin") {
    return (
      <Shell>
        <Lost text={t("admins_only")} />
      </Shell>
    );
  }
  return <Shown at={at} />;
}

/** The settings bring their words along. */
async function settingsChunk() {
  const [{ Settings }] = await Promise.all([import("./settings/Settings"), learn(settingsWords)]);
  return Settings;
}

function Shown({ at }: { at: Route }) {
  switch (at.name) {
    case "home":
      return <Spinner label={t("loading")} />;
    case "sign_in":
      return <Lazy name="sign_in" load={async () => (await import("./entry/SignIn")).SignIn} props={{}} />;
    case "set_up":
      return (
        <Lazy
          name="set_up"
          load={async () => (await import("./entry/arrivals")).setUp()}
          props={{ token: at.token }}
        />
      );
    case "invitation":
      return (
        <Lazy
          name="invitation"
          load={async () => (await import("./entry/arrivals")).invitation()}
          props={{ token: at.token }}
        />
      );
    case "duty":
      return <Lazy name="duty" load={async () => (await import("./entry/arrivals")).duty()} props={{}} />;
    case "inbox":
      return (
        <Shell>
          <Inbox tab={at.tab} conversation={at.conversation} />
        </Shell>
      );
    case "lost":
      return (
        <Shell>
          <Lost text={t("lost")} />
        </Shell>
      );
    default:
      return (
        <Shell>
          <Lazy name="settings" load={settingsChunk} props={{ at }} />
        </Shell>
      );
  }
}

function Lost({ text }: { text: string }) {
  return (
    <main class="page">
      <Empty icon={icons.info} title={text}>
        <a href="/inbox/waiting">{t("to_inbox")}</a>
      </Empty>
    </main>
  );
}
