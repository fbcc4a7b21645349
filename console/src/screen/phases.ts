/** What each phase of a share is called, and how it is coloured: words first, colour beside them. */
import type { ClosingReason } from "../shared";
import { t } from "../words";
import type { Phase, Told } from "./state";

export type Tone = "plain" | "shared" | "waiting" | "driving" | "trouble";

export interface PhaseWords {
  title: string;
  text?: string | undefined;
  tone: Tone;
}

export function wordsOf(phase: Phase, name: string): PhaseWords {
  switch (phase.name) {
    case "connecting":
      return { title: t("share_connecting"), tone: "plain" };
    case "disconnected":
      return phase.over
        ? { title: t("share_disconnected_over"), text: overWords(phase.closing), tone: "trouble" }
        : { title: t("share_disconnected"), tone: "trouble" };
    case "off":
      return { title: t("share_off"), text: t("share_off_text"), tone: "plain" };
    case "idle":
      return idleWords(phase.told, name);
    case "asked":
      return {
        title: t("share_waiting", { name }),
        text: t("share_waiting_text", { name }),
        tone: "waiting",
      };
    case "watching":
      return { title: t("share_watched", { agent: phase.agent.first_name }), tone: "shared" };
    case "sharing":
      return {
        title: t("share_sees", { name }),
        text: phase.told && toldWords(phase.told, name),
        tone: "shared",
      };
    case "control_asked":
      return { title: t("share_control_waiting", { name }), tone: "waiting" };
    case "driving":
      return { title: t("share_driving"), tone: "driving" };
    case "suspended":
      return { title: t("share_suspended"), tone: "waiting" };
    case "away":
      return { title: t("share_away", { name }), text: t("share_away_text"), tone: "trouble" };
  }
}

function idleWords(told: Told | undefined, name: string): PhaseWords {
  if (!told) return { title: t("share_idle"), text: t("share_idle_text", { name }), tone: "plain" };
  const text = told.type === "ended" ? t("share_ended_text") : undefined;
  return { title: toldWords(told, name), text, tone: "plain" };
}

export function toldWords(told: Told, name: string): string {
  switch (told.type) {
    case "ended":
      return t(`share_ended_${told.reason}`, { name });
    case "control_ended":
      return t(`control_ended_${told.reason}`, { name });
    case "not_agreed":
      return told.level === "see"
        ? t(`share_not_agreed_${told.why}`, { name })
        : t(`control_not_agreed_${told.why}`, { name });
  }
}

function overWords(closing: ClosingReason | undefined): string {
  if (closing === "other_tab") return t("share_other_tab");
  return closing === "signed_out" ? t("share_signed_out") : t("share_refused");
}
