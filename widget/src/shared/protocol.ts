/** The wire's types, generated from src/protocol by `make protocol`; never edited by hand. */

export type SiteId = string;
export type VisitorId = string;
export type AgentId = string;
export type ConversationId = string;
export type DocumentId = string;
export type VisitId = string;
export type CommandId = string;
export type TransferId = string;
export type InvitationId = string;
export type ImportId = string;
export type PreviewId = string;
export type ShareId = string;
export type AskId = string;
export type ProductId = string;
export type Sku = string;
export type Timestamp = string;

export type BotTurn = { 
/**
 * Bubbles, in order; already in the visitor's language, fields inserted.
 */
say: Array<string>, 
/**
 * Only those of the latest turn count; a stale click changes nothing.
 */
buttons?: Array<BotButton>, 
/**
 * A form shown at once (pre-chat form, or several fields asked together).
 */
form?: Array<FieldView>, 
/**
 * The one field that the next text answers; the widget may give the composer its type.
 */
asks?: FieldView, 
/**
 * Products found, drawn between what is said and the buttons; at most five.
 */
cards?: Array<ProductCard>, };

export type BotButton = { label: string, 
/**
 * Present: a link to open (http or https), which sends nothing. Absent: a reply.
 */
url?: string, };

export type FieldView = { id: string, label: string, 
/**
 * The question, as said in the chat.
 */
ask: string, kind: FieldKind, max_chars: number, 
/**
 * The label of the way around it; present = optional.
 */
skip?: string, 
/**
 * HTML autofill token.
 */
autocomplete?: string, 
/**
 * What is said when the answer does not fit.
 */
error: string, };

export type FieldKind = { "type": "text", } | { "type": "email", } | { "type": "phone", } | { "type": "number", min?: number, max?: number, } | { "type": "choice", options: Array<string>, } | { "type": "pattern", };

export type Detail = { field: string, label: string, value: string, 
/**
 * What the answer is for the product itself: the visitor's name heads the lists, the e-mail the conversation.
 */
role: DetailRole, };

export type DetailRole = "name" | "email" | "phone" | "other";

export type BotWhy = { 
/**
 * The rung of the ladder that decided: one of [`crate::rules::bot::rung`].
 */
rung: string, 
/**
 * The published version of the definition.
 */
version: number, 
/**
 * The step, target or matched words, for people.
 */
because: string, 
/**
 * The best FAQs for the text, at most two, best first; empty where matching was not reached.
 */
best?: Array<FaqScore>, 
/**
 * The FAQ whose answer was said: by a text (`faq`), or by a click.
 */
answered?: string, 
/**
 * FAQs offered as buttons because the bot was not sure, in their order.
 */
suggested?: Array<string>, };

export type FaqScore = { faq: string, 
/**
 * Thousandths of 1. No percentage of anything: compared with the thresholds only.
 */
score: number, 
/**
 * The visitor's words that spoke for it, as typed, at most 8.
 */
words?: Array<string>, };

export type RatingView = { ask: string, scale: RatingScale, 
/**
 * Whether a comment may be added.
 */
comment: boolean, };

export type RatingScale = "five" | "thumbs";

export type Event = { seq: number, 
/**
 * For people; never orders anything.
 */
at: Timestamp, body: EventBody, };

export type EventBody = { "type": "conversation_started", 
/**
 * The visitor's conversation before this one, closed.
 */
previous?: ConversationId, 
/**
 * The widget's language, a primary subtag.
 */
lang: string, page?: PageRef, bot_version: number, 
/**
 * Begun on the test page; left out of statistics.
 */
test: boolean, } | { "type": "bot_spoke", turn: BotTurn, 
/**
 * The event that it answers; 0 for the start turn.
 */
answers: number, } | { "type": "bot_explained", answers: number, why: BotWhy, } | { "type": "message_posted", author: Author, text: string, } | { "type": "button_chosen", 
/**
 * The event of the turn that offered it.
 */
turn: number, button: number, label: string, } | { "type": "details_given", details: Array<Detail>, } | { "type": "document_shared", author: Author, document: DocumentRef, } | { "type": "conversation_queued", reason: QueueReason, } | { "type": "conversation_taken", by: AgentRef, } | { "type": "transfer_offered", transfer: TransferId, from: AgentRef, to: AgentRef, note: string, expires_at: Timestamp, } | { "type": "transfer_ended", transfer: TransferId, outcome: TransferOutcome, } | { "type": "conversation_transferred", transfer: TransferId, from: AgentRef, to: AgentRef, } | { "type": "conversation_closed", by: AgentRef, } | { "type": "product_recommended", by: AgentRef, card: ProductCard, } | { "type": "products_compared", by: AgentRef, comparison: ProductComparison, } | { "type": "card_marked", card: number, mark: CardMark, 
/**
 * Of a comparison: which of its products; absent when it was seen as a whole.
 */
product?: ProductId, } | { "type": "conversation_rated", 
/**
 * 1 to 5; thumbs are 1 and 5.
 */
rating: number, 
/**
 * Empty without one; at most [`super::RATING_COMMENT_BYTES_MAX`].
 */
comment?: string, } | { "type": "note_added", by: AgentRef, text: string, } | { "type": "share_changed", share: ShareId, step: ShareStep, } | { "type": "share_acted", share: ShareId, by: AgentRef, 
/**
 * At most [`super::cobrowse::ACTS_MAX`].
 */
acts: Array<ShareAct>, } | { "type": "withheld", };

export type Audience = "everyone" | "agents";

export type Author = { "type": "visitor", } | { "type": "agent", agent: AgentRef, };

export type AgentRef = { id: AgentId, first_name: string, };

export type ShareLevel = "see" | "control";

export type ShareParty = "visitor" | "agent";

export type ShareStep = { "type": "asked", by: AgentRef, level: ShareLevel, } | { "type": "agreed", to: AgentRef, level: ShareLevel, } | { "type": "not_agreed", to: AgentRef, level: ShareLevel, why: NotAgreed, } | { "type": "control_ended", agent: AgentRef, reason: ControlEnd, } | { "type": "ended", agent: AgentRef, reason: ShareEnd, };

export type NotAgreed = "refused" | "timed_out" | "withdrawn" | "overtaken";

export type ControlEnd = "taken_back" | "given_back" | "agent_gone" | "agent_away" | "idle" | "see_only" | "page_lost" | "transferred" | "restarted";

export type ShareEnd = "visitor_stopped" | "agent_stopped" | "visitor_gone" | "nobody_watched" | "idle" | "page_off" | "conversation_closed" | "agent_gone" | "transferred" | "unshowable" | "stop_covered";

export type ShareAct = { kind: ActKind, 
/**
 * The element's name as the page masks it, at most [`ACT_LABEL_BYTES_MAX`]; may be empty.
 */
label: string, };

export type ActKind = "pointed" | "clicked" | "typed" | "chose" | "pressed" | "went" | "showed";

