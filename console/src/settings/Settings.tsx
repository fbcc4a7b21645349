/** Settings. */
import type { Route } from "../router";
export function Settings({ at }: { at: Route }) {
  return <main>{at.name}</main>;
}
