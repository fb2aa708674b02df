//! The stages of a run: how long each takes (`--timings`), and which one is under way.

use std::io::{self, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// A run that is done sooner shows no progress: the line would only flicker.
const PATIENCE: Duration = Duration::from_secs(1);

/// Goes to the start of the line and clears it.
const CLEAR: &str = "\r\x1b[2K";

/// The stages of a run, in the order in which they were first started.
pub(super) struct Stages {
    start: Instant,
    done: Vec<(&'static str, Duration)>,
    current: Option<(&'static str, Instant)>,
    has_terminal: bool,
    progress: Option<Progress>,
}

impl Stages {
    /// Starts the clock. `has_terminal` says whether somebody watches stderr.
    pub(super) fn new(has_terminal: bool) -> Self {
        Stages { start: Instant::now(), done: Vec::new(), current: None, has_terminal, progress: None }
    }

    /// Ends the current stage and starts another one, during which nothing is printed.
    pub(super) fn start(&mut self, name: &'static str) {
        self.end();
        self.current = Some((name, Instant::now()));
        if self.has_terminal {
            let shown_from = self.start + PATIENCE;
            self.progress.get_or_insert_with(|| Progress::new(shown_from)).show(name);
        }
    }

    /// Starts a stage that prints: no progress is shown.
    pub(super) fn start_printing(&mut self, name: &'static str) {
        self.progress = None;
        self.end();
        self.current = Some((name, Instant::now()));
    }

    fn end(&mut self) {
        if let Some((name, start)) = self.current.take() {
            match self.done.iter_mut().find(|(done, _)| *done == name) {
                Some((_, time)) => *time += start.elapsed(),
                None => self.done.push((name, start.elapsed())),
            }
        }
    }

    /// Ends the last stage and prints how long each took.
    pub(super) fn print(&mut self, out: &mut dyn Write) -> io::Result<()> {
        self.progress = None;
        self.end();
        let total = ("total", self.start.elapsed());
        for (name, time) in self.done.iter().copied().chain([total]) {
            writeln!(out, "{name:15} {:8.1} ms", time.as_secs_f64() * 1000.0)?;
        }
        Ok(())
    }
}

/// A line on stderr that says what is being done. It is gone when this is dropped.
struct Progress {
    names: Option<Sender<&'static str>>,
    thread: Option<JoinHandle<()>>,
}

impl Progress {
    fn new(shown_from: Instant) -> Self {
        let (names, received) = mpsc::channel();
        // That nothing can be shown is no reason to stop.
        let thread = thread::spawn(move || show(&received, shown_from).unwrap_or_default());
        Progress { names: Some(names), thread: Some(thread) }
    }

    fn show(&self, name: &'static str) {
        // Nobody listens where the terminal is gone.
        self.names.iter().for_each(|names| names.send(name).unwrap_or_default());
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.names = None;
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap_or_default();
        }
    }
}

/// Shows each name that comes, from an instant on, until no more can come.
fn show(names: &Receiver<&'static str>, shown_from: Instant) -> io::Result<()> {
    let mut name = "";
    loop {
        match names.recv_timeout(shown_from.saturating_duration_since(Instant::now())) {
            Ok(next) => name = next,
            Err(RecvTimeoutError::Timeout) => break,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
    }
    let mut out = io::stderr();
    loop {
        write!(out, "{CLEAR}{name} ...")?;
        out.flush()?;
        match names.recv() {
            Ok(next) => name = next,
            Err(_) => break,
        }
    }
    write!(out, "{CLEAR}")?;
    out.flush()
}
