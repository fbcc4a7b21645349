//! The picture that is kept of a page: the last full snapshot and what changed since, as it came.
//!
//! Whoever comes late, or reads slowly, is sent from here, at no cost to the visitor's page. Frames
//! are counted from the session's first: a full one begins the picture anew.

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;

use super::super::link::{Gone, Link};
use super::assembly::{DataKind, Whole};
use super::messages::Watchers;

/// Increments kept before another snapshot is asked for.
pub const INCREMENTS_BYTES_MAX: usize = 2 * 1024 * 1024;
pub const INCREMENTS_MAX: usize = 5_000;
/// What is kept of a page, on its way or shown: beyond this the picture is given up until a full one comes.
/// With its files ([`super::shelf::SHARE_IMAGES_BYTES_MAX`]) a share keeps 16 MiB at most.
pub const PICTURE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Of a picture, on its way to one tab: it costs no more than that, however slowly it reads.
pub const WATCHER_BYTES_MAX: usize = 2 * 1024 * 1024;
/// The same in frames, which leaves room for words.
const WATCHER_FRAMES_MAX: usize = 512;

#[derive(Debug, Default)]
pub struct Picture {
    frames: VecDeque<Arc<Whole>>,
    /// The number of the first one kept.
    first: u64,
    bytes: usize,
    /// Document and number that the next increment must have.
    next: Option<(u32, u32)>,
}

/// What became of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    Yes,
    /// Kept, and it is time for a full one.
    TimeForFull,
    /// Something before it is missing: nothing can be shown until a full one comes.
    Gap,
}

impl Picture {
    /// The number of the next frame.
    #[must_use]
    pub fn end(&self) -> u64 {
        self.first + u64::try_from(self.frames.len()).unwrap_or(u64::MAX)
    }

    #[must_use]
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// Nothing is shown any more, until a full one comes.
    pub fn clear(&mut self) {
        self.first = self.end();
        self.frames.clear();
        self.bytes = 0;
        self.next = None;
    }

    /// The page is another document, or recorded anew: what comes next must be a full one. What was
    /// last seen stays.
    pub fn expect_full(&mut self) {
        self.next = None;
    }

    pub fn push(&mut self, frame: Whole) -> Kept {
        match frame.kind {
            DataKind::Asset => return Kept::Yes,
            DataKind::Full => self.clear(),
            DataKind::Increment if self.next == Some((frame.doc, frame.seq)) => {}
            DataKind::Increment => {
                self.next = None;
                return Kept::Gap;
            }
        }
        self.next = Some((frame.doc, frame.seq.wrapping_add(1)));
        self.bytes += frame.bytes;
        self.frames.push_back(Arc::new(frame));
        if self.bytes > PICTURE_BYTES_MAX {
            self.clear();
            return Kept::Gap;
        }
        let full = self.frames.front().map_or(0, |full| full.bytes);
        let many = self.bytes - full > INCREMENTS_BYTES_MAX || self.frames.len() > INCREMENTS_MAX;
        if many { Kept::TimeForFull } else { Kept::Yes }
    }

    fn frame(&self, number: u64) -> Option<Arc<Whole>> {
        let at = usize::try_from(number.checked_sub(self.first)?).ok()?;
        self.frames.get(at).cloned()
    }
}

/// How far one tab got with the picture.
#[derive(Debug, Default)]
pub struct Cursor {
    next: u64,
    /// The frame that is being sent, and how many of its parts were.
    sending: Option<(Arc<Whole>, usize)>,
}

impl Cursor {
    /// From the picture's beginning: the last full snapshot.
    #[must_use]
    pub fn at_start(picture: &Picture) -> Self {
        Self { next: picture.first, sending: None }
    }

    /// Nothing until the next full one.
    pub fn wait_for_full(&mut self, picture: &Picture) {
        self.next = picture.end();
        self.sending = None;
    }

    /// Sends what there is room for. A tab that reads slowly gets the rest later, or what came instead.
    ///
    /// # Errors
    /// The socket is gone.
    pub fn send(&mut self, picture: &Picture, link: &mut Link<Watchers>) -> Result<(), Gone> {
        loop {
            let (frame, sent) = match self.sending.take() {
                Some(sending) => sending,
                None => {
                    // What it was about to get was replaced by a full one.
                    self.next = self.next.max(picture.first);
                    let Some(frame) = picture.frame(self.next) else { return Ok(()) };
                    self.next += 1;
                    (frame, 0)
                }
            };
            let Some(part) = frame.parts.get(sent).cloned() else { continue };
            if !has_room(link, &part) {
                self.sending = Some((frame, sent));
                link.want_room();
                return Ok(());
            }
            link.send_data(part)?;
            self.sending = Some((frame, sent + 1));
        }
    }
}

