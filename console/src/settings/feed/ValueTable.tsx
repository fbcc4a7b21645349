/** The words that stand in a column, and what each stands for in the catalog. */
import type { FeedField, PreviewColumn } from "../../shared";
import { t } from "../../words";
import { type FeedDraft, valuesOf, withoutValue, withValue } from "./draft";

interface ValueTableProps {
  column: PreviewColumn;
  field: FeedField;
  draft: FeedDraft;
  onDraft: (draft: FeedDraft) => void;
}

const AVAILABILITIES = ["in_stock", "out_of_stock", "preorder", "backorder", "unknown"] as const;

export function ValueTable({ column, field, draft, onDraft }: ValueTableProps) {
  const kept = (from: string) =>
    draft.values.find((value) => value.column === column.name && value.from === from)?.to;
  return (
    <table class="values">
      <caption class="quiet">
        {field.type === "availability" ? t("values_availability") : t("values_hint")}
      </caption>
      <tbody>
        {column.distinct.map(({ value, rows }) => {
          const to = kept(value);
          const label = t("value_stands_for", { value });
          return (
            <tr key={value}>
              <th scope="row">
                <bdi>{value}</bdi> <span class="quiet">{t("value_rows", { count: rows })}</span>
              </th>
              <td>
                {field.type === "availability" ? (
                  <select
                    class="input"
                    aria-label={label}
                    value={to?.[0] ?? ""}
                    onChange={(event) => {
                      const chosen = event.currentTarget.value;
                      onDraft(withValue(draft, column.name, value, chosen === "" ? [] : [chosen]));
                    }}
                  >
                    <option value="">{t("value_as_read")}</option>
                    {AVAILABILITIES.map((one) => (
                      <option key={one} value={one}>
                        {t(`availability_${one}`)}
                      </option>
                    ))}
                  </select>
                ) : (
                  <input
                    class="input"
                    aria-label={label}
                    placeholder={to?.length === 0 ? t("value_dropped") : value}
                    value={to?.join("; ") ?? ""}
                    onChange={(event) =>
                      onDraft(withValue(draft, column.name, value, valuesOf(event.currentTarget.value)))
                    }
                  />
                )}
              </td>
              <td>
                {field.type !== "availability" && (
                  <button
                    type="button"
                    class="button button-small"
                    aria-label={t("value_drop_named", { value })}
                    aria-pressed={to?.length === 0}
                    onClick={() =>
                      onDraft(
                        to?.length === 0
                          ? withValue(draft, column.name, value, [])
                          : withoutValue(draft, column.name, value),
                      )
                    }
                  >
                    {t("value_drop")}
                  </button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
