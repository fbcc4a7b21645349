/** Questions that the bot must keep answering as wanted: tried at each save and before each publishing. */
import { Icon, icons, type TestDefinition } from "../../shared";
import { t } from "../../words";
import { Line, Pick } from "./Controls";
import { useEditing } from "./editing";
import { newTest } from "./fresh";
import { faqName, stepName, TARGETS, targetName } from "./names";
import { SaidAt, SaidOf } from "./Said";

const LIST = "/tests";
const TESTS_MAX = 500;

export function Tests() {
  const { definition, edit } = useEditing();
  const { tests } = definition;
  return (
    <section class="panel-card" aria-labelledby="bot-tests">
      <div class="title-row">
        <h2 id="bot-tests">{t("bot_tab_tests")}</h2>
        <button
          type="button"
          class="button button-small"
          disabled={tests.length >= TESTS_MAX}
          onClick={() => {
            edit({ type: "insert", at: LIST, place: tests.length, value: newTest() });
            requestAnimationFrame(() =>
              document.querySelector<HTMLElement>(`[data-at="${LIST}/${tests.length}/say"]`)?.focus(),
            );
          }}
        >
          <Icon d={icons.plus} size={16} />
          {t("bot_test_add")}
        </button>
      </div>
      <p class="quiet">{t("bot_tests_text")}</p>
      <ol class="bot-cards">
        {tests.map((test, place) => (
          <Test key={place} at={`${LIST}/${place}`} place={place} test={test} />
        ))}
      </ol>
    </section>
  );
}

function Test({ at, place, test }: { at: string; place: number; test: TestDefinition }) {
  const { definition, lang, standard, edit } = useEditing();
  const expected = [
    {
      words: t("bot_test_answers"),
      choices: definition.faq.map((faq) => ({
        value: `faq:${faq.id}`,
        words: faqName(faq, lang, standard),
      })),
    },
    {
      words: t("bot_test_suggests"),
      choices: definition.faq.map((faq) => ({
        value: `suggest:${faq.id}`,
        words: t("bot_test_suggest", { name: faqName(faq, lang, standard) }),
      })),
    },
    {
      words: t("bot_steps"),
      choices: definition.steps.map((step) => ({ value: `step:${step.id}`, words: stepName(step) })),
    },
    {
      words: t("bot_to_elsewhere"),
      choices: [
        // Saying nothing more is no outcome that a test can expect.
        ...TARGETS.filter((target) => target !== "@end").map((target) => ({
          value: target as string,
          words: targetName(target),
        })),
        { value: "unknown", words: t("bot_test_unknown") },
      ],
    },
  ];
  return (
    <li class="bot-card bot-test">
      <div class="two">
        <Line
          at={`${at}/say`}
          label={t("bot_test_say", { number: place + 1 })}
          hint={test.say.length > 1 ? t("bot_test_turns", { count: test.say.length }) : undefined}
          value={test.say.at(-1) ?? ""}
          maxLength={500}
          onValue={(text) => edit({ type: "set", at: `${at}/say`, value: [...test.say.slice(0, -1), text] })}
        />
        <Pick
          at={`${at}/expect`}
          label={t("bot_test_expect")}
          value={test.expect}
          strange={test.expect === "" ? t("bot_to_choose") : t("bot_to_nothing", { id: test.expect })}
          groups={expected}
          onValue={(value) => edit({ type: "set", at: `${at}/expect`, value })}
        />
      </div>
      <div class="bot-test-foot">
        <span class="quiet">
          {[
            test.lang && t("bot_test_lang", { lang: test.lang }),
            test.at && t("bot_test_at", { at: test.at.replace("T", " ") }),
            test.agents !== undefined && t("bot_test_agents", { count: test.agents }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </span>
        <button
          type="button"
          class="icon-button bot-small-icon"
          aria-label={t("bot_delete_named", { name: t("bot_test_say", { number: place + 1 }) })}
          onClick={() => edit({ type: "remove", at: LIST, place })}
        >
          <Icon d={icons.trash} size={16} />
        </button>
      </div>
      <SaidOf at={at} />
      {["lang", "at", "agents"].map((key) => (
        <SaidAt key={key} at={`${at}/${key}`} />
      ))}
    </li>
  );
}
