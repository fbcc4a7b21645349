/** The listed keys: told to the page, then our version of what a browser does with them unless prevented. */
import type { RemoteKey } from "../shared/protocol";
import { isTextInput, Refused, type Remote, setNative, tellChange, tellInput } from "./remote";
import { climb, windowOf } from "./tree";

/** As the page hears them: name, and the number that old pages read. */
const KEYS: Record<RemoteKey, [key: string, code: number]> = {
  enter: ["Enter", 13],
  tab: ["Tab", 9],
  back_tab: ["Tab", 9],
  escape: ["Escape", 27],
  up: ["ArrowUp", 38],
  down: ["ArrowDown", 40],
  left: ["ArrowLeft", 37],
  right: ["ArrowRight", 39],
  backspace: ["Backspace", 8],
};
const TABBABLE = "a[href],button,input,select,textarea,summary,iframe,[tabindex],[contenteditable]";

export function press(element: Element, key: RemoteKey, remote: Remote): void {
  const [name, keyCode] = KEYS[key];
  const init = {
    key: name,
    code: name,
    keyCode,
    which: keyCode,
    shiftKey: key === "back_tab",
    bubbles: true,
    cancelable: true,
    composed: true,
  };
  const own = windowOf(element);
  if (element.dispatchEvent(new own.KeyboardEvent("keydown", init))) {
    try {
      byDefault(element as HTMLInputElement, key, remote);
    } catch (refused) {
      // What a key would set off is refused like a click on it; the key itself was told.
      if (!(refused instanceof Refused)) throw refused;
    }
  }
  element.dispatchEvent(new own.KeyboardEvent("keyup", init));
}

function byDefault(element: HTMLInputElement, key: RemoteKey, remote: Remote): void {
  switch (key) {
    case "enter":
      entering(element, remote)();
      break;
    case "tab":
    case "back_tab":
      tab(element, key === "tab" ? 1 : -1);
      break;
    case "escape":
      leave(element);
      break;
    case "backspace":
      edit(element, "");
      break;
    case "up":
    case "left":
      arrow(element, -1, key === "up", remote);
      break;
    case "down":
    case "right":
      arrow(element, 1, key === "down", remote);
      break;
  }
}

/** What Enter would do: activate, break the line, or send the form by its default button. Throws `Refused`. */
export function entering(element: HTMLInputElement, remote: Remote): () => void {
  if (element.localName === "textarea" || element.isContentEditable) return () => edit(element, "\n");
  if (
    climb(element, "a[href],button,summary,input[type=submit i],input[type=image i],input[type=button i]")
  ) {
    remote.activates(element);
    return () => element.click();
  }
  const { form } = element;
  if (!form || element.localName !== "input") return () => undefined;
  const button = [...form.elements].find((one) =>
    one.matches("button:not([type]),button[type=submit i],input[type=submit i],input[type=image i]"),
  ) as HTMLButtonElement | undefined;
  remote.submits(form, button);
  return () => {
    if (button?.matches(":disabled")) return;
    tellChange(element);
    if (button) button.click();
    else form.requestSubmit();
  };
}

function tab(element: Element, step: 1 | -1): void {
  const doc = element.ownerDocument;
  const all = [...doc.querySelectorAll<HTMLElement>(TABBABLE)].filter(
    (one) => one.tabIndex >= 0 && !one.matches(":disabled,[inert] *") && one.getClientRects().length,
  );
  const here = all.indexOf(element as HTMLElement);
  const before = all.findLastIndex((one) => one.compareDocumentPosition(element) & 4);
  const next = here >= 0 ? here + step : step > 0 ? before + 1 : before;
  all.at(next % all.length)?.focus();
}

function leave(element: Element): void {
  const dialog = climb(element, "dialog:modal") ?? element.ownerDocument.querySelector("dialog:modal");
  const popover =
    climb(element, ":popover-open") ?? element.ownerDocument.querySelector("[popover=auto i]:popover-open");
  if (popover) (popover as HTMLElement).hidePopover();
  else if (dialog?.dispatchEvent(new (windowOf(dialog).UIEvent)("cancel", { cancelable: true })))
    (dialog as HTMLDialogElement).close();
}

/** Puts a text in place of the selection; "" takes the character before it. */
function edit(field: HTMLInputElement, text: string): void {
  if (field.isContentEditable) {
    field.ownerDocument.execCommand(text ? "insertText" : "delete", false, text);
    return;
  }
  if (field.readOnly || field.disabled || !(field.localName === "textarea" || isTextInput(field))) return;
  // An e-mail or number field tells no selection: its end is as good.
  const end = field.selectionEnd ?? field.value.length;
  const start = field.selectionStart ?? end;
  const from = text || start < end ? start : Math.max(0, start - 1);
  setNative(field, "value", field.value.slice(0, from) + text + field.value.slice(end));
  if (field.selectionEnd !== null) field.setSelectionRange(from + text.length, from + text.length);
  tellInput(field, text ? "insertLineBreak" : "deleteContentBackward");
}

function arrow(element: HTMLInputElement, step: 1 | -1, upright: boolean, remote: Remote): void {
  if (remote.around.filter.rank(element) !== "shown") return;
  const { type } = element;
  if (type === "radio") {
    const all = [
      ...(element.form ?? element.ownerDocument).querySelectorAll<HTMLInputElement>("input[type=radio i]"),
    ];
    const group = all.filter(
      (one) => one.name === element.name && one.form === element.form && !one.disabled,
    );
    const next = group.at((group.indexOf(element) + step) % group.length);
    next?.focus();
    next?.click();
  } else if (element.localName === "select") {
    const select = element as unknown as HTMLSelectElement;
    const next = select.selectedIndex + step;
    if (select.multiple || select.disabled || !select.options[next] || select.options[next].disabled) return;
    setNative(select, "selectedIndex", next);
    tellInput(select);
    tellChange(select);
  } else if (type === "range" || (type === "number" && upright)) {
    // Up is more there, down is less; along the line right is more.
    if ((upright ? -step : step) > 0) element.stepUp();
    else element.stepDown();
    tellInput(element);
    tellChange(element);
  }
}