export type ShareStage = { "type": "idle", } | { "type": "asked", agent: AgentRef, seconds_left: number, } | { "type": "sharing", agent: AgentRef, } | { "type": "control_asked", agent: AgentRef, seconds_left: number, } | { "type": "in_control", agent: AgentRef, epoch: number, } | { "type": "suspended", agent: AgentRef, epoch: number, } | { "type": "away", agent: AgentRef, };

export type PageRule = "off" | "see_only" | "full";

export type SharedPage = { 
/**
 * Without fragment, queries' values and tokens.
 */
url: string, title: string, 
/**
 * The viewport, in CSS pixels.
 */
width: number, height: number, 
/**
 * A finger, not a mouse.
 */
touch: boolean, 
/**
 * The tab is in view.
 */
visible: boolean, 
/**
 * The visitor's browser asks for dark pages.
 */
dark: boolean, rule: PageRule, 
/**
 * What of it cannot be shown.
 */
lacks: Array<PageLack>, };

export type PageLack = "foreign_styles" | "foreign_frames" | "canvas" | "video";

export type RemoteAction = { "type": "move", at: Place, } | { "type": "click", at: Place, button: MouseButton, } | { "type": "set_value", node: number, text: string, commit: boolean, } | { "type": "choose", node: number, indexes: Array<number>, } | { "type": "press", node?: number, key: RemoteKey, } | { "type": "scroll", node?: number, x: number, y: number, } | { "type": "back", } | { "type": "forward", } | { "type": "go", path: string, };

export type Place = { node: number, fx: number, fy: number, };

export type MouseButton = "left" | "right";

export type RemoteKey = "enter" | "tab" | "back_tab" | "escape" | "up" | "down" | "left" | "right" | "backspace";

export type ActionOutcome = { "type": "done", act?: ShareAct, } | { "type": "refused", why: ActionRefusal, };

export type ActionRefusal = "stale" | "visitor_active" | "gone" | "covered" | "secret" | "form_secret" | "masked" | "own_ui" | "off_site" | "scheme" | "new_tab" | "download" | "file" | "disabled" | "wrong_kind" | "see_only" | "too_fast";

export type PageFrame = { "type": "resume_share", 
/**
 * The site's public key.
 */
site: string, 
/**
 * The visitor's token.
 */
token: string, share: ShareId, 
/**
 * The share's key as it was said last: it is rotated at each hello.
 */
key: string, 
/**
 * A name of this tab, at most 36 characters.
 */
tab: string, 
/**
 * The epoch of the grant that this tab holds; 0 = none. Its gate stays closed until the server confirms it.
 */
epoch: number, } | { "type": "describe_page", page: SharedPage, } | { "type": "answer_consent", ask: AskId, granted: boolean, } | { "type": "answer_control", ask: AskId, granted: boolean, epoch: number, } | { "type": "take_back_control", epoch: number, } | { "type": "stop_sharing", reason: PageStop, } | { "type": "offer_assets", 
/**
 * SHA-256, hexadecimal, at most [`super::OFFERED_ASSETS_MAX`].
 */
hashes: Array<string>, } | { "type": "report_action", n: number, outcome: ActionOutcome, } | { "type": "report_pointing", label: string, } | { "type": "answer_proposal", ask: AskId, granted: boolean, } | { "type": "active", } | { "type": "beat", };

export type PageStop = "visitor" | "page_off" | "stop_covered";

export type ToPage = { "type": "welcome", key: string, stage: ShareStage, watchers: Array<AgentRef>, settings: ShareSettings, } | { "type": "consent_asked", ask: AskId, agent: AgentRef, 
/**
 * Who was seen with until now.
 */
replaces: AgentRef, seconds: number, } | { "type": "control_asked", ask: AskId, agent: AgentRef, seconds: number, } | { "type": "ask_ended", ask: AskId, } | { "type": "proposed", ask: AskId, agent: AgentRef, path: string, title: string, seconds: number, } | { "type": "control_ended", epoch: number, reason: ControlEnd, } | { "type": "sharing_ended", reason: ShareEnd, } | { "type": "snapshot_wanted", } | { "type": "assets_wanted", hashes: Array<string>, } | { "type": "watchers_changed", watchers: Array<AgentRef>, } | { "type": "pointed", at?: Place, 
/**
 * A click: the pointer says so by a ring. It never acts on the page.
 */
click: boolean, } | { "type": "action_ordered", n: number, epoch: number, action: RemoteAction, } | { "type": "beat", } | { "type": "fault", refusal: Refusal, } | { "type": "closing", reason: ClosingReason, retry_ms?: number, };

export type WatcherFrame = { "type": "watch", pass: string, conversation: ConversationId, tab: string, } | { "type": "ask_consent", } | { "type": "withdraw_ask", } | { "type": "request_control", } | { "type": "release_control", } | { "type": "stop_sharing", } | { "type": "point", at?: Place, click: boolean, } | { "type": "do_remotely", n: number, epoch: number, action: RemoteAction, } | { "type": "propose_product", product: ProductId, } | { "type": "want_snapshot", } | { "type": "look", visible: boolean, } | { "type": "beat", };

export type ToWatcher = { "type": "welcome", agent: AgentRef, view: ShareView, } | { "type": "changed", view: ShareView, } | { "type": "not_agreed", level: ShareLevel, why: NotAgreed, } | { "type": "control_ended", reason: ControlEnd, } | { "type": "sharing_ended", reason: ShareEnd, } | { "type": "page", page: SharedPage, } | { "type": "outcome", n: number, outcome: ActionOutcome, } | { "type": "proposal_ended", granted: boolean, } | { "type": "product_page", path: string, } | { "type": "page_beat", } | { "type": "unshowable", why: FrameFault, } | { "type": "beat", } | { "type": "fault", refusal: Refusal, } | { "type": "closing", reason: ClosingReason, retry_ms?: number, };

export type ShareView = { share?: ShareId, stage: ShareStage, page?: SharedPage, watchers: Array<AgentRef>, settings: ShareSettings, };

export type FrameFault = "shape" | "too_large" | "bomb" | "no_json" | "not_allowed" | "too_fast" | "bad_asset";

export type ShareSettings = { see: boolean, point: boolean, control: boolean, 
/**
 * Paths where nothing is shared: a path, or its beginning before a `*`.
 */
off_paths: Array<string>, 
/**
 * Paths that may only be seen. A page with a payment field is one by itself.
 */
see_only_paths: Array<string>, show: ShowLevel, 
/**
 * Selectors of elements that are masked, left out, or shown as they are.
 */
mask: Array<string>, block: Array<string>, reveal: Array<string>, };

export type ShowLevel = "none" | "choices" | "all";

export type TrySharing = { settings: ShareSettings, };

export type SharePreviewBegun = { id: ShareId, 
/**
 * For the fragment of the page's address: good once, for two minutes.
 */
pass: string, };

export type SharePreview = { 
/**
 * Rises with each change.
 */
turn: number, stage: SharePreviewStage, 
/**
 * What the page sent last.
 */
seen: PreviewedPage | null, 
/**
 * Why what it sent last cannot be shown, to agents neither.
 */
fault: FrameFault | null, };

