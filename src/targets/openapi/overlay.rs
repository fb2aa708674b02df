//! Changes that an OpenAPI Overlay 1.0 makes to the document: what its file says, and what is wrong with it.

mod apply;
mod node;
mod soundness;

pub(super) use apply::apply;

use crate::diagnostic::{Diagnostic, Level, Lint};
use crate::source::{Fault, Source};
use crate::span::{FileId, Location, Span};
use node::{Content, Node};
use serde_json::Value;
use serde_json_path::JsonPath;

/// An overlay that cannot be read or applied.
pub static INVALID_OVERLAY: Lint = Lint {
    name: "invalid-overlay",
    level: Level::Error,
    fix: None,
    doc: "An OpenAPI Overlay that cannot be read, an action that cannot be done, or one that leaves no OpenAPI \
          document behind.\n\n\
          ## Why\nThe document would not be the one asked for, or no tool could read it. `generate` writes nothing.\n\n\
          ## Example\n````yaml\noverlay: 1.0.0\ninfo: { title: Internal, version: 1.0.0 }\nactions:\n  \
          - target: $.paths[/customers]\n    remove: true\n````\n\n\
          ## Use instead\n````yaml\noverlay: 1.0.0\ninfo: { title: Internal, version: 1.0.0 }\nactions:\n  \
          - target: $.paths['/customers']\n    remove: true\n````\n",
};

/// An action without effect.
pub static UNMATCHED_OVERLAY_TARGET: Lint = Lint {
    name: "unmatched-overlay-target",
    level: Level::Warning,
    fix: None,
    doc: "An action of an OpenAPI Overlay whose target is nowhere in the document.\n\n\
          ## Why\nThe action has no effect, and nobody notices: what it was for may be called otherwise now.\n\n\
          ## Example\n````yaml\n- target: $.paths['/custmers']\n  remove: true\n````\n\n\
          ## Use instead\n````yaml\n- target: $.paths['/customers']\n  remove: true\n````\n",
};

/// Something in an overlay that does nothing here.
pub static IGNORED_IN_OVERLAY: Lint = Lint {
    name: "ignored-in-overlay",
    level: Level::Hint,
    fix: None,
    doc: "Something in an OpenAPI Overlay that has no effect here: `extends`, as the document is the generated one.\n\n\
          ## Why\nWhoever reads the overlay may think that it changes another document.\n\n\
          ## Example\n````yaml\nextends: https://example.com/openapi.yaml\n````\n\n\
          ## Use instead\nNothing, or leave it for the other tools that read the overlay.\n",
};

/// An overlay: what it changes, in order.
#[derive(Clone, Debug, Default)]
pub struct Overlay {
    actions: Vec<Action>,
}

#[derive(Clone, Debug)]
struct Action {
    /// Where the target stands.
    at: Location,
    /// The target as it is written.
    written: String,
    target: JsonPath,
    change: Change,
}

#[derive(Clone, Debug)]
enum Change {
    Remove,
    /// What is merged into objects, or added to lists.
    Update(Value),
}

impl Overlay {
    /// Reads an overlay in YAML or JSON. What cannot be read is reported and left out.
    pub fn read(source: &Source, file: FileId) -> (Overlay, Vec<Diagnostic>) {
        let mut reader = Reader { source, file, problems: Vec::new() };
        let actions = reader.overlay().unwrap_or_default();
        (Overlay { actions }, reader.problems)
    }
}

