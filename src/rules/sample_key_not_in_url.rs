use super::Report;
use crate::model::ExampleRef;
use crate::syntax::http::Start;

rule! {
    /// An entry of `sampleKeys` that is not in the URL of the request.
    ///
    /// ## Why
    /// The keys say which parts of the URL are samples. One that is not there says nothing.
    ///
    /// ## Example
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer", "sampleKeys": ["b2"] } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customers/a1
    /// ```
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// ## Examples
    /// <!-- { "blockType": "request", "name": "get_customer", "sampleKeys": ["a1"] } -->
    /// ``` http
    /// GET https://graph.microsoft.com/v1.0/customers/a1
    /// ```
    /// ````
    Error, Message(check)
}

fn check(example: ExampleRef<'_>, report: &mut Report<'_>) {
    let page = example.page;
    let Start::Request(line) = &example.message.message.start else { return };
    let list = example.annotation().and_then(|annotation| annotation.value("sampleKeys", &page.source));
    let url = &page.source[line.url];
    for key in list.map_or(&[][..], |list| list.items()) {
        let Some(text) = key.as_str(&page.source) else { continue };
        if line.url.is_empty() || holds(url, &text) {
            continue;
        }
        report
            .at(example.at(key.span), format!("the sample key `{text}` is not in the URL"))
            .help("write it as it stands in the URL, or delete it")
            .label(example.at(line.url), "the URL");
    }
}

/// Whether a URL has a key, as it is written or escaped.
fn holds(url: &str, key: &str) -> bool {
    let plain = |text: &str| {
        text.replace("%20", " ").replace("%3D", "=").replace("%3d", "=").replace("%2C", ",").replace("%2c", ",")
    };
    !key.is_empty() && (url.contains(key) || plain(url).contains(&plain(key)))
}