export type SharePreviewStage = "waiting" | "asking" | "open" | "left";

export type PreviewedPage = { 
/**
 * Of the settings that it was made with.
 */
version: number, page: SharedPage, marks: Array<PreviewMark>, selectors: Array<PreviewSelector>, };

export type PreviewMark = { 
/**
 * Its number in the picture.
 */
node: number, rank: PreviewRank, };

export type PreviewRank = "shown" | "masked" | "secret" | "dropped";

export type PreviewSelector = { selector: string, 
/**
 * Elements; none = no browser's selector.
 */
found: number | null, };

export type OpenPreview = { pass: string, };

export type PreviewOpened = { 
/**
 * Shown as a bearer by what follows.
 */
key: string, 
/**
 * Of the admin who asked.
 */
first_name: string, settings: PreviewSettings, };

export type PreviewSettings = { version: number, settings: ShareSettings, };

export type AwaitPreview = { 
/**
 * That it has.
 */
version: number, 
/**
 * Its admin agreed; before that nothing of the page is sent.
 */
agreed: boolean, 
/**
 * Nothing more will be sent.
 */
leaving: boolean, };

export type PreviewFiles = { hashes: Array<string>, };

export type QueueReason = { "type": "handoff", } | { "type": "message_left", } | { "type": "agent_gone", agent: AgentRef, };

export type TransferOutcome = "declined" | "timed_out" | "withdrawn" | "target_gone" | "overtaken";

export type CardMark = "seen" | "opened" | "added";

export type Stage = "bot" | "waiting" | "in_progress" | "closed";

export type PageRef = { 
/**
 * `http` or `https`, at most [`super::PAGE_ADDRESS_BYTES_MAX`].
 */
url: string, 
/**
 * Text, at most [`super::PAGE_TITLE_BYTES_MAX`].
 */
title: string, };

export type PageVisit = { id: VisitId, page: PageRef, 
/**
 * By the browser's clock, corrected by the server to lie in the past.
 */
at: Timestamp, };

export type DocumentRef = { id: DocumentId, 
/**
 * Text for people: never a path.
 */
name: string, 
/**
 * What the server found in the bytes, e.g. `image/png`.
 */
media_type: string, bytes: number, 
/**
 * A re-encoded preview exists, of at most 1,280 px.
 */
preview: boolean, };

export type DocumentEntry = { document: DocumentRef, author: Author, at: Timestamp, };

export type Mark = { delivered: number, read: number, };

export type Marks = { visitor: Mark, agent: Mark, };

export type TransferOffer = { transfer: TransferId, from: AgentRef, to: AgentRef, note: string, expires_at: Timestamp, };

export type ConversationRow = { id: ConversationId, site: SiteId, visitor: VisitorId, 
/**
 * The name given, or a stable readable one ("4F2": the console writes "Visitor 4F2").
 */
visitor_name: VisitorName, stage: Stage, 
/**
 * Counts changes of stage or party in charge; take, transfer and close carry it.
 */
version: number, 
/**
 * The last event's number.
 */
head: number, in_charge?: AgentRef, waiting_since?: Timestamp, 
/**
 * Came back because its agent vanished: before all others.
 */
first_in_line: boolean, was_with?: AgentRef, message_left: boolean, offer?: TransferOffer, 
/**
 * What the agent in charge (or whoever waits to take it) has not read: the visitor's inputs after the agents' mark.
 */
unread: number, 
/**
 * The last thing said, for the list: what, cut to 140 characters, and by whom.
 */
last: LastLine, started_at: Timestamp, closed_at?: Timestamp, 
/**
 * What the visitor said of it, 1 to 5.
 */
rating?: number, lang: string, test: boolean, 
/**
 * The visitor has a socket open.
 */
visitor_online: boolean, };

export type VisitorName = { "type": "given", name: string, } | { "type": "unnamed", tag: string, };

export type LastLine = { from: LineFrom, what: LineKind, 
/**
 * Text, document's name or product's title; empty for the start.
 */
text: string, at: Timestamp, };

export type LineFrom = "visitor" | "bot" | "agent";

export type LineKind = "text" | "document" | "product";

export type ConversationDetails = { row: ConversationRow, details: Array<Detail>, 
/**
 * Newest last.
 */
visits: Array<PageVisit>, 
/**
 * The visitor agreed to page visits before the conversation; otherwise the console says why the list is short.
 */
visits_consented: boolean, documents: Array<DocumentEntry>, marks: Marks, 
/**
 * The visitor's earlier conversations, newest first, at most 20.
 */
earlier: Array<ConversationRow>, 
/**
 * What the browser said of itself, in words ("Firefox · Android"); empty when unknown.
 */
device: string, };

export type TabCounts = { waiting: number, 
/**
 * In charge: mine.
 */
mine: number, colleagues: number, history: number, };

export type ConversationPage = { items: Array<ConversationRow>, next?: string, };

export type VisitorCommand = { "type": "begin", } | { "type": "post_message", text: string, } | { "type": "choose_button", turn: number, button: number, } | { "type": "submit_form", turn: number, answers: Array<FieldAnswer>, } | { "type": "share_document", document: DocumentId, } | { "type": "rate", 
/**
 * 1 to 5; thumbs are 1 and 5.
 */
rating: number, comment: string, } | { "type": "mark_card", card: number, mark: CardMark, 
/**
 * Of a comparison: the product that was opened or added.
 */
product?: ProductId, };

export type FieldAnswer = { field: string, 
/**
 * Empty = skipped, where the field may be.
 */
value: string, };

export type Begin = { 
/**
 * The widget's language, a primary subtag.
 */
lang: string, 
/**
 * The version of the bot whose start turn the visitor saw.
 */
bot_version: number, page?: PageRef, 
/**
 * Pages seen before, oldest first, at most [`super::BEGIN_VISITS_MAX`]; empty without consent.
 */
visits: Array<PageVisit>, 
/**
 * The visitor agreed to page visits on this store.
 */
visits_consented: boolean, };

export type AgentCommand = { "type": "take_conversation", version: number, } | { "type": "post_message", text: string, } | { "type": "add_note", text: string, } | { "type": "share_document", document: DocumentId, } | { "type": "recommend_product", product: ProductId, sku?: Sku, } | { "type": "compare_products", products: Array<ProductChoice>, } | { "type": "offer_transfer", version: number, to: AgentId, note: string, } | { "type": "accept_transfer", transfer: TransferId, } | { "type": "decline_transfer", transfer: TransferId, } | { "type": "withdraw_transfer", transfer: TransferId, } | { "type": "close_conversation", version: number, };

