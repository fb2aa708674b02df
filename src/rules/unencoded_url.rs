use super::Report;
use super::urls::blanks;
use crate::diagnostic::{Edit, Fix};
use crate::model::ExampleRef;
use crate::span::{Location, Span};
use crate::syntax::http::Start;

rule! {
    /// A blank in the URL of an example request.
    ///
    /// ## Why
    /// A blank ends the URL: what follows it is not sent, or the request is refused.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "list_customers" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customers?$filter=name eq 'Contoso'
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "list_customers" } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customers?$filter=name%20eq%20'Contoso'
    /// ```
    /// ````
    Warning, Message(check), Safe fix
}

fn check(example: ExampleRef<'_>, report: &mut Report<'_>) {
    let page = example.page;
    let Start::Request(line) = &example.message.message.start else { return };
    // Of placeholders another rule speaks.
    let blanks = blanks(&page.source[line.url], &['{'], &['}']);
    let start = line.url.start as usize;
    let at = |(from, to): (usize, usize)| Location::new(page.id, Span::new(start + from, start + to));
    let Some(first) = blanks.first() else { return };
    let finding = report.at(at(*first), "a blank stands in the example URL");
    finding.help("write `%20` for it");
    let edit = |(from, to): &(usize, usize)| Edit { at: at((*from, *to)), text: "%20".repeat(to - from) };
    finding.fix = Some(Fix { edits: blanks.iter().map(edit).collect(), safe: true });
}
