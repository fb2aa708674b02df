use super::Report;
use super::links::close_file;
use crate::model::paths::Found;
use crate::model::{IncludeFault, Model};

rule! {
    /// An include whose file is not there.
    ///
    /// ## Why
    /// The text is missing from the page, and what it says (a permission table, say) from what is generated.
    /// Generated snippets that are not part of the docset can be exempted with `optional-includes`.
    ///
    /// ## Example
    /// ````md
    /// //- api/customer-update.md
    /// # Update customer
    ///
    /// [!INCLUDE [beta-disclaimer](../includes/beta-disclamer.md)]
    /// //- includes/beta-disclaimer.md
    /// This API is subject to change.
    /// ````
    ///
    /// ## Use instead
    /// ````md
    /// //- api/customer-update.md
    /// # Update customer
    ///
    /// [!INCLUDE [beta-disclaimer](../includes/beta-disclaimer.md)]
    ///
    /// [!INCLUDE [sample](../includes/snippets/csharp/update-customer.md)]
    /// //- includes/beta-disclaimer.md
    /// This API is subject to change.
    /// ````
    Error, Docset(check)
}

fn check(model: &Model<'_>, report: &mut Report<'_>) {
    for include in &model.includes {
        let Err(IncludeFault::Missing(path)) = &include.target else { continue };
        if is_optional(&model.docset.options.optional_includes, path) {
            continue;
        }
        if !matches!(model.paths.find(path), Found::Missing) {
            let message = format!("the include `{path}` is no Markdown page");
            report.at(include.path_at, message).help("include a file that ends in `.md`");
            continue;
        }
        let from = &model.page(include.path_at.file).source.path;
        let help = match close_file(model, from, path) {
            Some(close) => format!("did you mean `{close}`?"),
            None => "create the file, correct the path, or list it in `optional-includes`".to_owned(),
        };
        report.at(include.path_at, format!("the include `{path}` does not exist")).help(help);
    }
}

/// Whether a path ends with one of the patterns, or matches it where it has wildcards.
fn is_optional(patterns: &[String], path: &str) -> bool {
    patterns.iter().any(|pattern| {
        if pattern.contains(['*', '?']) {
            matches(pattern.as_bytes(), path.as_bytes())
        } else {
            path.strip_suffix(pattern.as_str()).is_some_and(|rest| rest.is_empty() || rest.ends_with('/'))
        }
    })
}

/// `**` stands for any number of folders, `*` and `?` for text and one character within a name.
fn matches(pattern: &[u8], path: &[u8]) -> bool {
    match pattern {
        [] => path.is_empty(),
        [b'*', b'*', b'/', rest @ ..] => {
            matches(rest, path) || path.iter().enumerate().any(|(at, b)| *b == b'/' && matches(rest, &path[at + 1..]))
        }
        [b'*', b'*', rest @ ..] => (0..=path.len()).any(|at| matches(rest, &path[at..])),
        [b'*', rest @ ..] => {
            let name = path.iter().position(|b| *b == b'/').unwrap_or(path.len());
            (0..=name).any(|at| matches(rest, &path[at..]))
        }
        [b'?', rest @ ..] => path.first().is_some_and(|b| *b != b'/') && matches(rest, &path[1..]),
        [first, rest @ ..] => path.first() == Some(first) && matches(rest, &path[1..]),
    }
}

#[cfg(test)]
mod tests {
    use super::is_optional;

    #[test]
    fn patterns_are_endings_or_globs() {
        let check = |pattern: &str, path: &str| is_optional(&[pattern.to_owned()], path);
        assert!(check("**/snippets/**", "includes/snippets/csharp/x.md"));
        assert!(check("**/snippets/**", "snippets/x.md"));
        assert!(!check("**/snippets/**", "includes/snippet/x.md"));
        assert!(check("includes/*-disclaimer.md", "includes/beta-disclaimer.md"));
        assert!(!check("includes/*.md", "includes/a/b.md"));
        assert!(check("x.md", "includes/x.md"));
        assert!(!check("x.md", "includes/ax.md"));
    }
}
