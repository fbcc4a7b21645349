/** A button that opens a TOML file. */
import { useRef } from "preact/hooks";
import { Icon, icons } from "../../shared";
import { t } from "../../words";

export function OpenFile({ onFile }: { onFile: (file: File) => void }) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class="button button-small" onClick={() => picker.current?.click()}>
        <Icon d={icons.upload} size={16} />
        {t("bot_open")}
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        accept=".toml,text/plain,application/toml"
        aria-label={t("bot_open")}
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) onFile(file);
        }}
      />
    </>
  );
}