fn has_room(link: &Link<Watchers>, part: &Bytes) -> bool {
    link.bytes_on_the_way() + part.len() <= WATCHER_BYTES_MAX && link.frames_on_the_way() < WATCHER_FRAMES_MAX
}

#[cfg(test)]
mod tests {
    use super::super::super::link::{Outgoing, SocketId};
    use super::*;

    fn frame(kind: DataKind, doc: u32, seq: u32, bytes: usize) -> Whole {
        Whole { kind, deflated: false, doc, seq, parts: vec![Bytes::from(vec![0; bytes])], bytes }
    }

    #[test]
    fn increments_follow_their_snapshot_by_number_and_a_hole_waits_for_the_next_one() {
        let mut picture = Picture::default();
        assert_eq!(picture.push(frame(DataKind::Increment, 1, 1, 10)), Kept::Gap);
        assert_eq!(picture.push(frame(DataKind::Full, 1, 1, 10)), Kept::Yes);
        assert_eq!(picture.push(frame(DataKind::Increment, 1, 2, 10)), Kept::Yes);
        assert_eq!(picture.push(frame(DataKind::Increment, 1, 4, 10)), Kept::Gap);
        assert_eq!(picture.push(frame(DataKind::Increment, 1, 5, 10)), Kept::Gap);
        assert_eq!(picture.push(frame(DataKind::Full, 1, 6, 10)), Kept::Yes);
        assert_eq!((picture.first, picture.end()), (2, 3));
    }

    /// A socket that takes nothing.
    struct Deaf;

    impl actix::Actor for Deaf {
        type Context = actix::Context<Self>;
    }

    impl actix::Handler<Outgoing<Watchers>> for Deaf {
        type Result = ();

        fn handle(&mut self, _: Outgoing<Watchers>, _: &mut Self::Context) {}
    }

    #[actix_rt::test]
    async fn a_tab_that_never_reads_costs_two_mebibytes_however_large_the_picture() {
        let deaf = <Deaf as actix::Actor>::create(|ctx| {
            ctx.set_mailbox_capacity(2048);
            Deaf
        });
        let mut link = Link::<Watchers>::new(SocketId(1), &deaf, Arc::default(), None, 0);
        let mut picture = Picture::default();
        let parts = vec![Bytes::from(vec![0; 60 * 1024]); 130];
        let bytes = parts.iter().map(Bytes::len).sum();
        picture.push(Whole { parts, bytes, ..frame(DataKind::Full, 1, 1, 0) });
        let mut cursor = Cursor::at_start(&picture);
        for seq in 2..30 {
            assert_eq!(cursor.send(&picture, &mut link), Ok(()));
            picture.push(frame(DataKind::Increment, 1, seq, 50_000));
        }
        let on_the_way = link.bytes_on_the_way();
        assert!(on_the_way <= WATCHER_BYTES_MAX && on_the_way > WATCHER_BYTES_MAX / 2, "{on_the_way}");
        // What it is in the middle of is ended, what stands behind is replaced by a whole picture.
        picture.push(frame(DataKind::Full, 2, 1, 10));
        assert_eq!(cursor.send(&picture, &mut link), Ok(()));
        assert_eq!(link.bytes_on_the_way(), on_the_way, "still no room");
        assert_eq!(cursor.next, 1, "it goes on from the first that is kept");
    }

    #[test]
    fn what_is_kept_is_bounded_whatever_a_page_sends() {
        let mut picture = Picture::default();
        picture.push(frame(DataKind::Full, 1, 1, 10));
        let mut seq = 1;
        let mut most = 0;
        let mut asked = 0;
        for _ in 0..1_000 {
            seq += 1;
            asked += u32::from(picture.push(frame(DataKind::Increment, 1, seq, 60_000)) == Kept::TimeForFull);
            most = most.max(picture.bytes);
        }
        assert!(most <= PICTURE_BYTES_MAX && asked > 0, "{most} {asked}");
        assert!(picture.frames.is_empty(), "given up until a full one comes");
        assert_eq!(picture.push(frame(DataKind::Full, 1, seq + 1, 10)), Kept::Yes);
    }
}
