/** What every area of the settings begins with: its heading, and its contents once they are there. */
import type { ComponentChildren } from "preact";
import { Spinner, Trouble } from "../ui/pieces";
import { t } from "../words";
import type { Loaded } from "./useLoaded";

/** The heading of an area takes the focus when it is opened, so that it is read. */
export function Title({ children, under }: { children: ComponentChildren; under?: ComponentChildren }) {
  return (
    <header class="settings-title">
      <h1 tabIndex={-1}>{children}</h1>
      {under && <p class="quiet">{under}</p>}
    </header>
  );
}

/** Draws what was loaded, or why it was not. */
export function Ready<Value>({
  of,
  children,
}: {
  of: Loaded<Value>;
  children: (value: Value) => ComponentChildren;
}) {
  if (of.fault) return <Trouble text={of.fault} onRetry={of.again} />;
  if (of.value === undefined) return <Spinner label={t("loading")} />;
  return <>{children(of.value)}</>;
}
