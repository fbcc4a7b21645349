/** Everything that changes the view: the server's frames and what this browser did itself. */
import type {
  AgentCommand,
  AgentPresence,
  CommandId,
  ConversationDetails,
  ConversationId,
  ConversationPage,
  Event,
  LinkState,
  SiteId,
  ToAgent,
} from "../shared";
import type { ListName, Shown } from "./view";

export type Input = ToAgent | Local;

export type Local =
  | { type: "link_changed"; state: LinkState }
  | { type: "duty_chosen"; sites: readonly SiteId[] }
  | { type: "presence_chosen"; presence: "available" | "busy" | "away" }
  | { type: "list_asked"; list: ListName }
  | { type: "list_loaded"; list: ListName; page: ConversationPage; fresh: boolean }
  | { type: "list_failed"; list: ListName }
  | { type: "search_asked"; q: string; more: boolean }
  | { type: "search_loaded"; q: string; page: ConversationPage; fresh: boolean }
  | { type: "search_failed"; q: string }
  | { type: "search_cleared" }
  | { type: "colleagues_loaded"; colleagues: readonly AgentPresence[] }
  | { type: "room_opened"; conversation: ConversationId }
  | { type: "details_loaded"; details: ConversationDetails }
  | { type: "room_missing"; conversation: ConversationId }
  | { type: "older_asked"; conversation: ConversationId }
  | { type: "older_loaded"; conversation: ConversationId; events: readonly Event[]; head: number }
  | { type: "older_failed"; conversation: ConversationId }
  | {
      type: "command_sent";
      id: CommandId;
      conversation: ConversationId;
      command: AgentCommand;
      at: string;
      shown?: Shown | undefined;
    }
  | { type: "command_repeated"; id: CommandId }
  | { type: "command_dropped"; id: CommandId }
  /** The conversation was visible, focused and at its end up to this number. */
  | { type: "seen"; conversation: ConversationId; seq: number }
  /** The agent looked away: what comes from now on is new. */
  | { type: "looked_away"; conversation: ConversationId };
