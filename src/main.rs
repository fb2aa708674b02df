//! The `apipage` program: arguments in, exit status out.

use apipage::cli::{self, Terminal};
use apipage::print::DEFAULT_WIDTH;
use std::process::ExitCode;

fn main() -> ExitCode {
    let (mut out, mut err) = (anstream::stdout().lock(), anstream::stderr().lock());
    let width = terminal_size::terminal_size().map(|(width, _)| usize::from(width.0));
    let mut terminal = Terminal { out: &mut out, err: &mut err, width: width.unwrap_or(DEFAULT_WIDTH) };
    cli::run(std::env::args_os(), &mut terminal).into()
}
