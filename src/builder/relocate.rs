//! Makes a generated crate into a module of another crate, by rewriting its text.
//!
//! Generated code is formatted by rustfmt: items at the root of a file begin in the first column, attributes have
//! lines of their own, and a macro ends with the first `}` in the first column. This is all that is relied on.

use crate::output::Files;

/// What the code comes to.
#[derive(Clone, Debug)]
pub(super) struct Relocation {
    /// The name of the crate in the examples of its documentation.
    pub crate_module: String,
    /// The module, as a path from the root of the other crate.
    pub module: String,
    /// The features of the generated crate that the code is to have. Those of the other crate say nothing.
    pub features: Vec<&'static str>,
}

/// The root of the generated crate.
pub(super) const ROOT: &str = "src/lib.rs";

impl Relocation {
    /// Rewrites all files of the crate.
    pub(super) fn apply(&self, files: &mut Files) {
        let mut macros = Vec::new();
        for (path, text) in files.0.iter_mut().filter(|(path, _)| path.starts_with("src/") && path.ends_with(".rs")) {
            let (kept, names) = keep_macros(&self.rewrite(text));
            *text = kept;
            macros.extend(names.into_iter().map(|name| (modules(path), name)));
        }
        for (path, _) in &macros {
            open_modules(path, files);
        }
        let reexports: String = macros.iter().map(|(path, name)| reexport(path, name, files)).collect();
        let Some(root) = files.0.get_mut(ROOT) else { return };
        *root = root_attributes(root);
        if !reexports.is_empty() {
            root.push_str("\n// Macros that the modules refer to by these paths.\n");
            root.push_str(&reexports);
        }
    }

    /// What is rewritten in each file, whatever its place.
    fn rewrite(&self, text: &str) -> String {
        // Examples first: they get a `crate::` that gets its module with all the others.
        let text = doc_examples(text, &self.crate_module);
        let text = features(&text, &self.features);
        rebase(&text, &self.module)
    }
}

/// Puts a module behind each `crate::`, also of `$crate::`.
fn rebase(text: &str, module: &str) -> String {
    const CRATE: &str = "crate::";
    let mut rebased = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(CRATE) {
        let (before, found) = rest.split_at(at);
        rebased.push_str(before);
        rebased.push_str(CRATE);
        if !before.ends_with(is_name) {
            rebased.push_str(module);
            rebased.push_str("::");
        }
        rest = &found[CRATE.len()..];
    }
    rebased + rest
}

/// Decides the `#[cfg]` of features: takes it out where it holds, else writes one that never does.
fn features(text: &str, on: &[&str]) -> String {
    let mut decided = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let condition = line.trim().strip_prefix("#[cfg(").and_then(|rest| rest.strip_suffix(")]"));
        match condition.and_then(|condition| holds(condition, on)) {
            Some(true) => {}
            Some(false) => {
                let indent = &line[..line.len() - line.trim_start().len()];
                decided.push_str(&format!("{indent}#[cfg(any())]\n"));
            }
            None => decided.push_str(line),
        }
    }
    decided
}

/// Whether a condition of `#[cfg]` holds, if it is one of features. Tests of the run-time support are those of
/// apipage, and not of the crate that gets a copy.
fn holds(condition: &str, on: &[&str]) -> Option<bool> {
    let condition = condition.trim();
    let inside = |word: &str| condition.strip_prefix(word)?.strip_prefix('(')?.strip_suffix(')');
    if condition == "test" {
        Some(false)
    } else if let Some(name) = condition.strip_prefix("feature = ") {
        Some(on.contains(&name.trim_matches('"')))
    } else if let Some(inner) = inside("not") {
        Some(!holds(inner, on)?)
    } else if let Some(list) = inside("any") {
        let each: Vec<bool> = arguments(list).map(|one| holds(one, on)).collect::<Option<_>>()?;
        Some(each.contains(&true))
    } else {
        let each: Vec<bool> = arguments(inside("all")?).map(|one| holds(one, on)).collect::<Option<_>>()?;
        Some(!each.contains(&false))
    }
}

/// The conditions of a list, which commas separate outside parentheses.
fn arguments(list: &str) -> impl Iterator<Item = &str> {
    let mut depth = 0;
    let parts = list.split(move |char| {
        depth += i32::from(char == '(') - i32::from(char == ')');
        char == ',' && depth == 0
    });
    parts.filter(|part| !part.trim().is_empty())
}

/// Marks Rust examples as `ignore`: they would run among the tests of the other crate, and do not know its name. For
/// those who read them, they name the module instead of the generated crate.
fn doc_examples(text: &str, crate_module: &str) -> String {
    let own_path = format!("{crate_module}::");
    let mut open: Option<Fence<'_>> = None;
    let mut rewritten = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let found = doc_line(line).and_then(Fence::read);
        match (open, found) {
            (None, Some(fence)) if fence.is_rust() => {
                let marks = line.trim_end().len() - fence.info.len();
                rewritten.push_str(&line[..marks]);
                rewritten.push_str("ignore\n");
            }
            (Some(fence), _) if fence.is_rust() => rewritten.push_str(&line.replace(&own_path, "crate::")),
            _ => rewritten.push_str(line),
        }
        open = match open {
            None => found,
            Some(fence) => {
                open.filter(|_| doc_line(line).is_some() && !found.is_some_and(|end| fence.is_closed_by(end)))
            }
        };
    }
    rewritten
}