struct Reader<'s> {
    source: &'s Source,
    file: FileId,
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn overlay(&mut self) -> Option<Vec<Action>> {
        match &self.source.fault {
            Some(Fault::Unreadable(why)) => {
                self.invalid(Span::default(), format!("the overlay could not be read: {why}"));
                return None;
            }
            Some(Fault::TooLarge { .. }) => {
                self.invalid(Span::default(), "the overlay could not be read: it is too large");
                return None;
            }
            Some(_) | None => {}
        }
        let root = match node::read(self.source) {
            Ok(root) => root,
            Err((at, why)) => {
                self.invalid(at, format!("not YAML or JSON: {why}"));
                return None;
            }
        };
        let Content::Map(members) = root.content else {
            self.invalid(root.at, "an overlay is an object with `overlay`, `info` and `actions`");
            return None;
        };
        let mut actions = None;
        let mut missing = vec!["overlay", "info", "actions"];
        for (key, value) in members {
            missing.retain(|name| *name != key.text);
            match key.text.as_str() {
                "overlay" => self.version(&value),
                "info" => self.info(value),
                "extends" => {
                    let message = "`extends` is ignored: the overlay is applied to the generated document";
                    self.problem(&IGNORED_IN_OVERLAY, key.at, message);
                }
                "actions" => actions = self.actions(value),
                name if name.starts_with("x-") => {}
                name => {
                    let message = format!("an overlay has no member `{name}`");
                    self.invalid(key.at, message).help("it has `overlay`, `info`, `extends`, `actions` and `x-...`");
                }
            }
        }
        for name in missing {
            self.invalid(root.at, format!("the overlay has no `{name}`"));
        }
        actions
    }

    fn version(&mut self, value: &Node) {
        let is_known = |version: &str| version == "1.0" || version.starts_with("1.0.");
        if !value.as_str().is_some_and(is_known) {
            self.invalid(value.at, "this version of OpenAPI Overlay is not known").help("write `overlay: 1.0.0`");
        }
    }

    fn info(&mut self, value: Node) {
        let Content::Map(members) = value.content else {
            self.invalid(value.at, "`info` is an object with `title` and `version`");
            return;
        };
        for name in ["title", "version"] {
            match members.iter().find(|(key, _)| key.text == name) {
                Some((_, text)) if text.as_str().is_some() => {}
                Some((_, other)) => {
                    self.invalid(other.at, format!("`{name}` is a string"));
                }
                None => {
                    self.invalid(value.at, format!("`info` has no `{name}`"));
                }
            }
        }
    }

    fn actions(&mut self, value: Node) -> Option<Vec<Action>> {
        let Content::List(items) = value.content else {
            self.invalid(value.at, "`actions` is a list of objects");
            return None;
        };
        if items.is_empty() {
            self.invalid(value.at, "`actions` is empty");
        }
        Some(items.into_iter().filter_map(|item| self.action(item)).collect())
    }

    fn action(&mut self, value: Node) -> Option<Action> {
        let Content::Map(members) = value.content else {
            self.invalid(value.at, "an action is an object with `target`, and `update` or `remove`");
            return None;
        };
        let (mut target, mut update, mut removes) = (None, None, false);
        let before = self.problems.len();
        for (key, value) in members {
            match key.text.as_str() {
                "target" => target = self.target(&value),
                "update" => update = Some(value),
                "remove" => match value.content {
                    Content::Scalar(Value::Bool(flag)) => removes = flag,
                    _ => drop(self.invalid(value.at, "`remove` is `true` or `false`")),
                },
                "description" if value.as_str().is_none() => {
                    self.invalid(value.at, "`description` is a string");
                }
                name if name == "description" || name.starts_with("x-") => {}
                name => {
                    let message = format!("an action has no member `{name}`");
                    self.invalid(key.at, message)
                        .help("it has `target`, `description`, `update`, `remove` and `x-...`");
                }
            }
        }
        if target.is_none() && self.problems.len() == before {
            self.invalid(value.at, "the action has no `target`");
        }
        let (at, written, target) = target?;
        let change = match (removes, update) {
            (true, _) => Change::Remove,
            (false, Some(update)) => Change::Update(update.into_value()),
            (false, None) => {
                self.invalid(at.span, "the action has neither `update` nor `remove: true`");
                return None;
            }
        };
        Some(Action { at, written, target, change })
    }

    fn target(&mut self, value: &Node) -> Option<(Location, String, JsonPath)> {
        let Some(text) = value.as_str() else {
            self.invalid(value.at, "`target` is a string: a JSONPath");
            return None;
        };
        match JsonPath::parse(text) {
            Ok(path) => Some((Location::new(self.file, value.at), text.to_owned(), path)),
            Err(error) => {
                let place = text.chars().take(error.position()).count() + 1;
                let message = format!("`target` is no JSONPath (RFC 9535): character {place}, {}", error.message());
                let finding = self.invalid(value.at, message);
                finding.help("names with other characters than letters, digits and `_` stand in brackets: `$.paths['/customers']`");
                None
            }
        }
    }

    fn invalid(&mut self, at: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.problem(&INVALID_OVERLAY, at, message)
    }

    fn problem(&mut self, lint: &'static Lint, at: Span, message: impl Into<String>) -> &mut Diagnostic {
        self.problems.push(Diagnostic::new(lint, Location::new(self.file, at), message));
        let last = self.problems.len() - 1;
        &mut self.problems[last]
    }
}
