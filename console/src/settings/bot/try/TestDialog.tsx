/** A test before it is kept: what the visitor writes, and what the bot should do then. */
import { useId, useState } from "preact/hooks";
import type { BotDefinition, TestDefinition } from "../../../shared";
import { Dialog } from "../../../ui/Dialog";
import { lang, t } from "../../../words";
import { faqName } from "../../understood/edits";
import { type Expectation, type ExpectKind, expectationsOf } from "./expect";

interface TestDialogProps {
  definition: BotDefinition;
  test: TestDefinition;
  /** Resolves to what is wrong, or to nothing. */
  onSave: (test: TestDefinition) => Promise<string | undefined>;
  onClose: () => void;
}

export function TestDialog({ definition, test, onSave, onClose }: TestDialogProps) {
  const [expect, setExpect] = useState(test.expect);
  const [fault, setFault] = useState<string>();
  const [busy, setBusy] = useState(false);
  const id = useId();
  const save = async (event: Event) => {
    event.preventDefault();
    setBusy(true);
    setFault(await onSave({ ...test, expect }));
    setBusy(false);
  };
  return (
    <Dialog title={t("try_test_title")} onClose={onClose}>
      <form class="stack" onSubmit={(event) => void save(event)}>
        <p class="quiet">{t("try_test_text")}</p>
        <div>
          <p class="field-label">{t("try_test_says")}</p>
          <ol class="test-says">
            {test.say.map((text, place) => (
              <li key={place} dir="auto">
                {text}
              </li>
            ))}
          </ol>
        </div>
        <div class="field">
          <label class="field-label" for={id}>
            {t("try_test_expects")}
          </label>
          <select
            id={id}
            class="input"
            value={expect}
            onChange={(event) => setExpect(event.currentTarget.value)}
          >
            <Expectations definition={definition} />
          </select>
        </div>
        {(test.at || test.agents !== undefined) && (
          <p class="quiet">
            {test.at && t("try_test_at", { at: test.at.replace("T", " ") })}{" "}
            {test.agents !== undefined && t("try_test_agents", { count: test.agents })}
          </p>
        )}
        <p class="field-error" role="alert">
          {fault}
        </p>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={onClose}>
            {t("cancel")}
          </button>
          <button type="submit" class="button button-primary" disabled={busy}>
            {t("try_test_save")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Expectations({ definition }: { definition: BotDefinition }) {
  const all = expectationsOf(definition);
  const plain: readonly ExpectKind[] = ["unknown", "handoff", "leave_message", "products"];
  return (
    <>
      <optgroup label={t("expect_group_faq")}>{of("faq")}</optgroup>
      <optgroup label={t("expect_group_suggest")}>{of("suggest")}</optgroup>
      <optgroup label={t("expect_group_other")}>{plain.flatMap(of)}</optgroup>
      <optgroup label={t("expect_group_step")}>{of("step")}</optgroup>
    </>
  );

  function of(kind: ExpectKind) {
    return all
      .filter((one) => one.kind === kind)
      .map((one) => (
        <option key={one.value} value={one.value}>
          {expectWords(one, definition)}
        </option>
      ));
  }
}

export function expectWords({ kind, id }: Expectation, definition: BotDefinition): string {
  switch (kind) {
    case "faq":
    case "suggest": {
      const faq = definition.faq.find((one) => one.id === id);
      return t(`expect_${kind}`, { faq: faq ? faqName(faq, lang.value, definition) : id });
    }
    case "step":
      return t("expect_step", { step: id });
    case "handoff":
    case "leave_message":
    case "products":
    case "unknown":
      return t(`expect_${kind}`);
  }
}
