/** A site: its set-up list with the next step as a button, the snippet to copy, its settings. */
import type { SiteId, SiteView } from "../shared";
import { Icon, icons } from "../shared";
import { CopyButton } from "../ui/pieces";
import { t } from "../words";
import { Ready, Title } from "./area";
import { SharingForm } from "./SharingForm";
import { SiteForm } from "./SiteForm";
import { nextStep, type Step, stepsOf } from "./steps";
import { openTest } from "./test";
import { useLoaded } from "./useLoaded";

export function SitePage({ site }: { site: SiteId }) {
  const loaded = useLoaded<SiteView>(`/sites/${site}`);
  return (
    <Ready of={loaded}>
      {(view) => (
        <>
          <div class="title-row">
            <Title under={t("site_key", { key: view.key })}>{view.name}</Title>
            <button
              type="button"
              class="button"
              disabled={!view.setup.bot_published}
              title={view.setup.bot_published ? undefined : t("test_needs_bot")}
              onClick={() => void openTest(view.id)}
            >
              <Icon d={icons.flask} size={18} />
              {t("test_open")}
            </button>
          </div>
          <SetUp site={view} />
          <Snippet site={view} />
          <SiteForm site={view} onSaved={loaded.put} />
          <SharingForm site={view} onSaved={loaded.put} />
        </>
      )}
    </Ready>
  );
}

function SetUp({ site }: { site: SiteView }) {
  const steps = stepsOf(site);
  const next = nextStep(steps);
  return (
    <section class="panel-card" aria-labelledby="setup-list">
      <h2 id="setup-list">{t("setup_list")}</h2>
      {!next && <p class="setup-done">{t("setup_done_text")}</p>}
      <ol class="steps">
        {steps.map((step) => (
          <li
            key={step.name}
            class={step.done ? "step step-done" : "step"}
            aria-current={step === next ? "step" : false}
          >
            <span class="step-mark">
              <Icon
                d={step.done ? icons.check : icons.circle}
                size={16}
                label={step.done ? t("step_done") : t("step_open")}
              />
            </span>
            <span class="step-words">
              <strong>{t(step.title)}</strong>
              {!step.done && <span>{t(step.text)}</span>}
            </span>
            {!step.done && <StepAction step={step} site={site} first={step === next} />}
          </li>
        ))}
      </ol>
    </section>
  );
}

function StepAction({ step, site, first }: { step: Step; site: SiteView; first: boolean }) {
  const look = first ? "button button-primary button-small" : "button button-small";
  if (step.href !== undefined) {
    return (
      <a class={look} href={step.href} {...(step.href.startsWith("#") ? { "data-plain": true } : {})}>
        {t(step.action)}
      </a>
    );
  }
  return (
    <button
      type="button"
      class={look}
      disabled={!site.setup.bot_published}
      onClick={() => void openTest(site.id)}
    >
      {t(step.action)}
    </button>
  );
}

function Snippet({ site }: { site: SiteView }) {
  return (
    <section id="snippet" class="panel-card" aria-labelledby="snippet-title">
      <div class="title-row">
        <h2 id="snippet-title">{t("snippet")}</h2>
        <span class={site.setup.snippet_seen ? "chip chip-ok" : "chip"}>
          {site.setup.snippet_seen ? t("snippet_seen") : t("snippet_unseen")}
        </span>
      </div>
      <p>{t("snippet_text")}</p>
      <Code text={site.snippet} />
      <h3>{t("csp")}</h3>
      <p class="quiet">{t("csp_text")}</p>
      <Code text={site.csp.join("\n")} />
    </section>
  );
}

function Code({ text }: { text: string }) {
  return (
    <div class="code">
      <pre>
        <code>{text}</code>
      </pre>
      <CopyButton text={text} />
    </div>
  );
}
