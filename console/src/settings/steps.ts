/** The set-up list of a site as data: what is done, what comes next. Pure. */
import { address } from "../router";
import type { SetupList, SiteView } from "../shared";
import type { SettingsKey } from "../words";

export interface Step {
  name: keyof SetupList;
  done: boolean;
  title: SettingsKey;
  text: SettingsKey;
  action: SettingsKey;
  /** Where its button leads; the test opens a page of its own, the snippet is on this one. */
  href: string | undefined;
}

export function stepsOf(site: Pick<SiteView, "id" | "setup">): Step[] {
  const { id, setup } = site;
  return [
    {
      name: "bot_published",
      done: setup.bot_published,
      title: "step_bot",
      text: "step_bot_text",
      action: "step_bot_action",
      href: address({ name: "bot", site: id }),
    },
    {
      name: "catalog_imported",
      done: setup.catalog_imported,
      title: "step_catalog",
      text: "step_catalog_text",
      action: "step_catalog_action",
      href: address({ name: "catalog", site: id }),
    },
    {
      name: "agents_added",
      done: setup.agents_added,
      title: "step_agents",
      text: "step_agents_text",
      action: "step_agents_action",
      href: address({ name: "agents" }),
    },
    {
      name: "tested",
      done: setup.tested,
      title: "step_test",
      text: "step_test_text",
      action: "step_test_action",
      href: undefined,
    },
    {
      name: "snippet_seen",
      done: setup.snippet_seen,
      title: "step_snippet",
      text: "step_snippet_text",
      action: "step_snippet_action",
      href: "#snippet",
    },
  ];
}

export function nextStep(steps: readonly Step[]): Step | undefined {
  return steps.find((step) => !step.done);
}
