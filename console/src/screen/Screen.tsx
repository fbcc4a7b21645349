/** The agent's tab: the visitor's page with its bar at the left, the conversation at the right. */
import { useSignalEffect } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { signedOutSeen } from "../api";
import { leaveRoom, openRoom } from "../desk";
import { rowName } from "../names";
import type { ConversationId } from "../shared";
import { rooms, rows } from "../state/store";
import { Announcer, announce } from "../ui/announcer";
import { Toasts } from "../ui/toasts";
import { t } from "../words";
import { Bar } from "./Bar";
import { keepFocus } from "./focus";
import { Place } from "./Place";
import { wordsOf } from "./phases";
import { Side } from "./Side";
import { SignedOut } from "./SignedOut";
import { Stage } from "./Stage";
import { nameVisitor, openShare, phase, pictureFrame } from "./session";

interface ScreenProps {
  conversation: ConversationId;
  ask: boolean;
}

export function Screen({ conversation, ask }: ScreenProps) {
  const room = rooms.value.get(conversation);
  const row = rows.value.get(conversation) ?? room?.details?.row;
  const name = row ? rowName(row) : t("share_visitor");
  const host = useRef<HTMLDivElement>(null);

  useEffect(() => {
    openRoom(conversation);
    const close = host.current ? openShare(conversation, ask, host.current) : undefined;
    const unkeep = keepFocus(pictureFrame);
    return () => {
      unkeep();
      close?.();
      leaveRoom();
    };
  }, [conversation]);
  useEffect(() => {
    nameVisitor(() => name);
    document.title = `${t("shared_page_of", { name })} · Comptoir`;
  }, [name]);

  // Each change of state is said once, whatever the agent is doing.
  const said = useRef("");
  useSignalEffect(() => {
    const { title } = wordsOf(phase.value, name);
    if (title !== said.current) announce(title);
    said.current = title;
  });

  if (signedOutSeen.value > 0) return <SignedOut />;
  return (
    <div class="screen">
      <Announcer />
      <main class="screen-main">
        <h1 class="only-read">{t("shared_page_of", { name })}</h1>
        <Bar name={name} />
        <Place />
        <Stage name={name} host={host} />
      </main>
      <Side conversation={conversation} room={room} row={row} name={name} />
      <Toasts />
    </div>
  );
}
