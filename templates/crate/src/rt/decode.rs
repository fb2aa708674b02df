//! Decoding with the JSON path of a fault and a policy for unknown properties.

use super::JsonValue;
use super::json::AsJson;
use std::cell::RefCell;
use std::fmt::{self, Write};

/// What to do with a property that the type does not declare. Annotations (`@...` and
/// `property@...`) are always kept.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Unknown {
    /// Keep it in `extra`: a newer service must not break an older client.
    #[default]
    Keep,
    /// Refuse the body: a server must not drop a misspelt property in silence.
    Reject,
}

/// Why a body could not be decoded.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct DecodeError {
    /// JSON path of the value at fault, such as `$.companyProfile.tags[2]`.
    pub path: String,
    /// Line, counted from 1; 0 when unknown.
    pub line: usize,
    /// Column, counted from 1; 0 when unknown.
    pub column: usize,
    /// `true` when the text is not JSON at all, as opposed to JSON of the wrong shape.
    pub syntax: bool,
    /// What was wrong, without the position.
    pub message: String,
}

impl DecodeError {
    /// An error that is not about one place in a JSON text.
    pub fn without_position(message: impl Into<String>) -> Self {
        DecodeError {
            path: "$".to_owned(),
            line: 0,
            column: 0,
            syntax: false,
            message: message.into(),
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let DecodeError {
            path,
            line,
            column,
            message,
            ..
        } = self;
        if self.syntax {
            write!(
                formatter,
                "Malformed JSON at line {line} column {column}: {message}"
            )
        } else {
            write!(
                formatter,
                "Invalid value at {path} (line {line} column {column}): {message}"
            )
        }
    }
}

impl std::error::Error for DecodeError {}

/// Decodes a JSON text; a failure says where (path, line and column) and why.
pub fn decode<T: JsonValue>(text: &[u8], unknown: Unknown) -> Result<T, DecodeError> {
    let _reset = Reset::begin(unknown);
    let text = text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(text);
    match serde_json::from_slice::<AsJson<T>>(text) {
        Ok(AsJson(value)) => Ok(value),
        Err(error) => Err(DecodeError {
            path: blamed_path(),
            line: error.line(),
            column: error.column(),
            syntax: !error.is_data(),
            message: without_position(&error),
        }),
    }
}

/// Encodes to JSON.
pub fn encode<T: JsonValue>(value: &T) -> Vec<u8> {
    // Keys are strings and nothing else in a value can fail to be written.
    serde_json::to_vec(&AsJson(value)).expect("generated types always serialize")
}

/// The error's text without the "at line .. column .." that serde_json appends.
pub(super) fn without_position(error: &serde_json::Error) -> String {
    let full = error.to_string();
    match full.rsplit_once(" at line ") {
        Some((message, _)) => message.to_owned(),
        None => full,
    }
}

/// One step of a JSON path.
pub(super) enum Step {
    Key(String),
    Index(usize),
}

/// State of the decoding on this thread. serde has no way to hand it through.
#[derive(Default)]
struct State {
    active: bool,
    strict: bool,
    steps: Vec<Step>,
}

thread_local! {
    static STATE: RefCell<State> = RefCell::new(State::default());
}

/// `true` when undeclared properties are refused.
pub(super) fn strict() -> bool {
    STATE.with_borrow(|state| state.strict)
}

/// Notes one step of the path to a fault. Runs on the error path only: each caller adds its step
/// while the error travels outward.
pub(super) fn blame(step: Step) {
    STATE.with_borrow_mut(|state| {
        if state.active {
            state.steps.push(step);
        }
    });
}

fn blamed_path() -> String {
    STATE.with_borrow(|state| {
        let mut path = String::from("$");
        for step in state.steps.iter().rev() {
            push_step(&mut path, step);
        }
        path
    })
}

fn push_step(path: &mut String, step: &Step) {
    let plain = |key: &str| key.chars().all(|c| c.is_alphanumeric() || c == '_');
    // Writing into a string cannot fail.
    let _ = match step {
        Step::Index(index) => write!(path, "[{index}]"),
        Step::Key(key) if plain(key) => write!(path, ".{key}"),
        Step::Key(key) => write!(path, "[{key:?}]"),
    };
}

/// Clears the state also when decoding panics.
struct Reset;

impl Reset {
    fn begin(unknown: Unknown) -> Self {
        STATE.set(State {
            active: true,
            strict: unknown == Unknown::Reject,
            steps: Vec::new(),
        });
        Reset
    }
}

impl Drop for Reset {
    fn drop(&mut self) {
        STATE.set(State::default());
    }
}
