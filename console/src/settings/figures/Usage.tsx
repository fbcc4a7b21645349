/** The FAQs with what became of them in the last 30 days. */
import type { BotDraftView, FaqUsage, SiteId } from "../../shared";
import { Table } from "../../ui/Table";
import { lang, t } from "../../words";
import { Ready } from "../area";
import { faqName } from "../understood/edits";
import { useLoaded } from "../useLoaded";
import { number } from "./numbers";
import { usageRows } from "./usage";

export function Usage({ site }: { site: SiteId }) {
  const usage = useLoaded<FaqUsage[]>(`/sites/${site}/bot/usage`);
  // For the labels only: without them the ids are shown.
  const draft = useLoaded<BotDraftView>(`/sites/${site}/bot/draft`);
  const definition = draft.value?.definition;
  const name = (id: string) => {
    const faq = definition?.faq.find((one) => one.id === id);
    return faq && definition ? faqName(faq, lang.value, definition) : id;
  };
  return (
    <section class="panel-card" aria-labelledby="faq-usage">
      <h2 id="faq-usage">{t("usage_title")}</h2>
      <p class="quiet">{t("usage_text")}</p>
      <Ready of={usage}>
        {(all) => {
          const rows = usageRows(all, definition);
          if (rows.length === 0) return <p>{t("usage_none")}</p>;
          return (
            <Table
              label={t("usage_title")}
              heads={[
                t("usage_faq"),
                t("usage_answered"),
                t("usage_suggested"),
                t("usage_clicked"),
                t("usage_handed_off"),
              ]}
            >
              {rows.map((row) => (
                <tr key={row.faq}>
                  <th scope="row" class="usage-name">
                    <bdi>{name(row.faq)}</bdi>
                  </th>
                  <td class="number">{number(row.answered)}</td>
                  <td class="number">{number(row.suggested)}</td>
                  <td class="number">{number(row.clicked)}</td>
                  <td class="number">{number(row.handed_off_after)}</td>
                </tr>
              ))}
            </Table>
          );
        }}
      </Ready>
    </section>
  );
}
