/** What happened to a shared page, as one sentence of the transcript each. */
import type { AgentRef, ShareAct, ShareStep } from "../shared";
import { lang, t } from "../words";

export function shareStep(step: ShareStep): string {
  switch (step.type) {
    case "asked":
      return t(`notice_share_asked_${step.level}`, { agent: step.by.first_name });
    case "agreed":
      return t(`notice_share_agreed_${step.level}`, { agent: step.to.first_name });
    case "not_agreed":
      return t(`notice_share_no_${step.level}`, { why: t(`why_${step.why}`) });
    case "control_ended":
      return t(`notice_control_${step.reason}`, { agent: step.agent.first_name });
    case "ended":
      return t(`notice_share_ended_${step.reason}`, { agent: step.agent.first_name });
  }
}

/** Everything that was done in a while, in the order in which it was done. */
export function shareActs(by: AgentRef, acts: readonly ShareAct[]): string {
  const list = new Intl.ListFormat(lang.value, { type: "conjunction" });
  return t("notice_acts", { agent: by.first_name, acts: list.format(acts.map(actWords)) });
}

function actWords({ kind, label }: ShareAct): string {
  return label === "" ? t(`act_${kind}_unnamed`) : t(`act_${kind}`, { label });
}
