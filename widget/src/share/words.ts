/** A share's states and questions in words. The words themselves: ../words/share.*.json. */
import type { AgentRef } from "../shared/protocol";
import type { ShareKey, ShareT } from "../words/share";
import type { Mood, Question } from "./contract";

export function moodWords(mood: Mood, t: ShareT): string {
  switch (mood.is) {
    case "connecting":
      return t(mood.agent ? "lost" : "connecting");
    case "seen":
      return t("seen", names(mood.watchers));
    case "driven":
      return t("driven", { name: mood.agent.first_name });
    case "paused":
      return t(mood.why === "covered" ? "paused" : "unwatched");
    case "elsewhere":
      return t("elsewhere");
    case "over":
      return t(`over_${mood.why}`, { name: mood.agent?.first_name ?? "" });
  }
}

export function questionTitle(question: Question, t: ShareT): string {
  const name = question.agent.first_name;
  const before = question.about === "replace" ? question.replaces.first_name : "";
  return t(`${question.about}_title`, { name, before });
}

/** What is said below the title, a sentence each. */
export function questionWords(question: Question, t: ShareT): string[] {
  const say = (...keys: ShareKey[]) => keys.map((key) => t(key, { name: question.agent.first_name }));
  switch (question.about) {
    case "see":
      return say("see_what", `see_masked_${question.settings.show}`, "see_stop");
    case "replace":
      return say("replace_what", "see_stop");
    case "control":
      return say("control_what", "control_masked", "control_stop");
    case "go":
      return [question.title];
    case "preview":
      return say("preview_what", "preview_stranger");
  }
}

function names(agents: readonly AgentRef[]) {
  const list = agents.map((agent) => agent.first_name);
  return { names: list.join(" · "), count: list.length };
}