export type VisitorFrame = { "type": "hello", 
/**
 * The site's public key, as in the snippet.
 */
site: string, 
/**
 * A name for this tab, at most 36 characters.
 */
tab: string, lang: string, 
/**
 * Absent at the first act: the server makes one and says it once, in the welcome.
 */
token?: string, 
/**
 * The pass of the test page; conversations are then marked *test*.
 */
test?: string, } | { "type": "resume", conversation: ConversationId, since: number, } | { "type": "open", conversation: ConversationId, last: number, } | { "type": "more", conversation: ConversationId, } | { "type": "command", id: CommandId, 
/**
 * Absent: begins a conversation; `begin` is then required. A visitor who has an open one gets into that.
 */
conversation?: ConversationId, begin?: Begin, command: VisitorCommand, } | { "type": "visit", visit: PageVisit, } | { "type": "on_page", page: OnPage, } | { "type": "answer_share", ask: AskId, granted: boolean, } | { "type": "stop_share", share: ShareId, } | { "type": "forget_visits", } | { "type": "typing", on: boolean, } | { "type": "mark", delivered: number, read: number, } | { "type": "ping", };

export type ToVisitor = { "type": "welcome", 
/**
 * Only when the hello had none or an unknown one.
 */
token?: string, 
/**
 * The visitor's open conversation, or the last closed one of this day, if any.
 */
conversation?: ConversationHead, 
/**
 * The bot's first words with the buttons that hold now; drawn when there is no open conversation.
 */
start: BotTurn, bot_version: number, 
/**
 * An agent of this site is on duty and the shop is open.
 */
reachable: boolean, } | { "type": "events", conversation: ConversationId, events: Array<Event>, more: boolean, head: number, } | { "type": "event", conversation: ConversationId, event: Event, } | { "type": "ack", id: CommandId, conversation: ConversationId, seq: number, } | { "type": "refused", id: CommandId, refusal: Refusal, } | { "type": "head", head: ConversationHead, } | { "type": "typing", conversation: ConversationId, on: boolean, } | { "type": "marks", conversation: ConversationId, marks: Marks, } | { "type": "reachable", reachable: boolean, } | { "type": "share_asked", ask: AskId, agent: AgentRef, seconds_left: number, settings: ShareSettings, } | { "type": "share_ask_ended", ask: AskId, } | { "type": "share_opened", ask: AskId, share: ShareId, key: string, } | { "type": "place", place: number, } | { "type": "pong", } | { "type": "fault", refusal: Refusal, } | { "type": "closing", reason: ClosingReason, retry_ms?: number, };

export type ConversationHead = { id: ConversationId, stage: Stage, head: number, in_charge?: AgentRef, marks: Marks, previous?: ConversationId, 
/**
 * Closed and not rated: what the visitor is asked, where the bot's definition asks.
 */
rating?: RatingView, };

export type ClosingReason = "restart" | "too_slow" | "signed_out" | "other_tab" | "overloaded" | "refused";

export type AgentFrame = { "type": "hello", pass: string, tab: string, } | { "type": "duty", sites: Array<SiteId>, } | { "type": "presence", presence: Presence, } | { "type": "open", conversation: ConversationId, last: number, } | { "type": "resume", conversation: ConversationId, since: number, } | { "type": "more", conversation: ConversationId, } | { "type": "leave", conversation: ConversationId, } | { "type": "command", id: CommandId, conversation: ConversationId, command: AgentCommand, } | { "type": "typing", conversation: ConversationId, on: boolean, } | { "type": "mark", conversation: ConversationId, delivered: number, read: number, } | { "type": "ping", };

export type ToAgent = { "type": "welcome", agent: AgentRef, presence: Presence, duty: Array<SiteId>, counts: TabCounts, } | { "type": "events", conversation: ConversationId, events: Array<Event>, more: boolean, head: number, } | { "type": "event", conversation: ConversationId, event: Event, } | { "type": "ack", id: CommandId, conversation: ConversationId, seq: number, } | { "type": "refused", id: CommandId, refusal: Refusal, } | { "type": "row", row: ConversationRow, } | { "type": "counts", counts: TabCounts, } | { "type": "visitor_typing", conversation: ConversationId, on: boolean, } | { "type": "marks", conversation: ConversationId, marks: Marks, } | { "type": "visit", conversation: ConversationId, visit: PageVisit, } | { "type": "on_page", conversation: ConversationId, page: OnPage, } | { "type": "visits_forgotten", conversation: ConversationId, } | { "type": "colleague", agent: AgentPresence, } | { "type": "pong", } | { "type": "fault", refusal: Refusal, } | { "type": "closing", reason: ClosingReason, retry_ms?: number, };

export type Refusal = { code: RefusalCode, 
/**
 * One English sentence for whoever reads the wire.
 */
message: string, 
/**
 * What to do next.
 */
hint?: string, 
/**
 * Who took, holds or closed it, where that is the reason.
 */
by?: AgentRef, 
/**
 * The stage that the command met.
 */
stage?: Stage, 
/**
 * Repeat after so many milliseconds, under the same id.
 */
retry_ms?: number, 
/**
 * Field id to what is wrong with its answer.
 */
fields?: Array<FieldFault>, };

export type FieldFault = { field: string, 
/**
 * In the visitor's language, from the bot's definition where it has one.
 */
error: string, 
/**
 * Which fault it is, where a client may say it in its own words; docs/feeds/faults.md
 * lists those of a feed's address.
 */
code?: string, };

export type RefusalCode = "already_taken" | "stage_changed" | "not_in_charge" | "conversation_closed" | "no_such_offer" | "agent_unreachable" | "offer_pending" | "stale_turn" | "invalid_fields" | "no_such_product" | "page_elsewhere" | "not_comparable" | "no_such_document" | "no_such_card" | "share_off" | "already_asked" | "not_shared" | "empty_text" | "text_too_long" | "forbidden_character" | "too_fast" | "try_later" | "id_reused" | "not_found" | "not_signed_in" | "wrong_sign_in" | "not_allowed" | "origin_refused" | "malformed" | "unknown_command" | "wrong_media_type" | "file_too_large" | "file_type_refused" | "quota_reached" | "site_not_ready" | "name_taken" | "weak_password" | "stale_version" | "definition_too_large" | "invalid_value" | "link_expired" | "import_running" | "draining" | "disk_full" | "fault";

export type Presence = "available" | "busy" | "away";

export type AgentPresence = { agent: AgentRef, presence: Presence, online: boolean, 
/**
 * Conversations in charge now.
 */
load: number, 
/**
 * On duty for these.
 */
sites: Array<SiteId>, };

export type Role = "agent" | "admin";

export type SignIn = { email: string, password: string, };

export type SignOut = { 
/**
 * End all of the agent's sessions, not only this one.
 */
everywhere: boolean, };

export type Me = { id: AgentId, name: string, first_name: string, email: string, role: Role, sites: Array<MySite>, 
/**
 * A file may be so large; said before one is chosen.
 */
file_megabytes_max: number, };

export type MySite = { id: SiteId, name: string, lang: string, currency: string, bot_published: boolean, catalog_products: number, 
/**
 * Agents may ask to see a visitor's page.
 */
shares_pages: boolean, };

export type SetUpAdmin = { token: string, name: string, email: string, password: string, };

export type AcceptInvitation = { token: string, name: string, password: string, };

export type InvitationFace = { email: string, name: string, sites: Array<string>, };

export type SocketPass = { pass: string, };

