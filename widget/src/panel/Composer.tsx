/** Where the visitor writes: Enter sends, Shift+Enter breaks the line; it takes the type of the field asked. */
import type { TargetedEvent } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Icon } from "../shared/icon";
import { paperclip, send as sendIcon } from "../shared/icons-first";
import type { FieldView } from "../shared/protocol";
import { useAround } from "./around";
import { MESSAGE_BYTES_MAX } from "./chat";
import { inputOf } from "./field";

/** What the upload route takes; the server looks into the bytes all the same. */
const ACCEPTED =
  "image/png,image/jpeg,image/webp,image/gif,application/pdf,text/plain,text/csv,.docx,.xlsx,.odt,.ods";

/** A text put in by the store's script, never sent by it; `key` tells one from the next. */
export interface Prefill {
  text: string;
  key: number;
}

export function Composer({ asks, prefill }: { asks: FieldView | undefined; prefill: Prefill | undefined }) {
  const { chat, t } = useAround();
  const field = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const [text, setText] = useState(chat.memory.tab.draft ?? "");
  const tooLong = new TextEncoder().encode(text).length > MESSAGE_BYTES_MAX;

  const write = (value: string) => {
    setText(value);
    chat.memory.keepTab({ draft: value || undefined });
    chat.typing(value.trim() !== "");
  };
  useEffect(() => {
    if (prefill) write(prefill.text);
  }, [prefill?.key]);
  useEffect(() => grow(field.current), [text, asks]);

  const submit = (event?: Event) => {
    event?.preventDefault();
    if (!text.trim() || tooLong) return;
    chat.post(text);
    write("");
    field.current?.focus();
  };
  // Another question may need another element: it takes over the focus of the one before.
  const oneLine = asks && ["email", "phone", "number"].includes(asks.kind.type) ? inputOf(asks) : undefined;
  const focused =
    field.current !== null && (field.current.getRootNode() as ShadowRoot).activeElement === field.current;
  useLayoutEffect(() => {
    if (focused) field.current?.focus({ preventScroll: true });
  }, [oneLine === undefined]);
  const common = {
    ref: field,
    class: "write",
    "data-composer": true,
    value: text,
    "aria-label": t("composer_label"),
    "aria-describedby": tooLong ? "too-long" : asks ? "asked" : undefined,
    "aria-invalid": tooLong || undefined,
    placeholder: asks ? asks.label : t("composer_hint"),
    onInput: (event: TargetedEvent<HTMLInputElement | HTMLTextAreaElement>) =>
      write(event.currentTarget.value),
    onPaste: (event: ClipboardEvent) => {
      const files = event.clipboardData?.files;
      if (!files?.length) return;
      event.preventDefault();
      chat.share(files);
    },
  };
  return (
    // What is wrong with an answer is said by the bot, in its own words.
    <form class="composer" noValidate onSubmit={submit}>
      {tooLong && (
        <p class="wrong" id="too-long">
          {t("wrong_long")}
        </p>
      )}
      {asks && (
        <span class="only-read" id="asked">
          {asks.label}
        </span>
      )}
      <div class="composer-box">
        <Attach />
        {oneLine ? (
          <input {...common} {...oneLine} />
        ) : (
          <textarea
            {...common}
            rows={1}
            onKeyDown={(event) => {
              if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
              submit(event);
            }}
          />
        )}
        <button type="submit" class="send" aria-label={t("send")} aria-disabled={!text.trim() || tooLong}>
          <Icon d={sendIcon} />
        </button>
      </div>
    </form>
  );
}

function Attach() {
  const { chat, config, t } = useAround();
  const picker = useRef<HTMLInputElement>(null);
  const rules = t("attach_rules", { count: config.file_megabytes_max });
  return (
    <>
      <input
        ref={picker}
        class="picker"
        type="file"
        multiple
        accept={ACCEPTED}
        tabIndex={-1}
        aria-label={t("attach")}
        aria-hidden="true"
        onChange={(event) => {
          chat.share(event.currentTarget.files ?? []);
          event.currentTarget.value = "";
        }}
      />
      <button
        type="button"
        class="attach"
        aria-label={t("attach")}
        aria-describedby="attach-rules"
        title={rules}
        onClick={() => picker.current?.click()}
      >
        <Icon d={paperclip} />
      </button>
      <span class="only-read" id="attach-rules">
        {rules}
      </span>
    </>
  );
}

/** As high as its text, up to the style sheet's limit. */
function grow(area: HTMLElement | null): void {
  if (!(area instanceof HTMLTextAreaElement)) return;
  area.style.blockSize = "auto";
  area.style.blockSize = `${area.scrollHeight}px`;
}
