/** A file's columns: what each is taken for, how sure that is, what stands in it, and what its words stand for. */
import { useId, useState } from "preact/hooks";
import type { Confidence, FeedPreview, PreviewColumn } from "../../shared";
import { Table } from "../../ui/Table";
import { t } from "../../words";
import { type FeedDraft, withField } from "./draft";
import { FIELD_TYPES, type FieldType, fieldOf, hasWords, isNamed, isSame } from "./fields";
import { ValueTable } from "./ValueTable";

interface ColumnTableProps {
  preview: FeedPreview;
  draft: FeedDraft;
  onDraft: (draft: FeedDraft) => void;
}

/** Fewer empty columns stay among the others. */
const FOLDED_MIN = 4;

export function ColumnTable(props: ColumnTableProps) {
  const { columns } = props.preview;
  const bare = columns.filter((column) => column.samples.length === 0);
  if (bare.length < FOLDED_MIN) return <Columns {...props} columns={columns} />;
  const filled = columns.filter((column) => column.samples.length > 0);
  return (
    <>
      <Columns {...props} columns={filled} />
      <details>
        <summary>{t("columns_bare", { count: bare.length })}</summary>
        <Columns {...props} columns={bare} />
      </details>
    </>
  );
}

function Columns({ columns, ...props }: ColumnTableProps & { columns: readonly PreviewColumn[] }) {
  return (
    <Table
      heads={[t("column"), t("column_gives"), t("column_sure"), t("column_samples")]}
      layout="stacked columns"
    >
      {columns.map((column, place) => (
        <ColumnRow key={`${place}-${column.name}`} column={column} {...props} />
      ))}
    </Table>
  );
}

function ColumnRow({ column, preview, draft, onDraft }: ColumnTableProps & { column: PreviewColumn }) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const field = draft.fields.get(column.name) ?? column.field;
  const take = (type: FieldType) =>
    onDraft(withField(draft, preview, column.name, fieldOf(type, column.name, field)));
  const guessed = column.confidence === "guess" && isSame(field, column.field);
  const said = draft.fields.has(column.name) && !guessed;
  const words = hasWords(field.type) && column.distinct.length > 0;
  return (
    <>
      <tr>
        <th scope="row">
          <bdi>{column.name || t("column_unnamed")}</bdi>
        </th>
        <td>
          <select
            class="input"
            aria-label={t("column_gives_named", { column: column.name })}
            value={field.type}
            onChange={(event) => take(event.currentTarget.value as FieldType)}
          >
            {FIELD_TYPES.map((type) => (
              <option key={type} value={type}>
                {t(`field_${type}`)}
              </option>
            ))}
          </select>
          {isNamed(field.type) && "name" in field && (
            <input
              class="input"
              aria-label={t("field_name", { column: column.name })}
              maxLength={100}
              value={field.name}
              onInput={(event) =>
                onDraft(withField(draft, preview, column.name, { ...field, name: event.currentTarget.value }))
              }
            />
          )}
        </td>
        <td>
          <ConfidenceChip confidence={said ? "certain" : column.confidence} said={said} />
        </td>
        <td>
          <ul class="samples">
            {column.samples.map((sample, place) => (
              <li key={`${place}-${sample}`}>
                <bdi>{sample}</bdi>
              </li>
            ))}
          </ul>
          {words && (
            <button
              type="button"
              class="button button-small"
              aria-expanded={open}
              aria-controls={id}
              onClick={() => setOpen(!open)}
            >
              {t("values_of", { count: column.distinct.length })}
            </button>
          )}
        </td>
      </tr>
      {words && open && (
        <tr id={id}>
          <td colSpan={4}>
            <ValueTable column={column} field={field} draft={draft} onDraft={onDraft} />
          </td>
        </tr>
      )}
    </>
  );
}

function ConfidenceChip({ confidence, said }: { confidence: Confidence; said: boolean }) {
  const looks = { certain: "chip chip-ok", likely: "chip chip-ok", guess: "chip chip-note", none: "chip" };
  return <span class={looks[confidence]}>{said ? t("sure_said") : t(`sure_${confidence}`)}</span>;
}