export type WidgetConfig = { site: string, name: string, 
/**
 * The language to speak: the asked one where the bot has it, else the site's.
 */
lang: string, 
/**
 * Absolute addresses of this release's chunks.
 */
chunks: WidgetChunks, 
/**
 * The bot's name, shown at the head of the panel.
 */
bot_name: string, bot_version: number, start: BotTurn, reachable: boolean, 
/**
 * A CSS colour, `#rrggbb`.
 */
accent: string, 
/**
 * Query parameters that may stay in page addresses.
 */
query_keep: Array<string>, file_megabytes_max: number, };

export type WidgetChunks = { 
/**
 * The panel (chat), fetched at the first act.
 */
panel: string, 
/**
 * The words of `lang`.
 */
words: string, };

export type Uploaded = { document: DocumentRef, };

export type DocumentAddress = { preview?: string, download: string, };

export type SiteView = { id: SiteId, name: string, 
/**
 * Public: it stands in the snippet.
 */
key: string, origins: Array<string>, lang: string, currency: string, 
/**
 * The store's address; relative product links are completed with it.
 */
shop_url?: string, accent: string, query_keep: Array<string>, 
/**
 * An agent without a connection for so long loses what they had in charge.
 */
agent_gone_seconds: number, share: ShareSettings, 
/**
 * To copy into the store.
 */
snippet: string, 
/**
 * Lines of a Content-Security-Policy that the store must allow.
 */
csp: Array<string>, setup: SetupList, };

export type SetupList = { bot_published: boolean, catalog_imported: boolean, agents_added: boolean, 
/**
 * The widget's configuration was asked for from an allowed origin that is not ours.
 */
snippet_seen: boolean, tested: boolean, };

export type NewSite = { name: string, origins: Array<string>, lang: string, currency: string, shop_url?: string, };

export type SiteChange = { name?: string, origins?: Array<string>, lang?: string, currency?: string, shop_url?: string, accent?: string, query_keep?: Array<string>, agent_gone_seconds?: number, 
/**
 * Whole: what is absent in it is its default.
 */
share?: ShareSettings, };

export type AgentView = { id: AgentId, name: string, email: string, role: Role, sites: Array<SiteId>, disabled: boolean, last_seen?: Timestamp, };

export type AgentChange = { name?: string, role?: Role, sites?: Array<SiteId>, disabled?: boolean, };

export type NewInvitation = { email: string, name: string, role: Role, sites: Array<SiteId>, };

export type InvitationView = { id: InvitationId, email: string, name: string, role: Role, sites: Array<SiteId>, expires_at: Timestamp, 
/**
 * Shown once, when it is made.
 */
link?: string, };

export type BotText = { toml: string, };

export type BotView = { 
/**
 * 0 = none published.
 */
version: number, toml?: string, published_at?: Timestamp, };

export type BotReport = { problems: Array<BotProblem>, steps: number, errors: number, warnings: number, 
/**
 * Set when it was published.
 */
version?: number, };

export type BotProblem = { 
/**
 * `E03` blocks publishing, `W04` does not.
 */
code: string, 
/**
 * From 1.
 */
line: number, 
/**
 * Where in [`super::definition::BotDefinition`], e.g. `/steps/2/goto`; empty = the whole of it.
 */
pointer: string, message: string, };

export type TestPage = { url: string, };

export type ProductCard = { product: ProductId, sku?: Sku, title: string, 
/**
 * The chosen variant in words ("Blue · 42"); empty without options.
 */
variant?: string, 
/**
 * What is paid now; absent where the shop gives no price.
 */
price?: Money, 
/**
 * Present when the price is reduced: the regular one.
 */
regular_price?: Money, availability: CardAvailability, 
/**
 * Pieces left, where the feed says so.
 */
stock?: number, image?: string, link?: string, 
/**
 * The shop platform's own number of the variant, for its cart; at most 100 characters.
 */
external_id?: string, };

export type Money = { minor: number, currency: string, 
/**
 * Decimals of the currency: 2 for EUR, 0 for JPY, 3 for TND.
 */
decimals: number, };

export type CardAvailability = "in_stock" | "out_of_stock" | "preorder" | "backorder" | "unknown";

export type CatalogHits = { query: string, 
/**
 * The language of the catalog that answered, a primary subtag.
 */
lang: string, 
/**
 * The search alone, in whole microseconds.
 */
took_us: number, generation: number, hits: Array<CatalogHit>, 
/**
 * Products found in all; `hits` holds the first of them.
 */
total: number, 
/**
 * Words that were read as others, e.g. `lampr` as `lampe`.
 */
corrections: Array<Correction>, 
/**
 * Words that nothing was searched for, because the catalog knows them nowhere.
 */
dropped: Array<string>, 
/**
 * Only when nothing was found: how many would be without each filter.
 */
without: Array<FilterLoss>, 
/**
 * Only when asked for.
 */
counts?: CatalogCounts, };

export type CatalogHit = { 
/**
 * As it would be sent, with the variant that matched.
 */
card: ProductCard, 
/**
 * Variants in all; more than one: the picker is offered.
 */
variants: number, brand?: string, };

export type Correction = { typed: string, read_as: string, };

export type CatalogProduct = { product: ProductId, title: string, brand?: string, description: string, categories: Array<string>, attributes: Array<ProductAttribute>, variants: Array<ProductCard>, };

export type CatalogStatus = { 
/**
 * The language of this catalog, a primary subtag.
 */
lang: string, 
/**
 * 0 = none imported yet.
 */
products: number, generation: number, 
/**
 * The index is being rebuilt from the database; searches answer `try_later` meanwhile.
 */
rebuilding: boolean, imported_at?: Timestamp, };

export type ImportRun = { id: ImportId, 
/**
 * The catalog that it is for, a primary subtag.
 */
lang: string, from: ImportFrom, 
/**
 * The name of the merchant's file, or the address.
 */
file: string, state: ImportState, started_at: Timestamp, bytes_total: number, bytes_read: number, rows_read: number, 
/**
 * While it runs, over the last seconds.
 */
rows_per_second?: number, 
/**
 * While it runs; absent until it can be said.
 */
seconds_left?: number, report?: ImportReport, };

export type ImportState = { "type": "queued", } | { "type": "reading", } | { "type": "indexing", } | { "type": "awaits_confirmation", why: string, } | { "type": "done", } | { "type": "refused", why: string, } | { "type": "cancelled", };

export type ImportReport = { dialect: string, encoding: string, separator: string, rows: number, products: number, added: number, changed: number, unchanged: number, removed: number, rejected: number, warnings: number, took_ms: number, generation: number, 
/**
 * What concerns the file as a whole: columns left unused, products without a link.
 */
remarks: Array<ImportReason>, 
/**
 * Why it waits for an answer or was refused.
 */
reasons: Array<ImportReason>, 
/**
 * The first 100 here; up to 1,000 in `rejected.csv`.
 */
faults: Array<ImportFault>, };

