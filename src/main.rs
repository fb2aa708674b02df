//! The `apipage` program: arguments in, exit status out.

use anstream::{AutoStream, ColorChoice, StripStream};
use apipage::cli::{self, Terminal};
use apipage::print::DEFAULT_WIDTH;
use std::io::{self, BufWriter, IsTerminal, Write};
use std::process::ExitCode;

// Pages are many small values, which threads make side by side.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Standard error is not locked, as progress is shown from a thread of its own.
    let (mut out, mut err) = (output(), anstream::stderr());
    let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let has_progress = io::stderr().is_terminal();
    let mut terminal = Terminal { out: &mut *out, err: &mut err, width: width.unwrap_or(DEFAULT_WIDTH), has_progress };
    cli::run(std::env::args_os(), &mut terminal).into()
}

/// Standard output, which writes each line by itself: slow for thousands of findings. What takes colours out writes the
/// pieces between them by themselves too, so that the buffer stands behind it.
fn output() -> Box<dyn Write> {
    match AutoStream::choice(&io::stdout()) {
        ColorChoice::Never => {
            let buffer: Box<dyn Write> = Box::new(BufWriter::new(io::stdout().lock()));
            Box::new(StripStream::new(buffer))
        }
        _ => Box::new(BufWriter::new(anstream::stdout().lock())),
    }
}
