//! Previews that go on, in memory only: few, short, and gone with their console's tab.
//!
//! A preview has three secrets, each good for one side: the console's is the admin's session, the
//! address's is a pass that is used up by the first page that shows it, the page's is the key that it gets
//! for it. Both sides ask again and again; who falls silent is gone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use actix_web::web::Bytes;
use tokio::sync::watch;

use crate::actors::cobrowse::shelf::{Asset, AssetHash, Shelf};
use crate::http::token::{self, Token};
use crate::protocol::cobrowse::{
    FrameFault, PageRule, PreviewSettings, PreviewedPage, SharePreview, SharePreviewStage, ShareSettings,
};
use crate::protocol::{AgentId, AgentRef, Refusal, RefusalCode, ShareId, SiteId};
use crate::rules::cobrowse::paths;
use crate::store::TokenHash;

/// Who asks waits so long for news, at most.
pub const WAIT: Duration = Duration::from_secs(5);
/// Previews at once, one an admin: each may hold a picture and its files.
const PREVIEWS_MAX: usize = 6;
/// A pass is void after it.
const PASS_SECONDS: Duration = Duration::from_secs(120);
/// The console did not ask for so long: its tab is closed.
const CONSOLE_SILENCE: Duration = Duration::from_secs(60);
/// The page did not ask for so long: it is gone.
const PAGE_SILENCE: Duration = Duration::from_secs(20);
/// Files of a preview, all together.
const FILES_BYTES_MAX: usize = 24 * 1024 * 1024;

/// One admin's.
#[derive(Debug)]
pub struct Preview {
    site: SiteId,
    agent: AgentRef,
    /// Until a page has shown it.
    pass: Option<TokenHash>,
    begun: Instant,
    key: Option<TokenHash>,
    settings: PreviewSettings,
    stage: SharePreviewStage,
    seen: Option<PreviewedPage>,
    picture: Option<Bytes>,
    fault: Option<FrameFault>,
    files: Arc<Shelf>,
    files_bytes: usize,
    console_heard: Instant,
    page_heard: Instant,
    turn: watch::Sender<u32>,
}

impl Preview {
    #[must_use]
    pub fn new(site: SiteId, agent: AgentRef, settings: ShareSettings) -> Self {
        let now = Instant::now();
        Self {
            site,
            agent,
            pass: None,
            begun: now,
            key: None,
            settings: PreviewSettings { version: 1, settings },
            stage: SharePreviewStage::Waiting,
            seen: None,
            picture: None,
            fault: None,
            files: Arc::default(),
            files_bytes: 0,
            console_heard: now,
            page_heard: now,
            turn: watch::Sender::new(1),
        }
    }

    /// Other settings; the page hears of them.
    pub fn change(&mut self, settings: ShareSettings) {
        if settings != self.settings.settings {
            self.settings = PreviewSettings { version: self.settings.version + 1, settings };
            self.changed();
        }
    }

    #[must_use]
    pub fn settings(&self) -> PreviewSettings {
        self.settings.clone()
    }

    #[must_use]
    pub fn first_name(&self) -> String {
        self.agent.first_name.clone()
    }

    #[must_use]
    pub fn view(&self) -> SharePreview {
        SharePreview { turn: *self.turn.borrow(), stage: self.stage, seen: self.seen.clone(), fault: self.fault }
    }

    /// Hears of each change from now on.
    #[must_use]
    pub fn changes(&self) -> watch::Receiver<u32> {
        self.turn.subscribe()
    }

    #[must_use]
    pub fn picture(&self) -> Option<Bytes> {
        self.picture.clone()
    }

    /// The page goes on, or says that it will send nothing more.
    pub fn heard(&mut self, agreed: bool, leaving: bool) {
        let stage = match (leaving, agreed) {
            (true, _) => SharePreviewStage::Left,
            (false, true) => SharePreviewStage::Open,
            (false, false) => SharePreviewStage::Asking,
        };
        if leaving {
            (self.key, self.seen, self.picture) = (None, None, None);
        }
        self.enter(stage);
    }

    /// What the page looks like now; without a picture where an agent would get none.
    pub fn show(&mut self, mut seen: PreviewedPage, picture: Bytes) {
        seen.page.rule = seen.page.rule.min(paths::rule_of(&self.settings.settings, &seen.page.url));
        self.picture = (seen.page.rule != PageRule::Off).then_some(picture).filter(|picture| !picture.is_empty());
        self.seen = Some(seen);
        self.fault = None;
        self.stage = SharePreviewStage::Open;
        self.changed();
    }

    /// The server would not let an agent see it.
    pub fn refuse(&mut self, fault: FrameFault) {
        self.picture = None;
        self.fault = Some(fault);
        self.changed();
    }

    #[must_use]
    pub fn files(&self) -> Arc<Shelf> {
        self.files.clone()
    }

