/** A button that asks for files, several at once; what becomes of them is the caller's. */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";

interface FilesButtonProps {
  look: string;
  disabled: boolean;
  onFiles: (files: File[]) => void;
  children: ComponentChildren;
}

export function FilesButton({ look, disabled, onFiles, children }: FilesButtonProps) {
  const picker = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" class={look} disabled={disabled} onClick={() => picker.current?.click()}>
        {children}
      </button>
      <input
        ref={picker}
        type="file"
        hidden
        multiple
        accept=".csv,.tsv,.txt,.xml,.gz,text/csv"
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}
