/**
 * Each state of a shared page is told in words, in both languages, by a server that the test plays: what
 * hinders the picture, what ended and why.
 */
import assert from "node:assert/strict";
import { test } from "node:test";

import { until } from "./sharing.mjs";
import { PAGE, Told } from "./told.mjs";

for (const lang of ["en", "fr"]) {
  test(`what hinders the picture is said over it (${lang})`, async (t) => {
    const told = await Told.open(t, lang);
    await told.tab.page.locator(".layer:not(.layer-coming) iframe").waitFor();
    told.say({ type: "page", page: { ...PAGE, visible: false } });
    await told.reads("share_hidden");
    told.say({ type: "page", page: PAGE });
    told.say({ type: "unshowable", why: "not_allowed" });
    await told.reads("share_unshowable");
    told.say({ type: "unshowable", why: "too_large" });
    await told.reads("share_unshowable_too_large");
    told.draw();
    await until(async () => (await told.page.locator(".stage-veil").count()) === 0, "the picture is clear");
    told.beats = false;
    await told.reads("share_frozen");
    told.beats = true;
    await until(async () => (await told.page.locator(".stage-veil").count()) === 0, "it moves again");
    told.become({ type: "suspended", agent: told.agent, epoch: 4 });
    await told.reads("share_suspended");
    await told.reads("share_loading");
    told.become({ type: "away", agent: told.agent });
    await told.reads("share_away");
    assert.deepEqual(told.tab.complaints, []);
  });

  test(`what ended, and why, is said in the bar (${lang})`, async (t) => {
    const told = await Told.open(t, lang);
    await told.reads("share_sees");
    const keys = Object.keys(told.words);
    const reasons = (beginning) =>
      keys.filter((key) => key.startsWith(beginning)).map((key) => key.slice(beginning.length));
    for (const reason of reasons("control_ended_")) {
      told.become({ type: "in_control", agent: told.agent, epoch: 4 });
      await told.reads("share_driving");
      told.say({ type: "control_ended", reason });
      told.shares();
      await told.reads(`control_ended_${reason}`);
    }
    for (const why of reasons("control_not_agreed_")) {
      told.become({ type: "control_asked", agent: told.agent, seconds_left: 30 });
      await told.reads("share_control_waiting");
      told.say({ type: "not_agreed", level: "control", why });
      told.shares();
      await told.reads(`control_not_agreed_${why}`);
    }
    for (const why of reasons("share_not_agreed_")) {
      told.become({ type: "asked", agent: told.agent, seconds_left: 60 });
      await told.reads("share_waiting");
      told.say({ type: "not_agreed", level: "see", why });
      told.become({ type: "idle" });
      await told.reads(`share_not_agreed_${why}`);
    }
    for (const reason of reasons("share_ended_").filter((reason) => reason !== "text")) {
      told.shares();
      await told.page.locator(".layer iframe").first().waitFor();
      told.say({ type: "sharing_ended", reason });
      told.become({ type: "idle" });
      await told.reads(`share_ended_${reason}`);
      await until(async () => (await told.page.locator("iframe").count()) === 0, "nothing of it is left");
    }
    assert.deepEqual(told.tab.complaints, []);
  });
}
