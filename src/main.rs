//! The `apipage` program: arguments in, exit status out.

use apipage::cli::{self, Terminal};
use apipage::print::DEFAULT_WIDTH;
use std::io::{BufWriter, IsTerminal};
use std::process::ExitCode;

// Pages are many small values, which threads make side by side.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Standard output writes each line by itself, which is slow for thousands of findings. Standard error is not
    // locked, as progress is shown from a thread of its own.
    let (mut out, mut err) = (BufWriter::new(anstream::stdout().lock()), anstream::stderr());
    let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let has_progress = std::io::stderr().is_terminal();
    let mut terminal = Terminal { out: &mut out, err: &mut err, width: width.unwrap_or(DEFAULT_WIDTH), has_progress };
    cli::run(std::env::args_os(), &mut terminal).into()
}
