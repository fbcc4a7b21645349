/** "Try it" in a chunk of its own, fetched when the editor is there. */
import { Lazy } from "../../../ui/Lazy";
import { learn } from "../../../words";
import { tryWords } from "../../../words/try";
import type { TryProps } from "./Try";

async function tryChunk() {
  const [{ Try }] = await Promise.all([import("./Try"), learn(tryWords)]);
  return Try;
}

export function TryIt(props: TryProps) {
  return <Lazy name="try" load={tryChunk} props={props} />;
}
