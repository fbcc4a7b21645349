/**
 * A component that is fetched when it is first needed, with its style sheet:
 * what a visitor who only opens the panel never sees costs them nothing.
 * Until it is there, and if it cannot be fetched, `meanwhile` stands in its place.
 */
import type { ComponentChild, FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useAround } from "./around";

export interface Part<Props> {
  component: FunctionComponent<Props>;
  css: string;
}

export function later<Props extends object>(
  load: () => Promise<Part<Props>>,
  meanwhile: (props: Props) => ComponentChild = () => null,
): FunctionComponent<Props> {
  let part: Part<Props> | undefined;
  return (props) => {
    const { adopt } = useAround();
    const [, redraw] = useState(0);
    useEffect(() => {
      if (part) return;
      load()
        .then((loaded) => {
          part = loaded;
          adopt(loaded.css);
          redraw(1);
        })
        .catch(() => undefined);
    }, []);
    if (!part) return <>{meanwhile(props)}</>;
    const { component: Loaded } = part;
    return <Loaded {...props} />;
  };
}
