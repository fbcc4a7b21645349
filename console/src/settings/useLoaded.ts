/** Something read from the server for a screen: loading, there, or refused with a way to ask again. */
import { useEffect, useState } from "preact/hooks";
import { asRefusal, get } from "../api";
import { explained } from "../refusals";

export interface Loaded<Value> {
  value: Value | undefined;
  fault: string | undefined;
  again: () => void;
  /** Puts what another answer already said; dropped where another path is looked at by now. */
  put: (value: Value) => void;
}

/** Nothing is asked for without a path. */
export function useLoaded<Value>(path: string | undefined): Loaded<Value> {
  const [state, setState] = useState<{ path: string | undefined; value?: Value; fault?: string }>({ path });
  const [turn, setTurn] = useState(0);
  useEffect(() => {
    if (path === undefined) return;
    let left = false;
    get<Value>(path).then(
      (value) => left || setState({ path, value }),
      (failure) => left || setState({ path, fault: explained(asRefusal(failure)) }),
    );
    return () => {
      left = true;
    };
  }, [path, turn]);
  const here = state.path === path ? state : { path };
  return {
    value: here.value,
    fault: here.fault,
    again: () => setTurn((count) => count + 1),
    put: (value) => setState((now) => (now.path === path ? { path, value } : now)),
  };
}
