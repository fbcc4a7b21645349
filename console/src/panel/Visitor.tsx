/** Who writes, as far as we were told: their own answers, language, device, earlier conversations. */
import { lastLine } from "../names";
import { address } from "../router";
import { type ConversationDetails, type ConversationRow, format } from "../shared";
import { self } from "../state/store";
import { lang, t } from "../words";

interface VisitorProps {
  row: ConversationRow;
  details: ConversationDetails | undefined;
}

export function Visitor({ row, details }: VisitorProps) {
  const earlier = details?.earlier ?? [];
  return (
    <>
      <dl class="facts">
        {(details?.details ?? []).map((one) => (
          <Fact key={one.field} name={one.label} value={one.value} />
        ))}
        <Fact name={t("language")} value={languageName(row.lang)} />
        {details?.device && <Fact name={t("device")} value={details.device} />}
        <Fact name={t("began")} value={format.dateTime(row.started_at, lang.value)} />
      </dl>
      {earlier.length > 0 && (
        <>
          <h3>{t("earlier", { count: earlier.length })}</h3>
          <ul class="earlier-list">
            {earlier.map((one) => (
              <li key={one.id}>
                <a href={address({ name: "inbox", tab: "history", conversation: one.id })}>
                  {format.shortDate(one.started_at, lang.value)}
                </a>
                <span class="cut">{lastLine(one, self.value?.id)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{value}</bdi>
      </dd>
    </div>
  );
}

function languageName(code: string): string {
  try {
    const name = new Intl.DisplayNames(lang.value, { type: "language" }).of(code) ?? code;
    return name.charAt(0).toLocaleUpperCase(lang.value) + name.slice(1);
  } catch {
    return code;
  }
}
