/**
 * A talk with the draft, asked of the server from its beginning at every change: of what the visitor
 * did at once, of the draft when the keys rest. Late answers are dropped, the last talk stays while
 * the next is on its way, and while the draft has errors.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import { asRefusal, post } from "../../../api";
import { explained } from "../../../refusals";
import type { BotDefinition, BotPreview, BotPreviewAsk, PreviewInput, SiteId } from "../../../shared";
import type { Circumstances } from "./expect";

/** After the last key in the editor. */
const SETTLED_MS = 500;
/** Of the server. */
export const INPUTS_MAX = 200;

export type PreviewDraft = { definition: BotDefinition } | { toml: string };

export interface Talk {
  inputs: readonly PreviewInput[];
  around: Circumstances;
  /** What was answered last, and to which inputs. */
  answered: { preview: BotPreview; inputs: readonly PreviewInput[] } | undefined;
  waiting: boolean;
  /** The draft has errors: what is shown is older than it. */
  broken: number;
  fault: string | undefined;
  say: (input: PreviewInput) => void;
  restart: () => void;
  change: (around: Partial<Circumstances>) => void;
  again: () => void;
}

export function useTalk(site: SiteId, draft: PreviewDraft, first: string): Talk {
  const [inputs, setInputs] = useState<readonly PreviewInput[]>([]);
  const [around, setAround] = useState<Circumstances>({ at: "", agents: 1, lang: first });
  const [answered, setAnswered] = useState<Talk["answered"]>();
  const [waiting, setWaiting] = useState(true);
  const [broken, setBroken] = useState(0);
  const [fault, setFault] = useState<string>();
  const [turn, setTurn] = useState(0);
  const asked = useRef(0);
  const content = "definition" in draft ? draft.definition : draft.toml;
  const settled = useRef(content);

  useEffect(() => {
    asked.current += 1;
    const number = asked.current;
    setWaiting(true);
    const ask = async () => {
      settled.current = content;
      const { at, ...rest } = around;
      const body: BotPreviewAsk = {
        ...("definition" in draft ? { definition: draft.definition } : { toml: draft.toml }),
        ...(at ? { at } : {}),
        ...rest,
        inputs: [...inputs],
      };
      try {
        const preview = await post<BotPreview>(`/sites/${site}/bot/preview`, body);
        if (asked.current !== number) return;
        setBroken(preview.report.errors);
        if (preview.turns.length > 0) setAnswered({ preview, inputs });
        setFault(undefined);
      } catch (failure) {
        if (asked.current !== number) return;
        setFault(explained(asRefusal(failure)));
      }
      setWaiting(false);
    };
    const timer = setTimeout(() => void ask(), settled.current === content ? 0 : SETTLED_MS);
    return () => clearTimeout(timer);
  }, [site, content, inputs, around, turn]);
  // No answer may come to a screen that is gone.
  useEffect(
    () => () => {
      asked.current += 1;
    },
    [],
  );

  return {
    inputs,
    around,
    answered,
    waiting,
    broken,
    fault,
    say: (input) => setInputs((now) => (now.length < INPUTS_MAX ? [...now, input] : now)),
    restart: () => setInputs([]),
    change: (parts) => setAround((now) => ({ ...now, ...parts })),
    again: () => setTurn((count) => count + 1),
  };
}
