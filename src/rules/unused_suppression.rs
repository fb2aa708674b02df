use super::names::{closest, did_you_mean};
use super::suppression::Suppression;
use super::{RULES, Report, find};

rule! {
    /// A suppression that silences nothing, or that names no rule.
    ///
    /// `<!-- apipage-ignore broken-link: the page comes with the next release -->` silences the rule in the
    /// block that follows; before the first heading of a page, in the whole page. Several rules are parted by
    /// commas.
    ///
    /// ## Why
    /// What it was written for was mended, or goes on being reported. It would silence what comes later.
    ///
    /// ## Example
    /// ````md
    /// # Get customer
    ///
    /// <!-- apipage-ignore broken-link: not yet written -->
    /// See [customer](#get-customer).
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// # Get customer
    ///
    /// <!-- apipage-ignore broken-link: not yet written -->
    /// See [customer](customer.md).
    /// ````
    Warning, Suppression(check), Safe fix
}

fn check(unused: &Suppression<'_>, report: &mut Report<'_>) {
    let name = unused.rule;
    if name.is_empty() {
        report.at(unused.at, "the suppression names no rule").help("write `apipage-ignore RULE: why`");
    } else if find(name).is_none() {
        let help = did_you_mean(closest(name, RULES.iter().map(|rule| rule.lint.name)), || {
            "`apipage rules` lists all rules".to_owned()
        });
        report.at(unused.at, format!("no rule is called `{name}`")).help(help);
    } else {
        let whole = if unused.whole_page { "on this page" } else { "in the block that follows" };
        report
            .at(unused.at, format!("`{name}` finds nothing {whole}"))
            .help("delete the suppression")
            .fix(unused.removal, "");
    }
}
