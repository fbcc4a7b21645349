/**
 * Writing a reply or a note: text, files, emoji, a product by `#`.
 *
 * Enter sends, Shift+Enter breaks the line. What is typed is a draft until it is sent (drafts.ts).
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { say, sayTyping } from "../desk";
import { rowName } from "../names";
import { recommend } from "../products/recommend";
import { me } from "../session";
import { type CatalogHit, type ConversationRow, Icon, icons } from "../shared";
import { t } from "../words";
import { draftOf, keepDraft } from "./drafts";
import { EmojiButton } from "./Emoji";
import { FinderList, optionId } from "./FinderList";
import { type Finder, finderAt, withoutFinder } from "./finder";
import { Suggestion } from "./Suggestion";
import { sendFiles } from "./uploads";
import { useFinder } from "./useFinder";

const TYPING_EVERY_MS = 3_000;
const TYPING_PAUSE_MS = 4_000;
/** The server's bound, in bytes of UTF-8. */
const MESSAGE_BYTES_MAX = 16 * 1024;

export function Writer({ row }: { row: ConversationRow }) {
  const id = row.id;
  const [text, setText] = useState(() => draftOf(id).text);
  const [note, setNote] = useState(() => draftOf(id).note);
  const [finder, setFinder] = useState<Finder>();
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const typing = useTyping(id, note);

  useEffect(() => {
    // On a phone the keyboard would cover what one came to read.
    if (matchMedia("(pointer: fine)").matches) area.current?.focus({ preventScroll: true });
  }, [id]);
  useEffect(() => keepDraft(id, { text, note }), [id, text, note]);
  useEffect(() => {
    const compose = (event: Event) => {
      setNote((event as CustomEvent<string>).detail === "note");
      area.current?.focus();
    };
    addEventListener("comptoir:compose", compose);
    return () => removeEventListener("comptoir:compose", compose);
  }, []);

  const write = (value: string, caret: number) => {
    setText(value);
    setFinder(note ? undefined : finderAt(value, caret));
    typing(value !== "");
  };
  /** After a change that was not typed the caret goes where the change ended. */
  const put = (value: string, caret: number) => {
    write(value, caret);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(caret, caret);
    });
  };
  const insert = (piece: string) => {
    const start = area.current?.selectionStart ?? text.length;
    const end = area.current?.selectionEnd ?? text.length;
    put(text.slice(0, start) + piece + text.slice(end), start + piece.length);
  };

  const tooLong = new TextEncoder().encode(text).length > MESSAGE_BYTES_MAX;
  const send = () => {
    const said = text.trim();
    if (said === "" || tooLong) return;
    say(id, note ? { type: "add_note", text: said } : { type: "post_message", text: said });
    setText("");
    setNote(false);
    setFinder(undefined);
    typing(false);
    area.current?.focus();
  };
  const sendProduct = (hit: CatalogHit) => {
    recommend(row, hit);
    if (finder) put(withoutFinder(text, finder), finder.from);
    setFinder(undefined);
  };
  const finding = useFinder(row, finder, sendProduct, () => setFinder(undefined));

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (finder && finding.key(event)) return;
    if (event.key !== "Enter" || event.shiftKey || event.altKey) return;
    event.preventDefault();
    send();
  };

  const onPaste = (event: ClipboardEvent) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    sendFiles(id, files);
  };

  return (
    <footer class={note ? "composer composer-note" : "composer"} data-region>
      <DropZone onFiles={(files) => sendFiles(id, files)} />
      {!note && <Suggestion row={row} />}
      <fieldset class="composer-modes" aria-label={t("composer_mode")}>
        <Mode on={!note} onChoose={() => setNote(false)} icon={icons.reply} words={t("reply")} area={area} />
        <Mode
          on={note}
          onChoose={() => setNote(true)}
          icon={icons.note}
          words={t("internal_note")}
          area={area}
        />
        <span class="composer-hint">{note ? t("note_hint") : ""}</span>
      </fieldset>
      <div class="composer-field">
        {finder && <FinderList row={row} finding={finding} onChoose={sendProduct} />}
        <textarea
          ref={area}
          class="input composer-text"
          data-first
          rows={2}
          value={text}
          placeholder={note ? t("note_placeholder") : t("reply_placeholder")}
          aria-label={note ? t("note_to", { name: rowName(row) }) : t("reply_to", { name: rowName(row) })}
          onInput={(event) => write(event.currentTarget.value, event.currentTarget.selectionStart)}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
          onBlur={() => typing(false)}
          {...(finder
            ? {
                // A textarea may not be called a combobox; what it points at is said all the same.
                "aria-haspopup": "listbox" as const,
                "aria-autocomplete": "list" as const,
                "aria-controls": "finder",
                ...(finding.options.length > 0 ? { "aria-activedescendant": optionId(finding.chosen) } : {}),
              }
            : {})}
        />
      </div>
      {tooLong && <p class="field-error">{t("refusal_text_too_long")}</p>}
      <div class="composer-tools">
        <button
          type="button"
          class="icon-button"
          aria-label={t("attach")}
          title={t("attach_limit", { megabytes: me.value?.file_megabytes_max ?? 0 })}
          disabled={note}
          onClick={() => picker.current?.click()}
        >
          <Icon d={icons.paperclip} />
        </button>
        <input
          ref={picker}
          type="file"
          multiple
          hidden
          onChange={(event) => {
            sendFiles(id, event.currentTarget.files ?? []);
            event.currentTarget.value = "";
          }}
        />
        <EmojiButton onChoose={insert} />
        <button
          type="button"
          class="button"
          disabled={note}
          onClick={() =>
            insert(/(^|\s)$/.test(text.slice(0, area.current?.selectionStart ?? 0)) ? "#" : " #")
          }
        >
          <Icon d={icons.tag} size={18} />
          {t("product")}
        </button>
        <span class="composer-keys">{t("composer_keys")}</span>
        <button
          type="button"
          class="button button-primary composer-send"
          disabled={text.trim() === ""}
          onClick={send}
        >
          <Icon d={icons.send} size={18} />
          {note ? t("note_add") : t("send")}
        </button>
      </div>
    </footer>
  );
}

