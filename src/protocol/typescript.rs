//! The wire's types as one TypeScript file, so that browsers and server cannot drift apart.

use ts_rs::{Config, TS};

use super::{
    admin, bot, bot_desk, catalog, cobrowse, command, conversation, definition, event, feed, frame, ledger, refusal,
    session, suggestion, widget,
};

const HEADER: &str =
    "/** The wire's types, generated from src/protocol by `make protocol`; never edited by hand. */\n\n";

macro_rules! declarations {
    ($config:expr, $out:expr; $($ty:ty),+ $(,)?) => {$(
        $out.push_str("export ");
        $out.push_str(&<$ty as TS>::decl($config));
        $out.push_str("\n\n");
    )+};
}

macro_rules! names {
    ($($ty:ident),+ $(,)?) => { concat!($("export type ", stringify!($ty), " = string;\n"),+) };
}

/// The whole file. Every type that travels is named here; `tsc` fails on one that is missing.
#[must_use]
pub fn file() -> String {
    let config = Config::new().with_large_int("number");
    let mut out = String::from(HEADER);
    out.push_str(names![
        SiteId,
        VisitorId,
        AgentId,
        ConversationId,
        DocumentId,
        VisitId,
        CommandId,
        TransferId,
        InvitationId,
        ImportId,
        PreviewId,
        ShareId,
        AskId,
        ProductId,
        Sku,
        Timestamp,
    ]);
    out.push('\n');
    declarations!(&config, out;
        bot::BotTurn, bot::BotButton, bot::FieldView, bot::FieldKind, bot::Detail, bot::DetailRole, bot::BotWhy,
        bot::FaqScore, bot::RatingView, bot::RatingScale,
        event::Event, event::EventBody, event::Audience, event::Author, event::AgentRef,
        cobrowse::ShareLevel, cobrowse::ShareParty, cobrowse::ShareStep, cobrowse::NotAgreed, cobrowse::ControlEnd,
        cobrowse::ShareEnd, cobrowse::ShareAct, cobrowse::ActKind, cobrowse::ShareStage, cobrowse::PageRule,
        cobrowse::SharedPage, cobrowse::PageLack, cobrowse::RemoteAction, cobrowse::Place, cobrowse::MouseButton,
        cobrowse::RemoteKey, cobrowse::ActionOutcome, cobrowse::ActionRefusal, cobrowse::PageFrame, cobrowse::PageStop,
        cobrowse::ToPage, cobrowse::WatcherFrame, cobrowse::ToWatcher, cobrowse::ShareView, cobrowse::FrameFault,
        cobrowse::ShareSettings, cobrowse::ShowLevel,
        cobrowse::TrySharing, cobrowse::SharePreviewBegun, cobrowse::SharePreview, cobrowse::SharePreviewStage,
        cobrowse::PreviewedPage, cobrowse::PreviewMark, cobrowse::PreviewRank, cobrowse::PreviewSelector,
        cobrowse::OpenPreview, cobrowse::PreviewOpened, cobrowse::PreviewSettings, cobrowse::AwaitPreview,
        cobrowse::PreviewFiles,
        event::QueueReason, event::TransferOutcome, event::CardMark,
        conversation::Stage, conversation::PageRef, conversation::PageVisit, conversation::DocumentRef,
        conversation::DocumentEntry, conversation::Mark, conversation::Marks, conversation::TransferOffer,
        conversation::ConversationRow, conversation::VisitorName, conversation::LastLine,
        conversation::LineFrom, conversation::LineKind, conversation::ConversationDetails,
        conversation::TabCounts, conversation::ConversationPage,
        command::VisitorCommand, command::FieldAnswer, command::Begin, command::AgentCommand,
        frame::VisitorFrame, frame::ToVisitor, frame::ConversationHead, frame::ClosingReason,
        frame::AgentFrame, frame::ToAgent,
        refusal::Refusal, refusal::FieldFault, refusal::RefusalCode,
        session::Presence, session::AgentPresence, session::Role, session::SignIn, session::SignOut,
        session::Me, session::MySite, session::SetUpAdmin, session::AcceptInvitation,
        session::InvitationFace, session::SocketPass,
        widget::WidgetConfig, widget::WidgetChunks, widget::Uploaded, widget::DocumentAddress,
        admin::SiteView, admin::SetupList, admin::NewSite, admin::SiteChange, admin::AgentView,
        admin::AgentChange, admin::NewInvitation, admin::InvitationView, admin::BotText,
        admin::BotView, admin::BotReport, admin::BotProblem, admin::TestPage,
        catalog::ProductCard, catalog::Money, catalog::CardAvailability,
        catalog::CatalogHits, catalog::CatalogHit, catalog::Correction, catalog::CatalogProduct,
        catalog::CatalogStatus, catalog::ImportRun, catalog::ImportState, catalog::ImportReport, catalog::ImportFault,
        catalog::ImportReason,
        catalog::ProductComparison, catalog::ComparedRow, catalog::ComparedWhat, catalog::ProductChoice,
        catalog::CardNow, catalog::CardChange, catalog::FilterLoss, catalog::FilterKind, catalog::CatalogCounts,
        catalog::CountedPath, catalog::CountedValue, catalog::CountedAttribute, catalog::PriceSpan,
        catalog::CatalogSort, catalog::ProductsAtHand, catalog::ProductAttribute, catalog::ImportFrom,
        feed::FeedView, feed::FeedSettings, feed::FeedMapping, feed::DecimalMark, feed::ColumnMapping, feed::ValueMapping,
        feed::FeedField, feed::FeedAddressView, feed::FetchOutcome, feed::FeedAddress, feed::FeedChange,
        feed::FeedPreview, feed::PreviewColumn, feed::DistinctValue, feed::Confidence, feed::PreviewMissing,
        feed::PreviewAgain, feed::ImportPreview, feed::ProductUpdates, feed::ProductUpdate, feed::UpdatesTaken,
        feed::UpdateRefused, feed::UpdateKey,
        suggestion::OnPage, suggestion::PageProduct, suggestion::CartLine, suggestion::Suggestions,
        suggestion::Suggestion, suggestion::Constraint, suggestion::Reason,
        ledger::LedgerEntry, ledger::Ledger, ledger::LedgerSum, ledger::LedgerAgent, ledger::LedgerProduct,
        ledger::EmptyQuery,
        definition::BotDefinition, definition::HoursDefinition, definition::FieldDefinition, definition::StepDefinition, definition::StepProducts, definition::ButtonDefinition, definition::FaqDefinition, definition::UnderstandingDefinition, definition::ProductsDefinition, definition::HandoffDefinition, definition::LeaveMessageDefinition, definition::CloseDefinition, definition::SatisfactionDefinition, definition::TestDefinition,
        bot_desk::BotDraftView, bot_desk::BotDraftChange, bot_desk::StaleDraft, bot_desk::BotPublish, bot_desk::BotVersions, bot_desk::BotVersionRow, bot_desk::BotComparison, bot_desk::BotLine, bot_desk::LineChange, bot_desk::BotPreviewAsk, bot_desk::PreviewInput, bot_desk::BotPreview, bot_desk::PreviewTurn, bot_desk::PreviewOutcome, bot_desk::BotTemplate, bot_desk::NotUnderstood, bot_desk::TextGroup, bot_desk::TextExample, bot_desk::SetAside, bot_desk::FaqUsage, bot_desk::BotFigures, bot_desk::BotDay,
    );
    out
}

#[cfg(test)]
mod tests {
    const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/widget/src/shared/protocol.ts");

    /// `COMPTOIR_WRITE_PROTOCOL=1 cargo test protocol_ts` (that is `make protocol`) writes it.
    #[test]
    fn the_committed_protocol_ts_is_what_the_server_speaks() {
        let now = super::file();
        if std::env::var_os("COMPTOIR_WRITE_PROTOCOL").is_some() {
            std::fs::write(COMMITTED, &now).unwrap();
        }
        let committed = std::fs::read_to_string(COMMITTED).unwrap_or_default();
        assert!(committed == now, "widget/src/shared/protocol.ts is stale; run `make protocol` and commit it");
    }
}