/// The text of a line of documentation.
fn doc_line(line: &str) -> Option<&str> {
    let line = line.trim();
    line.strip_prefix("///").or_else(|| line.strip_prefix("//!")).map(str::trim)
}

/// A line that begins or ends a block of code.
#[derive(Clone, Copy)]
struct Fence<'a> {
    marks: &'a str,
    info: &'a str,
}

impl<'a> Fence<'a> {
    fn read(line: &'a str) -> Option<Fence<'a>> {
        let mark = line.chars().next().filter(|mark| matches!(mark, '`' | '~'))?;
        let info = line.trim_start_matches(mark);
        let marks = &line[..line.len() - info.len()];
        (marks.len() >= 3).then_some(Fence { marks, info })
    }

    /// Whether rustdoc takes the block for Rust.
    fn is_rust(self) -> bool {
        const RUST: [&str; 7] = ["", "rust", "ignore", "no_run", "should_panic", "compile_fail", "standalone_crate"];
        let first = self.info.trim().split([',', ' ']).next().unwrap_or_default();
        RUST.contains(&first) || first.starts_with("edition")
    }

    fn is_closed_by(self, other: Fence<'_>) -> bool {
        other.info.is_empty() && other.marks.starts_with(self.marks)
    }
}

/// Makes exported macros into items of their modules; gives their names.
///
/// An exported macro stands at the root of the crate, which is not that of the generated code. And as `include!`
/// counts as a macro, the compiler would deny to call one by its path (rust-lang/rust#52234).
fn keep_macros(text: &str) -> (String, Vec<String>) {
    let mut kept = String::with_capacity(text.len());
    let (mut names, mut current, mut is_exported) = (Vec::new(), None, false);
    for line in text.split_inclusive('\n') {
        if line.trim_end() == "#[macro_export]" {
            is_exported = true;
            continue;
        }
        kept.push_str(line);
        if let Some(rest) = line.strip_prefix("macro_rules! ").filter(|_| is_exported) {
            current = Some(rest.split(|char| !is_name(char)).next().unwrap_or_default().to_owned());
            is_exported = false;
        }
        if line.trim_end() == "}"
            && let Some(name) = current.take()
        {
            kept.push_str(&format!("pub(crate) use {name};\n"));
            names.push(name);
        }
    }
    (kept, names)
}

/// Makes the modules on the way to one visible to the whole crate.
fn open_modules(path: &[String], files: &mut Files) {
    for (parent, name) in steps(path) {
        let Some(text) = files.0.get_mut(&parent) else { continue };
        let (closed, open) = (format!("\nmod {name};\n"), format!("\npub(crate) mod {name};\n"));
        *text = text.replace(&closed, &open);
    }
}

/// Gives a macro of a module its path from the root, under the conditions that the module has.
fn reexport(path: &[String], name: &str, files: &Files) -> String {
    let mut conditions: Vec<&str> = Vec::new();
    for (parent, module) in steps(path) {
        let text = files.0.get(&parent).map_or("", String::as_str);
        let new = conditions_of(text, module);
        conditions.extend(new.into_iter().rev());
    }
    conditions.dedup();
    let conditions: String = conditions.iter().map(|condition| format!("{condition}\n")).collect();
    format!("{conditions}pub(crate) use self::{}::{name};\n", path.join("::"))
}

/// The `#[cfg]` lines above the declaration of a module, the nearest first.
fn conditions_of<'t>(text: &'t str, module: &str) -> Vec<&'t str> {
    let declares = |line: &str| line.ends_with(&format!("mod {module};"));
    let lines: Vec<&str> = text.lines().collect();
    let at = lines.iter().position(|line| declares(line)).unwrap_or_default();
    lines[..at]
        .iter()
        .rev()
        .take_while(|line| line.starts_with("#["))
        .filter(|line| line.starts_with("#[cfg("))
        .copied()
        .collect()
}

/// Each module on the way to one, with the file that declares it.
fn steps(path: &[String]) -> impl Iterator<Item = (String, &str)> {
    path.iter().enumerate().map(|(depth, name)| {
        let parent = if depth == 0 { ROOT.to_owned() } else { format!("src/{}.rs", path[..depth].join("/")) };
        (parent, name.as_str())
    })
}

/// The path of a file's module, from the root.
fn modules(path: &str) -> Vec<String> {
    let path = path.trim_start_matches("src/").trim_end_matches(".rs");
    path.split('/').map(str::to_owned).collect()
}

/// Takes out of the former root what only the root of a crate can say. Which lints to be warned of is for the
/// other crate to say; what it must say itself stays as a comment.
fn root_attributes(text: &str) -> String {
    let mut rewritten = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        if line.starts_with("#![warn(") {
            continue;
        }
        if line.starts_with("#![recursion_limit") {
            rewritten.push_str("// The root of this crate may have to say: ");
        }
        rewritten.push_str(line);
    }
    rewritten
}

/// Whether a text is a path of modules.
pub(super) fn is_path(text: &str) -> bool {
    let is_module = |name: &str| {
        let name = name.strip_prefix("r#").unwrap_or(name);
        name.chars().all(is_name) && name.starts_with(|first: char| !first.is_numeric())
    };
    text.split("::").all(is_module)
}

fn is_name(char: char) -> bool {
    char.is_alphanumeric() || char == '_'
}

#[cfg(test)]
mod tests;
