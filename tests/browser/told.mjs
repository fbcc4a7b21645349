/**
 * An agent's tab of a shared page whose server is played: what is said and shown on its socket is the
 * test's, also what an honest server never would. The visitor's side played is played.mjs's.
 */
import { readFileSync } from "node:fs";

import { Desk } from "./desk.mjs";
import { inConversation } from "./journeys.mjs";
import { SETTINGS } from "./played.mjs";
import { ShareTab } from "./sharing.mjs";

const NAME = "Omar Haddad";
const SHARE = "0190aaaa-0000-7000-8000-0000000000aa";
const WORDS = Object.fromEntries(
  ["en", "fr"].map((lang) => {
    const file = new URL(`../../console/src/words/sharing.${lang}.json`, import.meta.url);
    return [lang, JSON.parse(readFileSync(file, "utf8"))];
  }),
);
export const forged = JSON.parse(readFileSync(new URL("../shared/forged.json", import.meta.url), "utf8"));
/** An ordinary page, which the forged changes refer to by the same numbers. */
export const honest = [
  { type: 4, data: { href: "", width: 800, height: 600 }, timestamp: 1 },
  forged.find(({ kind }) => kind === 1).events[0],
];
export const PAGE = {
  url: "https://shop.example/lamps",
  title: "Lamps",
  width: 800,
  height: 600,
  touch: false,
  visible: true,
  dark: false,
  rule: "full",
  lacks: [],
};

export const FULL = 1;

export function frame(kind, doc, seq, events) {
  const body = Buffer.from(JSON.stringify(events));
  const head = Buffer.alloc(10);
  head[0] = kind;
  head.writeUInt32BE(doc, 2);
  head.writeUInt32BE(seq, 6);
  return Buffer.concat([head, body]);
}

/** The agent's tab, and the server's side of its socket. */
export class Told {
  static async open(t, lang) {
    const told = new Told();
    const desk = await Desk.start(t);
    told.desk = desk;
    const { agent } = await inConversation(desk);
    await agent.context.addInitScript((chosen) => localStorage.setItem("comptoir.lang", chosen), lang);
    await agent.page.reload();
    const { id, first_name } = await agent.page.evaluate(async () => (await fetch("/api/v1/session")).json());
    told.agent = { id, first_name };
    told.words = WORDS[lang];
    told.doc = 0;
    await agent.context.routeWebSocket(/\/api\/v1\/share/, (socket) => {
      told.socket = socket;
      socket.onMessage((text) => {
        const said = JSON.parse(text);
        if (said.type === "watch") told.welcome();
        if (said.type === "beat" && told.beats) told.say({ type: "page_beat" });
      });
    });
    told.beats = true;
    told.stage = { type: "sharing", agent: told.agent };
    told.tab = await ShareTab.open(agent, lang);
    told.page = told.tab.page;
    await told.page.locator(".layer:not(.layer-coming) iframe").waitFor();
    return told;
  }

  get view() {
    const idle = this.stage.type === "idle";
    return {
      stage: this.stage,
      watchers: [this.agent],
      settings: SETTINGS,
      ...(idle ? {} : { share: SHARE, page: PAGE }),
    };
  }

  say(frame) {
    this.socket.send(JSON.stringify(frame));
  }

  welcome() {
    this.say({ type: "welcome", agent: this.agent, view: this.view });
    this.draw();
  }

  draw() {
    this.doc += 1;
    this.socket.send(frame(FULL, this.doc, 1, honest));
  }

  become(stage) {
    this.stage = stage;
    this.say({ type: "changed", view: this.view });
  }

  shares() {
    this.become({ type: "sharing", agent: this.agent });
    this.draw();
  }

  async reads(key) {
    const words = this.words[key].replaceAll("{name}", NAME);
    await this.page.getByRole("main").getByText(words).first().waitFor();
  }
}
