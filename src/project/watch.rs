//! Waiting for changes of a docset on the disk.
//!
//! The system reports what happens in the folders of a docset. Folders are watched, not files: editors write a new
//! file and rename it. Where the system cannot do that, the files are looked at each second.

mod folders;
mod poll;

use super::{Request, Touched, discover};
use anyhow::{Context as _, Result};
use folders::Folders;
use notify::event::{EventKind, ModifyKind};
use notify::{ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher as _, WatcherKind};
use poll::Snapshot;
use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

/// Changes come in groups, as when an editor saves a page in several steps. A group ends when nothing happened for so
/// long,
const QUIET: Duration = Duration::from_millis(25);

/// or when it has lasted so long.
const LONGEST: Duration = Duration::from_millis(500);

/// Waits for changes of a docset.
pub struct Watcher {
    way: Way,
    folders: Folders,
    /// Whether the folders are not those that are there.
    is_stale: bool,
    complaint: Option<String>,
}

/// How changes are noticed.
enum Way {
    /// The system reports them.
    Events(Events),
    /// The files are looked at again and again.
    Polling(Snapshot),
}

/// What the system reports.
struct Events {
    system: RecommendedWatcher,
    received: Receiver<Touched>,
    watched: BTreeSet<(PathBuf, bool)>,
}

impl Watcher {
    /// A watcher that follows nothing yet.
    pub fn new() -> Self {
        let way = Events::new().map(Way::Events);
        let mut watcher = Watcher::polling();
        match way {
            Ok(way) => watcher.way = way,
            Err(error) => watcher.complain(&error),
        }
        watcher
    }

    /// A watcher that looks at the files itself, for drives of which the system reports no changes.
    pub fn polling() -> Self {
        Watcher { way: Way::Polling(Snapshot::default()), folders: Folders::default(), is_stale: true, complaint: None }
    }

    /// Watches the docset of a request as its folders are now, and some other files. To miss nothing, this goes before
    /// reading it. Where there is no docset, what is left of the way to it is watched.
    pub fn follow(&mut self, request: &Request, others: impl IntoIterator<Item = PathBuf>) {
        self.folders = Folders::of(request, others);
        if let Way::Events(events) = &mut self.way
            && let Err(error) = events.follow(&self.folders)
        {
            self.complain(&error);
            self.way = Way::Polling(Snapshot::default());
        }
        if let Way::Polling(snapshot) = &mut self.way {
            snapshot.follow(&self.folders);
        }
        self.is_stale = false;
    }

    /// Whether folders have come or gone, so that they are to be followed anew.
    pub fn is_stale(&self) -> bool {
        self.is_stale
    }

    /// Waits until something happens to what is followed, and until it is over.
    pub fn wait(&mut self) -> Result<Touched> {
        let touched = match &mut self.way {
            Way::Events(events) => events.wait(&self.folders)?,
            Way::Polling(snapshot) => snapshot.wait(&self.folders),
        };
        self.is_stale |= self.folders.may_be_others(&touched);
        if let Way::Events(events) = &mut self.way {
            self.is_stale |= events.forget(&touched);
        }
        Ok(touched)
    }

    /// Why the system does not report changes, if that is so and was not asked before.
    pub fn complaint(&mut self) -> Option<String> {
        self.complaint.take()
    }

    /// Whether something happened to the other files that are followed.
    pub fn touches_others(&self, touched: &Touched) -> bool {
        match touched {
            Touched::All => !self.folders.others.is_empty(),
            Touched::Paths(paths) => !self.folders.others.is_disjoint(paths),
        }
    }

    fn complain(&mut self, error: &notify::Error) {
        let why = match error.kind {
            ErrorKind::MaxFilesWatch => {
                "there are more folders than it watches; on Linux, `fs.inotify.max_user_watches` says how many it does"
                    .into()
            }
            _ => error.to_string(),
        };
        self.complaint = Some(format!("the system does not report changes, so files are looked at each second: {why}"));
    }
}