    /// Keeps a file that the page has named, while there is room.
    ///
    /// # Errors
    /// [`RefusalCode::FileTooLarge`]; [`RefusalCode::InvalidValue`] for one that was not named.
    pub fn keep(&mut self, id: ShareId, hash: AssetHash, file: Asset) -> Result<(), RefusalCode> {
        let bytes = self.files_bytes + file.bytes.len();
        if bytes > FILES_BYTES_MAX {
            return Err(RefusalCode::FileTooLarge);
        }
        if !self.files.keep(id, hash, file) {
            return Err(RefusalCode::InvalidValue);
        }
        self.files_bytes = bytes;
        Ok(())
    }

    fn enter(&mut self, stage: SharePreviewStage) {
        if self.stage != stage {
            self.stage = stage;
            self.changed();
        }
    }

    fn changed(&self) {
        self.turn.send_modify(|turn| *turn += 1);
    }
}

/// All of them. Each access is a short lock and never spans a wait.
#[derive(Debug, Default)]
pub struct SharePreviews(Mutex<HashMap<ShareId, Preview>>);

impl SharePreviews {
    /// Without those whose console is gone, and with the pages marked that are.
    fn living(&self) -> MutexGuard<'_, HashMap<ShareId, Preview>> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, preview| preview.console_heard.elapsed() < CONSOLE_SILENCE);
        for preview in all.values_mut() {
            if preview.key.is_some() && preview.page_heard.elapsed() >= PAGE_SILENCE {
                preview.heard(false, true);
            }
        }
        all
    }

    /// Lets go of what nobody asks for any more.
    pub fn sweep(&self) {
        drop(self.living());
    }

    /// A preview that waits for its page; the pass is shown once.
    ///
    /// # Errors
    /// [`RefusalCode::TryLater`] when others have begun too many.
    pub fn begin(&self, id: ShareId, mut preview: Preview) -> Result<String, Refusal> {
        let pass = Token::fresh()?;
        let mut all = self.living();
        all.retain(|_, other| other.agent.id != preview.agent.id);
        if all.len() >= PREVIEWS_MAX {
            let why = "Too many admins preview a page at this moment.";
            return Err(Refusal::new(RefusalCode::TryLater).saying(why));
        }
        preview.pass = Some(pass.hash);
        preview.files.watched(preview.site, id, [preview.agent.id].into());
        all.insert(id, preview);
        Ok(pass.text)
    }

    /// The admin's own, heard from now.
    ///
    /// # Errors
    /// [`RefusalCode::NotFound`], alike for what is over and what is somebody else's.
    pub fn of<T>(
        &self,
        id: ShareId,
        site: SiteId,
        agent: AgentId,
        act: impl FnOnce(&mut Preview) -> T,
    ) -> Result<T, Refusal> {
        let mut all = self.living();
        let own = all.get_mut(&id).filter(|preview| preview.site == site && preview.agent.id == agent);
        let own = own.ok_or(RefusalCode::NotFound)?;
        own.console_heard = Instant::now();
        Ok(act(own))
    }

    /// Uses a pass up. `lists`: the page's origin is one of the site's.
    ///
    /// # Errors
    /// [`RefusalCode::NotFound`] for every pass that is none, is used, void, or of another site.
    pub fn open(&self, pass: &str, lists: impl FnOnce(SiteId) -> bool) -> Result<(ShareId, String), Refusal> {
        let (shown, key) = (token::hash(pass), Token::fresh()?);
        let mut all = self.living();
        let found = all.iter_mut().find(|(_, preview)| preview.pass == Some(shown));
        let (id, preview) = found.ok_or(RefusalCode::NotFound)?;
        if preview.begun.elapsed() >= PASS_SECONDS || !lists(preview.site) {
            return Err(RefusalCode::NotFound.into());
        }
        preview.pass = None;
        preview.key = Some(key.hash);
        preview.page_heard = Instant::now();
        preview.enter(SharePreviewStage::Asking);
        Ok((*id, key.text))
    }

    /// The one whose page shows this key, heard from now.
    ///
    /// # Errors
    /// [`RefusalCode::NotFound`] when it is over.
    pub fn by_key<T>(
        &self,
        key: &str,
        lists: impl FnOnce(SiteId) -> bool,
        act: impl FnOnce(ShareId, &mut Preview) -> T,
    ) -> Result<T, Refusal> {
        let shown = token::hash(key);
        let mut all = self.living();
        let found = all.iter_mut().find(|(_, preview)| preview.key == Some(shown));
        let (id, preview) = found.filter(|(_, preview)| lists(preview.site)).ok_or(RefusalCode::NotFound)?;
        preview.page_heard = Instant::now();
        Ok(act(*id, preview))
    }

    pub fn forget(&self, id: ShareId) {
        self.living().remove(&id);
    }

    /// A file, for the admin whose preview has it.
    #[must_use]
    pub fn file(&self, agent: AgentId, hash: &AssetHash) -> Option<Asset> {
        self.living().values().find_map(|preview| preview.files.get(agent, hash))
    }

    /// The admin's preview has named it: if it is not here, it is on its way.
    #[must_use]
    pub fn expects(&self, agent: AgentId, hash: &AssetHash) -> bool {
        self.living().values().any(|preview| preview.files.expects(agent, hash))
    }
}

