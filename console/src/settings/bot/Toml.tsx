/** The definition as its text: to read, change, open and keep as a file; problems beside their lines. */
import { useRef, useState } from "preact/hooks";
import { type BotReport, Icon, icons } from "../../shared";
import { t } from "../../words";
import { keep, textOf } from "./files";
import { OpenFile } from "./OpenFile";
import { Problems, Sum } from "./Problems";
import { TomlEditor } from "./TomlEditor";

interface TomlProps {
  toml: string;
  report: BotReport;
  /** The text on the screen is being checked. */
  checking: boolean;
  onToml: (toml: string) => void;
  /** Begins anew, in place of this text. */
  onTemplate: () => void;
}

export function Toml({ toml, report, checking, onToml, onTemplate }: TomlProps) {
  const [fault, setFault] = useState<string>();
  const editor = useRef<HTMLTextAreaElement>(null);
  const open = async (file: File | undefined) => {
    if (!file) return;
    const read = await textOf(file);
    if ("fault" in read) return setFault(read.fault);
    setFault(undefined);
    onToml(read.text);
  };
  return (
    <section class="panel-card" aria-labelledby="bot-definition">
      <div class="title-row">
        <h2 id="bot-definition">{t("bot_definition")}</h2>
        <div class="button-row">
          <button type="button" class="button button-small" onClick={onTemplate}>
            {t("bot_from_template")}
          </button>
          <OpenFile onFile={(file) => void open(file)} />
          <button type="button" class="button button-small" onClick={() => keep(toml, "bot.toml")}>
            <Icon d={icons.download} size={16} />
            {t("bot_keep")}
          </button>
        </div>
      </div>
      <p class="quiet">{t("bot_text")}</p>
      <p class="field-error" role="alert">
        {fault}
      </p>
      <TomlEditor
        area={editor}
        value={toml}
        onValue={onToml}
        problems={checking ? [] : report.problems}
        onFile={open}
      />
      <div class="problems">
        <p class="problems-sum" role="status">
          {checking ? t("bot_checking") : <Sum report={report} />}
        </p>
        {!checking && (
          <Problems
            report={report}
            placeOf={(problem) => t("bot_line", { line: problem.line })}
            onGo={(problem) => goToLine(editor.current, problem.line)}
          />
        )}
      </div>
    </section>
  );
}

function goToLine(area: HTMLTextAreaElement | null, line: number): void {
  if (!area) return;
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  const height = area.scrollHeight / Math.max(1, lines.length);
  area.scrollTop = Math.max(0, (line - 4) * height);
}