interface ModeProps {
  on: boolean;
  onChoose: () => void;
  icon: string;
  words: string;
  area: { current: HTMLTextAreaElement | null };
}

function Mode({ on, onChoose, icon, words, area }: ModeProps) {
  return (
    <button
      type="button"
      class="mode"
      aria-pressed={on}
      onClick={() => {
        onChoose();
        area.current?.focus();
      }}
    >
      <Icon d={icon} size={16} />
      {words}
    </button>
  );
}

/** Shown while a file hovers over the window: a target as large as the conversation. */
function DropZone({ onFiles }: { onFiles: (files: readonly File[]) => void }) {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes("Files") ?? false;
    const enter = (event: DragEvent) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      setOver(false);
      if (!hasFiles(event)) return;
      event.preventDefault();
      onFiles([...(event.dataTransfer?.files ?? [])]);
    };
    addEventListener("dragover", enter);
    addEventListener("dragleave", leave);
    addEventListener("drop", drop);
    return () => {
      removeEventListener("dragover", enter);
      removeEventListener("dragleave", leave);
      removeEventListener("drop", drop);
    };
  }, []);
  if (!over) return null;
  return (
    <div class="dropzone">
      <Icon d={icons.upload} size={28} />
      {t("drop_here")}
    </div>
  );
}

/** Says that the agent types at most every few seconds, and that they stopped. Notes are nobody's business. */
function useTyping(id: string, note: boolean): (on: boolean) => void {
  const state = useRef({ on: false, said: 0, timer: undefined as ReturnType<typeof setTimeout> | undefined });
  const stop = () => {
    clearTimeout(state.current.timer);
    if (state.current.on) sayTyping(id, false);
    state.current.on = false;
  };
  useEffect(() => stop, [id]);
  return (on) => {
    if (!on || note) return stop();
    const now = Date.now();
    clearTimeout(state.current.timer);
    state.current.timer = setTimeout(stop, TYPING_PAUSE_MS);
    if (state.current.on && now - state.current.said < TYPING_EVERY_MS) return;
    state.current.on = true;
    state.current.said = now;
    sayTyping(id, true);
  };
}
