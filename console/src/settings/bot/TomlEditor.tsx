/** A text area with line numbers; lines with a problem are marked in the margin. */
import { useRef } from "preact/hooks";
import type { BotProblem } from "../../shared";
import { t } from "../../words";
import { isError } from "./found";

interface TomlEditorProps {
  area: { current: HTMLTextAreaElement | null };
  value: string;
  onValue: (value: string) => void;
  problems: readonly BotProblem[];
  onFile: (file: File | undefined) => void;
}

export function TomlEditor({ area, value, onValue, problems, onFile }: TomlEditorProps) {
  const margin = useRef<HTMLOListElement>(null);
  const count = value.split("\n").length;
  return (
    <div class="toml">
      <ol class="toml-lines" ref={margin} aria-hidden="true">
        {Array.from({ length: count }, (_, index) => (
          <li key={index} class={lookOf(problems, index + 1)}>
            {index + 1}
          </li>
        ))}
      </ol>
      <textarea
        ref={area}
        class="toml-text"
        aria-label={t("bot_definition")}
        spellcheck={false}
        autocomplete="off"
        wrap="off"
        value={value}
        placeholder={t("bot_placeholder")}
        onInput={(event) => onValue(event.currentTarget.value)}
        onScroll={(event) => {
          if (margin.current) margin.current.scrollTop = event.currentTarget.scrollTop;
        }}
        onDragOver={(event) => event.preventDefault()}
        onDrop={(event) => {
          if (!event.dataTransfer?.files.length) return;
          event.preventDefault();
          onFile(event.dataTransfer.files[0]);
        }}
      />
    </div>
  );
}

function lookOf(problems: readonly BotProblem[], line: number): string {
  const here = problems.filter((problem) => problem.line === line);
  if (here.length === 0) return "";
  return here.some(isError) ? "toml-error" : "toml-warning";
}
