/** The verbs of `Comptoir(verb, …)`. An unknown one does nothing: stores outlive versions. */
import type { PageRef } from "../shared/protocol";
import type { Handler } from "./events";
import type { Widget } from "./widget";

export function api(widget: Widget) {
  return (...call: unknown[]): unknown => {
    const [verb, first, second] = call;
    switch (verb) {
      case "open":
        return widget.ready(() => widget.open(false));
      case "close":
        return widget.ready(() => widget.close());
      case "toggle":
        return widget.ready(() => (widget.opened ? widget.close() : widget.open(false)));
      case "show":
        return widget.ready(() => widget.hide(false));
      case "hide":
        return widget.ready(() => widget.hide(true));
      case "send": {
        const act = navigator.userActivation?.isActive === true;
        return widget.ready(() => widget.say(String(first), act));
      }
      case "consent":
        return widget.consent(
          typeof first === "object" ? !!(first as { visits?: boolean } | null)?.visits : !!first,
        );
      case "set":
        return widget.ready(() => widget.set((first ?? {}) as { page?: Partial<PageRef> }));
      case "page":
        return widget.ready(() => widget.moved());
      case "shutdown":
        return widget.shutdown();
      case "on":
        return widget.handlers.on(String(first), second as Handler);
      case "off":
        return widget.handlers.off(String(first), second as Handler);
      default:
        return undefined;
    }
  };
}