export type ImportFault = { 
/**
 * The file's line where the record starts; 0 for the file as a whole.
 */
line: number, code: string, column?: string, 
/**
 * At most 80 characters.
 */
value?: string, 
/**
 * What is wrong and how to write it, one sentence.
 */
message: string, 
/**
 * A warning drops only the field.
 */
warning: boolean, 
/**
 * The numbers of the sentence by their names, for clients that say it in their own
 * words: docs/feeds lists them by code.
 */
numbers: { [key in string]: number }, 
/**
 * Which kind of the fault, where a code has several.
 */
detail?: string, };

export type ImportReason = { 
/**
 * docs/feeds lists the codes.
 */
code: string, numbers: { [key in string]: number }, 
/**
 * Columns or other names that the sentence tells.
 */
names: Array<string>, detail?: string, 
/**
 * The sentence in English.
 */
message: string, };

export type ProductComparison = { 
/**
 * In the order in which the agent ticked them.
 */
cards: Array<ProductCard>, 
/**
 * Only what differs; price and stock stand on the cards themselves.
 */
rows: Array<ComparedRow>, };

export type ComparedRow = { what: ComparedWhat, 
/**
 * One a card, in its order; empty where the feed says nothing.
 */
values: Array<string>, };

export type ComparedWhat = { "type": "brand", } | { "type": "attribute", name: string, };

export type ProductChoice = { product: ProductId, sku?: Sku, };

export type CardNow = { 
/**
 * Absent: the product or variant is no longer in the catalog.
 */
card?: ProductCard, 
/**
 * What is not as it was when the card was sent; empty: all as before.
 */
changed: Array<CardChange>, };

export type CardChange = "price" | "availability" | "gone";

export type FilterLoss = { filter: FilterKind, 
/**
 * Of an attribute's filter.
 */
attribute?: string, products: number, };

export type FilterKind = "category" | "brand" | "price" | "in_stock" | "attribute";

export type CatalogCounts = { in_stock: number, categories: Array<CountedPath>, brands: Array<CountedValue>, attributes: Array<CountedAttribute>, 
/**
 * The least and the highest price; absent when none has one.
 */
prices?: PriceSpan, };

export type CountedPath = { 
/**
 * From the root.
 */
path: Array<string>, products: number, };

export type CountedValue = { value: string, products: number, };

export type CountedAttribute = { name: string, values: Array<CountedValue>, };

export type PriceSpan = { least: Money, most: Money, };

export type CatalogSort = "relevance" | "price_up" | "price_down" | "title";

export type ProductsAtHand = { 
/**
 * Pinned by this agent, the latest first, at most 20.
 */
pinned: Array<CatalogHit>, 
/**
 * Last recommended by this agent, the latest first, at most 10.
 */
recent: Array<CatalogHit>, };

export type ProductAttribute = { name: string, values: Array<string>, };

export type ImportFrom = "file" | "address" | "restore" | "empty";

export type FeedView = { 
/**
 * A primary subtag.
 */
lang: string, settings: FeedSettings, 
/**
 * Absent: products come by upload only.
 */
address?: FeedAddressView, products: number, generation: number, 
/**
 * The index is being built again; searches answer `try_later` meanwhile.
 */
rebuilding: boolean, imported_at?: Timestamp, 
/**
 * The import before can be restored.
 */
restorable: boolean, };

export type FeedSettings = { 
/**
 * ISO 4217, of prices that name none.
 */
currency: string, 
/**
 * Makes links of handles and of relative addresses.
 */
shop_url?: string, 
/**
 * Added to prices without tax, in hundredths of a percent: 2000 is 20 %.
 */
tax_rate?: number, 
/**
 * Corrections of what was recognised, and columns that were not.
 */
mapping?: FeedMapping, };

export type FeedMapping = { 
/**
 * The columns it was made for, as the file names them.
 */
header: Array<string>, 
/**
 * Columns that are not named keep what is recognised.
 */
columns: Array<ColumnMapping>, values: Array<ValueMapping>, 
/**
 * The sign before decimals, where cells like `489,000` cannot tell.
 */
decimals?: DecimalMark, };

export type DecimalMark = "dot" | "comma";

export type ColumnMapping = { column: string, field: FeedField, };

export type ValueMapping = { column: string, from: string, 
/**
 * Several for a list; none drops the value.
 */
to: Array<string>, };

export type FeedField = { "type": "id", } | { "type": "group", } | { "type": "sku", } | { "type": "title", } | { "type": "description", } | { "type": "summary", } | { "type": "brand", } | { "type": "category", } | { "type": "sub_category", } | { "type": "price", } | { "type": "price_without_tax", } | { "type": "sale_price", } | { "type": "sale_dates", } | { "type": "regular_price", } | { "type": "currency", } | { "type": "availability", } | { "type": "stock", } | { "type": "gtin", } | { "type": "mpn", } | { "type": "link", } | { "type": "image", } | { "type": "more_images", } | { "type": "option", name: string, } | { "type": "attribute", name: string, } | { "type": "tags", } | { "type": "published", } | { "type": "similar", } | { "type": "complementary", } | { "type": "ignore", } | { "type": "as_recognised", };

export type FeedAddressView = { url: string, 
/**
 * The name for basic authentication; the password is never told.
 */
user?: string, 
/**
 * Hours between two fetches; 0: only when asked.
 */
every_hours: number, fetched_at?: Timestamp, next_at?: Timestamp, 
/**
 * What came of the last fetch.
 */
outcome?: FetchOutcome, 
/**
 * Why the last fetch brought nothing, or its import was refused: empty when all is well.
 */
faults: Array<ImportReason>, };

export type FetchOutcome = "imported" | "unchanged" | "failed";

export type FeedAddress = { url: string, user?: string, 
/**
 * Absent: the one that is kept.
 */
password?: string, every_hours: number, };

export type FeedChange = { settings?: FeedSettings, address?: FeedAddress, 
/**
 * Takes the address away; its products stay.
 */
forget_address: boolean, };

export type FeedPreview = { id: PreviewId, file: string, bytes: number, lang: string, 
/**
 * The settings it was read under, with what was guessed put into the mapping.
 */
settings: FeedSettings, 
/**
 * Why it cannot be used as it is, or the mapping cannot; then at most the columns follow.
 */
fault?: ImportReason, dialect: string, encoding: string, separator: string, columns: Array<PreviewColumn>, 
/**
 * What must be said before it can be imported; empty: it can.
 */
missing: Array<PreviewMissing>, 
/**
 * The saved mapping was made for another header: columns that are new, and those that are gone.
 */
added_columns: Array<string>, removed_columns: Array<string>, 
/**
 * Of the first 100 rows.
 */
rows: number, products: number, rejected: number, warnings: number, 
/**
 * The first 20.
 */
faults: Array<ImportFault>, 
/**
 * The first products as cards, at most 5.
 */
examples: Array<ProductCard>, };

export type PreviewColumn = { name: string, field: FeedField, confidence: Confidence, 
/**
 * The first three values, at most 80 characters each.
 */
samples: Array<string>, 
/**
 * The commonest values with their counts among the rows looked at, at most 30; empty where nearly all differ.
 */
distinct: Array<DistinctValue>, };

