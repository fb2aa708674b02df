//! Which rules take part in a run, as the command line says, over what the configuration says.

use crate::diagnostic::{Level, Lint};
use crate::project::config;
use crate::rules::{Levels, RULES};
use anyhow::{Context as _, Result};
use clap::Args;

/// Rules chosen on the command line.
#[derive(Args)]
pub(super) struct Choice {
    /// Check only this rule; may be given several times
    #[arg(long, value_name = "RULE")]
    select: Vec<String>,
    /// Leave this rule out; may be given several times
    #[arg(long, value_name = "RULE")]
    ignore: Vec<String>,
    /// Give a rule another level: off, hint, warning or error; may be given several times
    #[arg(long = "level", value_name = "RULE=LEVEL")]
    levels: Vec<String>,
}

impl Choice {
    /// The levels of this run. What is selected takes part even where the configuration turns it off; what is
    /// ignored does not, whatever else is said.
    pub(super) fn levels(&self, configured: &Levels) -> Result<Levels> {
        let mut levels = configured.clone();
        let selected: Vec<&Lint> = self.select.iter().map(|name| lint(name)).collect::<Result<_>>()?;
        for lint in RULES.iter().map(|rule| &rule.lint).filter(|_| !selected.is_empty()) {
            match selected.contains(&lint) {
                true => levels.enable(lint),
                false => levels.set_everywhere(lint, Level::Off),
            }
        }
        for pair in &self.levels {
            let (name, level) = pair.split_once('=').with_context(|| format!("`--level {pair}` lacks a `=`"))?;
            let level = config::level(level)
                .with_context(|| format!("the level in `{pair}` is none of off, hint, warning and error"))?;
            levels.set_everywhere(lint(name)?, level);
        }
        for name in &self.ignore {
            levels.set_everywhere(lint(name)?, Level::Off);
        }
        Ok(levels)
    }
}

/// The lint of a name as people write it.
pub(in crate::cli) fn lint(name: &str) -> Result<&'static Lint> {
    let kebab = name.trim().replace('_', "-");
    config::find_lint(&kebab).with_context(|| {
        let near = config::closest(&kebab, config::lints().map(|lint| lint.name));
        let help = near.map_or("`apipage rules` lists all".to_owned(), |near| format!("did you mean `{near}`?"));
        format!("no rule is called `{name}`; {help}")
    })
}