impl Default for Watcher {
    fn default() -> Self {
        Watcher::new()
    }
}

impl Events {
    fn new() -> notify::Result<Self> {
        let (sender, received) = mpsc::channel();
        let system = notify::recommended_watcher(move |event| {
            // Nobody listens any more when watching ends.
            touched(event).into_iter().for_each(|touched| sender.send(touched).unwrap_or_default());
        })?;
        Ok(Events { system, received, watched: BTreeSet::new() })
    }

    fn follow(&mut self, folders: &Folders) -> notify::Result<()> {
        let wanted = wanted(folders);
        let mut paths = self.system.paths_mut();
        for (folder, _) in self.watched.difference(&wanted) {
            // It may be gone, and the watch with it.
            paths.remove(folder).unwrap_or_default();
        }
        let mut failure = None;
        for (folder, is_recursive) in wanted.difference(&self.watched) {
            let mode = if *is_recursive { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            failure = failure.or(paths.add(folder, mode).err().filter(|error| !is_out_of_reach(error)));
        }
        paths.commit()?;
        self.watched = wanted;
        failure.map_or(Ok(()), Err)
    }

    fn wait(&mut self, folders: &Folders) -> Result<Touched> {
        let mut group = Touched::Paths(BTreeSet::new());
        while group.is_nothing() {
            group.extend(self.next(None)?, folders);
        }
        let end = Instant::now() + LONGEST;
        while Instant::now() < end
            && let Ok(touched) = self.next(Some(QUIET))
        {
            group.extend(touched, folders);
        }
        Ok(group)
    }

    fn next(&self, patience: Option<Duration>) -> Result<Touched> {
        match patience {
            Some(patience) => Ok(self.received.recv_timeout(patience)?),
            None => self.received.recv().context("the system has stopped reporting changes"),
        }
    }

    /// Forgets the watches that the system may have ended, as their folders are gone or others; whether there are any.
    fn forget(&mut self, touched: &Touched) -> bool {
        let count = self.watched.len();
        match touched {
            Touched::All => self.watched.clear(),
            Touched::Paths(paths) => {
                for path in paths.iter().filter(|path| !path.is_file()) {
                    self.watched.retain(|(folder, _)| !folder.starts_with(path));
                }
            }
        }
        self.watched.len() < count
    }
}

/// The folders to watch, and whether with all that is below. Where the system counts folders, each is watched by
/// itself, so that those that are not looked into do not count.
fn wanted(folders: &Folders) -> BTreeSet<(PathBuf, bool)> {
    let outer = folders.outer.iter().map(|folder| (folder.clone(), false));
    match RecommendedWatcher::kind() {
        WatcherKind::Inotify | WatcherKind::PollWatcher => {
            let own = folders.root.iter().flat_map(|root| discover::folders(root));
            own.map(|folder| (folder, false)).chain(outer).collect()
        }
        _ => folders.root.iter().map(|root| (root.clone(), true)).chain(outer).collect(),
    }
}

/// Whether a folder cannot be watched because it is gone or may not be read: then its pages cannot be read either, and
/// its parent reports when that changes.
fn is_out_of_reach(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::PermissionDenied),
        _ => false,
    }
}

/// What an event says; `None` where nothing changed.
fn touched(event: notify::Result<Event>) -> Option<Touched> {
    // That a folder cannot be watched, or that events were lost: nothing is known.
    let Ok(event) = event else { return Some(Touched::All) };
    if event.need_rescan() {
        return Some(Touched::All);
    }
    match event.kind {
        // Reading is none.
        EventKind::Access(_) => None,
        // That a folder changed is said of what is in it, too.
        EventKind::Modify(ModifyKind::Any | ModifyKind::Data(_)) if event.paths.iter().all(|path| path.is_dir()) => {
            None
        }
        _ => Some(Touched::Paths(event.paths.into_iter().collect())),
    }
}

#[cfg(test)]
mod tests;