export type DistinctValue = { value: string, rows: number, };

export type Confidence = "certain" | "likely" | "guess" | "none";

export type PreviewMissing = "id" | "title" | "price" | "tax_rate" | "tax_kind" | "decimals" | "products";

export type PreviewAgain = { settings: FeedSettings, };

export type ImportPreview = { preview: PreviewId, settings: FeedSettings, };

export type ProductUpdates = { 
/**
 * Absent: the site's main language.
 */
lang?: string, updates: Array<ProductUpdate>, };

export type ProductUpdate = { sku?: Sku, gtin?: string, id?: ProductId, 
/**
 * As in a feed: `12.90` or `12.90 EUR`.
 */
price?: string, 
/**
 * The same; empty ends the sale.
 */
sale_price?: string, stock?: number, availability?: CardAvailability, };

export type UpdatesTaken = { 
/**
 * Variants that were changed, or will be right after the import that runs.
 */
changed: number, 
/**
 * Named variants that were so already.
 */
unchanged: number, 
/**
 * An import runs: the updates wait for its end and are applied to what it brings.
 */
waiting: boolean, generation: number, refused: Array<UpdateRefused>, };

export type UpdateRefused = { 
/**
 * Its place among the updates, from 0.
 */
place: number, 
/**
 * What is wrong and what to do, one sentence.
 */
message: string, };

export type UpdateKey = { 
/**
 * Only in the answer that makes it; the server keeps its hash.
 */
key?: string, made_at?: Timestamp, };

export type OnPage = { 
/**
 * Scrubbed like a page visit's.
 */
url: string, 
/**
 * The product that the page's JSON-LD names.
 */
product?: PageProduct, 
/**
 * The path of the page's breadcrumb from the root, at most [`OnPage::PATH_MAX`] names.
 */
categories: Array<string>, 
/**
 * At most [`OnPage::CART_MAX`] lines.
 */
cart: Array<CartLine>, };

export type PageProduct = { id?: string, sku?: string, gtin?: string, };

export type CartLine = { 
/**
 * A SKU, or the product's id.
 */
sku: string, quantity: number, };

export type Suggestions = { lang: string, generation: number, took_us: number, 
/**
 * What was read from the visitor's words, in the order in which it was said.
 */
constraints: Array<Constraint>, 
/**
 * Nothing fits all constraints: these are the nearest, and each says what it breaks.
 */
relaxed: boolean, 
/**
 * Best first, at most 5.
 */
suggestions: Array<Suggestion>, 
/**
 * The product on the visitor's page, if the catalog has it.
 */
on_page?: CatalogHit, 
/**
 * Could take the place of the product on the page, at most 5.
 */
similar: Array<Suggestion>, 
/**
 * Go with it, at most 5.
 */
complementary: Array<Suggestion>, };

export type Suggestion = { hit: CatalogHit, 
/**
 * Checked facts, the most telling first; at least one.
 */
reasons: Array<Reason>, 
/**
 * Constraints that it breaks; only when relaxed.
 */
breaks: Array<Constraint>, };

export type Constraint = { "type": "price", least?: Money, most?: Money, 
/**
 * The words it was read from.
 */
said: string, } | { "type": "attribute", name: string, value: string, not: boolean, said: string, } | { "type": "in_stock", said: string, } | { "type": "other_currency", said: string, };

export type Reason = { "type": "words", words: Array<string>, } | { "type": "meets", constraint: Constraint, } | { "type": "in_stock", } | { "type": "similar_by_feed", product: ProductId, title: string, } | { "type": "similar_to_page", product: ProductId, title: string, } | { "type": "goes_with_by_feed", product: ProductId, title: string, } | { "type": "goes_with_page", product: ProductId, title: string, } | { "type": "in_category", name: string, } | { "type": "on_page", sku?: Sku, };

export type LedgerEntry = { conversation: ConversationId, 
/**
 * The number of the card's event.
 */
card: number, 
/**
 * The card compared several products.
 */
compared: boolean, by: AgentRef, product: ProductId, sku?: Sku, title: string, sent_at: Timestamp, 
/**
 * Each at its first time; what was opened or added was seen.
 */
seen_at?: Timestamp, opened_at?: Timestamp, added_at?: Timestamp, };

export type Ledger = { total: LedgerSum, 
/**
 * Most sent first, at most 100 each.
 */
agents: Array<LedgerAgent>, products: Array<LedgerProduct>, 
/**
 * A page of at most 50.
 */
entries: Array<LedgerEntry>, next?: string, };

export type LedgerSum = { sent: number, seen: number, opened: number, added: number, };

export type LedgerAgent = { by: AgentRef, sum: LedgerSum, };

export type LedgerProduct = { product: ProductId, title: string, sum: LedgerSum, };

export type EmptyQuery = { 
/**
 * As last written.
 */
text: string, lang: string, times: number, last_at: Timestamp, };

export type BotDefinition = { name: { [key in string]: string }, 
/**
 * The first one is the default.
 */
languages: Array<string>, 
/**
 * IANA name.
 */
timezone: string, notice: { [key in string]: string }, 
/**
 * Absent = always open.
 */
hours?: HoursDefinition, fields: Array<FieldDefinition>, 
/**
 * The first step's id.
 */
start: string, 
/**
 * Field ids of the pre-chat form.
 */
form: Array<string>, steps: Array<StepDefinition>, faq: Array<FaqDefinition>, understanding: UnderstandingDefinition, products: ProductsDefinition, handoff: HandoffDefinition, leave_message?: LeaveMessageDefinition, close: CloseDefinition, tests: Array<TestDefinition>, };

export type HoursDefinition = { 
/**
 * `HH:MM-HH:MM` by day, `mon` to `sun`; no day = closed. A range of days in TOML is one entry a day here.
 */
days: { [key in string]: Array<string> }, 
/**
 * `YYYY-MM-DD`, or `MM-DD` for every year.
 */
closed: Array<string>, 
/**
 * In place of a day's hours.
 */
special: { [key in string]: Array<string> }, };

export type FieldDefinition = { id: string, 
/**
 * `text`, `email`, `phone`, `number`, `choice`, `pattern`.
 */
kind: string, ask: { [key in string]: string }, label: { [key in string]: string }, error: { [key in string]: string }, 
/**
 * The label of the way around it; none = required.
 */
skip: { [key in string]: string }, max_chars?: number, min?: number, max?: number, autocomplete?: string, 
/**
 * Of a `choice`: its answers, or else [`Self::attribute`].
 */
options: Array<{ [key in string]: string }>, 
/**
 * Of a `choice`: the catalog attribute whose values in stock are the answers.
 */
attribute?: string, pattern?: string, };

export type StepDefinition = { id: string, collect: Array<string>, say: { [key in string]: string }, products?: StepProducts, 
/**
 * Exactly one of buttons and goto.
 */
buttons: Array<ButtonDefinition>, goto?: string, };

