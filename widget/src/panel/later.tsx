/**
 * A component that is fetched when it is first needed, with its style sheet:
 * what a visitor who only opens the panel never sees costs them nothing.
 * Until it is there, and if it cannot be fetched, `meanwhile` stands in its place.
 */
import type { ComponentChild, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useAround } from "./around";

export function later<Part extends { css: string }, Props extends object>(
  load: () => Promise<Part>,
  pick: (part: Part) => FunctionComponent<Props>,
  meanwhile: (props: Props) => ComponentChild = () => null,
): FunctionComponent<Props> {
  let loaded: FunctionComponent<Props> | undefined;
  return (props) => {
    const { adopt } = useAround();
    const [, redraw] = useState(0);
    useEffect(() => {
      if (loaded) return;
      load().then(
        (part) => {
          loaded = pick(part);
          adopt(part.css);
          redraw(1);
        },
        () => undefined,
      );
    }, []);
    const Shown = loaded ?? meanwhile;
    return <Shown {...props} />;
  };
}