/// Until the next change, at most [`WAIT`].
pub async fn wait(mut changes: watch::Receiver<u32>) {
    // Over in either case: the caller looks again.
    let _ = tokio::time::timeout(WAIT, changes.changed()).await;
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::protocol::cobrowse::SharedPage;
    use crate::rules::cobrowse::frame::AssetType;

    const SITE: SiteId = SiteId(Uuid::from_u128(1));

    fn agent(n: u128) -> AgentRef {
        AgentRef { id: AgentId(Uuid::from_u128(n)), first_name: "Sam".to_owned() }
    }

    fn begun(previews: &SharePreviews, by: u128) -> (ShareId, Result<String, Refusal>) {
        let id = ShareId(Uuid::from_u128(100 + by));
        (id, previews.begin(id, Preview::new(SITE, agent(by), ShareSettings::default())))
    }

    fn page(url: &str) -> PreviewedPage {
        let page = SharedPage {
            url: url.to_owned(),
            title: String::new(),
            width: 1280,
            height: 720,
            touch: false,
            visible: true,
            dark: false,
            rule: PageRule::Full,
            lacks: Vec::new(),
        };
        PreviewedPage { version: 1, page, marks: Vec::new(), selectors: Vec::new() }
    }

    #[test]
    fn a_pass_opens_one_page_of_its_site_once_and_a_key_is_good_until_the_page_leaves() {
        let previews = SharePreviews::default();
        let (id, pass) = begun(&previews, 1);
        let pass = pass.unwrap();
        assert!(previews.open(&pass, |_| false).is_err(), "another origin");
        assert!(previews.open("made up", |_| true).is_err());
        let (opened, key) = previews.open(&pass, |site| site == SITE).unwrap();
        assert_eq!(opened, id);
        assert!(previews.open(&pass, |_| true).is_err(), "used up");
        assert!(previews.by_key(&pass, |_| true, |_, _| ()).is_err(), "a pass is no key");
        assert!(previews.by_key(&key, |_| false, |_, _| ()).is_err(), "another origin");
        let show =
            |_, preview: &mut Preview| preview.show(page("https://shop.example/"), Bytes::from_static(b"picture"));
        previews.by_key(&key, |_| true, show).unwrap();
        previews.by_key(&key, |_| true, |_, preview| preview.heard(true, true)).unwrap();
        assert!(previews.by_key(&key, |_| true, |_, _| ()).is_err(), "it has left");
        let left = previews.of(id, SITE, agent(1).id, |preview| (preview.picture(), preview.view().seen)).unwrap();
        assert_eq!(left, (None, None), "and nothing of it stays");
    }

    #[test]
    fn a_preview_is_its_admins_alone_and_few_go_on_at_once() {
        let previews = SharePreviews::default();
        let (id, _) = begun(&previews, 1);
        assert!(previews.of(id, SITE, agent(1).id, |_| ()).is_ok());
        assert!(previews.of(id, SITE, agent(2).id, |_| ()).is_err());
        assert!(previews.of(id, SiteId(Uuid::from_u128(2)), agent(1).id, |_| ()).is_err());
        assert!(begun(&previews, 1).1.is_ok(), "another one in place of the first");
        assert_eq!(previews.living().len(), 1);
        let refused = (2..20).filter(|by| begun(&previews, *by).1.is_err()).count();
        assert_eq!((previews.living().len(), refused), (PREVIEWS_MAX, 18 - (PREVIEWS_MAX - 1)));
    }

    #[test]
    fn where_a_site_shares_nothing_the_preview_has_no_picture_whatever_the_page_says() {
        let off = ShareSettings { off_paths: vec!["/account/*".to_owned()], ..ShareSettings::default() };
        let mut preview = Preview::new(SITE, agent(1), off);
        preview.show(page("https://shop.example/"), Bytes::from_static(b"picture"));
        assert!(preview.picture().is_some());
        preview.show(page("https://shop.example/account/orders"), Bytes::from_static(b"picture"));
        assert_eq!((preview.picture(), preview.view().seen.unwrap().page.rule), (None, PageRule::Off));
    }

    #[test]
    fn files_are_bounded_and_each_change_is_a_turn() {
        let mut preview = Preview::new(SITE, agent(1), ShareSettings::default());
        let id = ShareId(Uuid::from_u128(7));
        preview.files.watched(SITE, id, [agent(1).id].into());
        preview.files.offered(id, vec![[1; 32], [2; 32]]);
        let file = |bytes: usize| Asset { kind: AssetType::Png, bytes: vec![0; bytes].into() };
        assert_eq!(preview.keep(id, [9; 32], file(1)), Err(RefusalCode::InvalidValue), "not named");
        assert_eq!(preview.keep(id, [1; 32], file(FILES_BYTES_MAX)), Ok(()), "what was refused takes no room");
        assert_eq!(preview.keep(id, [2; 32], file(1)), Err(RefusalCode::FileTooLarge));
        let before = preview.view().turn;
        preview.change(ShareSettings::default());
        assert_eq!(preview.view().turn, before, "the same settings are no change");
        preview.change(ShareSettings { see: false, ..ShareSettings::default() });
        assert_eq!((preview.view().turn, preview.settings().version), (before + 1, 2));
    }
}