export type StepProducts = { query: { [key in string]: string }, 
/**
 * A whole number of the currency's main unit, or `{{field}}` of a number field.
 */
price_max?: string, 
/**
 * Absent = true.
 */
in_stock?: boolean, 
/**
 * 1 to 5; absent = 3.
 */
limit?: number, };

export type ButtonDefinition = { label: { [key in string]: string }, goto?: string, faq?: string, url?: string, };

export type FaqDefinition = { id: string, label: { [key in string]: string }, questions: { [key in string]: Array<string> }, answer: { [key in string]: string }, buttons: Array<ButtonDefinition>, };

export type UnderstandingDefinition = { answer_above?: number, suggest_above?: number, suggest: { [key in string]: string }, none_of_these: { [key in string]: string }, unknown: { [key in string]: string }, hello: { [key in string]: string }, thanks: { [key in string]: string }, file: { [key in string]: string }, };

export type ProductsDefinition = { enabled: boolean, ask: { [key in string]: string }, none: { [key in string]: string }, again: { [key in string]: string }, limit?: number, };

export type HandoffDefinition = { label: { [key in string]: string }, 
/**
 * Empty = the built-in ones.
 */
keywords: { [key in string]: Array<string> }, ask_before: Array<string>, after_unknown?: number, offer: { [key in string]: string }, 
/**
 * `online` or `free`.
 */
needs?: string, 
/**
 * `message` or `hide`.
 */
when_nobody?: string, waiting: { [key in string]: string }, wait_seconds?: number, still_waiting: { [key in string]: string }, on_wait_too_long?: string, };

export type LeaveMessageDefinition = { label: { [key in string]: string }, say: { [key in string]: string }, collect: Array<string>, done: { [key in string]: string }, };

export type CloseDefinition = { 
/**
 * `bot` or `waiting`.
 */
next_to?: string, satisfaction?: SatisfactionDefinition, };

export type SatisfactionDefinition = { ask: { [key in string]: string }, 
/**
 * `five` or `thumbs`.
 */
scale: string, 
/**
 * Absent = true.
 */
comment?: boolean, };

export type TestDefinition = { 
/**
 * One text, or the turns of a talk.
 */
say: Array<string>, 
/**
 * `faq:<id>`, `suggest:<id>`, `step:<id>`, `@…`, `unknown`.
 */
expect: string, lang?: string, 
/**
 * Local time, `YYYY-MM-DDTHH:MM`.
 */
at?: string, 
/**
 * Agents who are there; absent = 1.
 */
agents?: number, };

export type BotDraftView = { 
/**
 * Rises with each save; 0 = no draft yet: what is here is the published definition, or nothing.
 */
revision: number, toml: string, 
/**
 * Absent where the TOML cannot be read as structure; the report says why.
 */
definition?: BotDefinition, report: BotReport, 
/**
 * The published version; 0 = none.
 */
published: number, 
/**
 * The draft differs from it.
 */
changed: boolean, saved_at?: Timestamp, saved_by?: AgentRef, };

export type BotDraftChange = { revision: number, toml?: string, definition?: BotDefinition, };

export type StaleDraft = { 
/**
 * The draft as it is now; a change over this one is saved.
 */
revision: number, saved_at?: Timestamp, };

export type BotPublish = { revision: number, 
/**
 * What changed, in the admin's words; at most 200 characters.
 */
note: string, };

export type BotVersions = { published: number, versions: Array<BotVersionRow>, };

export type BotVersionRow = { version: number, at: Timestamp, 
/**
 * Absent: published on the command line, or the agent is gone.
 */
by?: AgentRef, note: string, 
/**
 * Counted by line, against the version before.
 */
lines_added: number, lines_removed: number, };

export type BotComparison = { version: number, toml: string, 
/**
 * At most 20,000.
 */
lines: Array<BotLine>, 
/**
 * Left out at the end.
 */
more: number, };

export type BotLine = { change: LineChange, text: string, };

export type LineChange = "same" | "added" | "removed";

export type BotPreviewAsk = { 
/**
 * The draft as it is on the screen; absent = as it is saved.
 */
toml?: string, definition?: BotDefinition, 
/**
 * Local time at the shop, `YYYY-MM-DDTHH:MM`; absent = now.
 */
at?: string, 
/**
 * Agents who are there.
 */
agents: number, lang: string, 
/**
 * What the visitor did, at most 200.
 */
inputs: Array<PreviewInput>, };

export type PreviewInput = { "type": "text", text: string, } | { "type": "button", button: number, } | { "type": "form", answers: Array<FieldAnswer>, } | { "type": "document", } | { "type": "waited_too_long", } | { "type": "nobody_left", };

export type BotPreview = { 
/**
 * The start turn first, then what each input was answered.
 */
turns: Array<PreviewTurn>, report: BotReport, rating?: RatingView, };

export type PreviewTurn = { 
/**
 * Absent: the bot says nothing (the conversation waits, or is a person's).
 */
turn?: BotTurn, why?: BotWhy, 
/**
 * What became of the conversation at this turn.
 */
outcome?: PreviewOutcome, 
/**
 * What is wrong with the form's answers; nothing else happened then.
 */
fields?: Array<FieldFault>, };

export type PreviewOutcome = "waiting" | "message_left";

export type BotTemplate = { 
/**
 * `fashion`, `furniture`, `food`.
 */
id: string, 
/**
 * `fr` or `en`.
 */
lang: string, toml: string, };

export type NotUnderstood = { 
/**
 * Texts in all groups.
 */
texts: number, 
/**
 * The largest first, at most 200.
 */
groups: Array<TextGroup>, };

export type TextGroup = { 
/**
 * The text nearest to all others, as typed.
 */
text: string, count: number, last_at: Timestamp, 
/**
 * Different ones, the most frequent first, at most 20.
 */
examples: Array<TextExample>, 
/**
 * The FAQ that came nearest, if any did.
 */
nearest?: string, };

export type TextExample = { text: string, count: number, 
/**
 * One of the conversations, to read it in.
 */
conversation: ConversationId, lang: string, };

export type SetAside = { 
/**
 * At most 20.
 */
texts: Array<string>, };

export type FaqUsage = { faq: string, 
/**
 * Its answer was said to a text, or by a button of a step.
 */
answered: number, 
/**
 * Offered as one of several buttons.
 */
suggested: number, 
/**
 * And then clicked.
 */
clicked: number, 
/**
 * A person was asked for within two turns of the visitor after its answer.
 */
handed_off_after: number, };

export type BotFigures = { 
/**
 * Every day, also those without a conversation.
 */
days: Array<BotDay>, sum: BotDay, };

export type BotDay = { 
/**
 * `YYYY-MM-DD`; empty in the sum.
 */
day: string, 
/**
 * With at least one input of the visitor.
 */
conversations: number, 
/**
 * No person was asked for, no message left, and no agent took it.
 */
bot_alone: number, handed_off: number, messages_left: number, rated: number, 
/**
 * Of the ratings, 1 to 5 each; divided by `rated` it is the mean.
 */
rating_sum: number, };

