/** What every component of the panel may need, handed down once. */
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Host } from "../page/contract";
import type { WidgetConfig } from "../shared/protocol";
import type { T } from "../words/keys";
import type { Chat } from "./chat";

export interface Around {
  chat: Chat;
  host: Host;
  config: WidgetConfig;
  lang: string;
  t: T;
  /** The panel covers the screen. */
  full: boolean;
  /** A card's link is being followed: on a phone the panel makes room for the product. */
  leaveForProduct(): void;
  /** Adds a style sheet to the panel's root. */
  adopt(css: string): void;
  emit(name: string, detail?: unknown): void;
}

export const AroundContext = createContext<Around | undefined>(undefined);

export function useAround(): Around {
  const around = useContext(AroundContext);
  if (!around) throw new Error("a component of the panel stands outside of it");
  return around;
}
