//! Path templates such as `/partners/{partner-id}/customers`: filled in by the client, matched by
//! the server.

use super::odata::{escape, unescape_path};

/// Which of its page's routes an operation is called by.
pub trait Route: Sized {
    /// Position of the route in [`Operation::paths`](super::Operation::paths).
    fn index(&self) -> usize;

    /// Values of the route's parameters, in order.
    fn parameters(&self) -> Vec<&str>;

    /// The route at a position; `None` when there is none or a parameter is missing.
    fn from_parameters(index: usize, parameters: Vec<String>) -> Option<Self>;
}

/// Writes the enum of an operation's routes.
#[doc(hidden)]
#[macro_export]
macro_rules! routes {
    (
        $(#[$meta:meta])*
        pub enum $name:ident {
            $(
                $(#[$variant_meta:meta])*
                $index:literal => $variant:ident $({
                    $(
                        $(#[$parameter_meta:meta])*
                        $parameter:ident,
                    )*
                })?,
            )*
        }
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, Eq, PartialEq)]
        pub enum $name {
            $(
                $(#[$variant_meta])*
                $variant $({
                    $(
                        $(#[$parameter_meta])*
                        $parameter: ::std::string::String,
                    )*
                })?,
            )*
        }

        impl $crate::rt::Route for $name {
            fn index(&self) -> usize {
                match self {
                    $(Self::$variant { .. } => $index,)*
                }
            }

            fn parameters(&self) -> ::std::vec::Vec<&str> {
                match self {
                    $(Self::$variant $({ $($parameter),* })? => ::std::vec![$($($parameter),*)?],)*
                }
            }

            fn from_parameters(
                index: usize,
                parameters: ::std::vec::Vec<::std::string::String>,
            ) -> ::std::option::Option<Self> {
                let mut parameters = parameters.into_iter();
                // Not every enum has a route with parameters.
                let _ = &mut parameters;
                match index {
                    $(
                        $index => ::std::option::Option::Some(
                            Self::$variant $({ $($parameter: parameters.next()?),* })?
                        ),
                    )*
                    _ => ::std::option::Option::None,
                }
            }
        }
    };
}

/// A piece of a path segment of a template.
enum Piece<'a> {
    Text(&'a str),
    Parameter,
}

/// `getActivity(period='{period}')` is a text, a parameter and a text.
fn pieces(segment: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some((text, after)) = rest.split_once('{') {
        let Some((_, after)) = after.split_once('}') else {
            break;
        };
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        pieces.push(Piece::Parameter);
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

/// Puts escaped values in place of a template's parameters.
pub fn fill_template(template: &str, parameters: &[impl AsRef<str>]) -> String {
    let mut path = String::with_capacity(template.len());
    let mut parameters = parameters.iter();
    for (position, segment) in template.split('/').enumerate() {
        if position > 0 {
            path.push('/');
        }
        for piece in pieces(segment) {
            match piece {
                // Inside quotes OData doubles a quote.
                Piece::Parameter if path.ends_with('\'') => {
                    let value = parameters.next().map_or("", AsRef::as_ref);
                    path.push_str(&escape(&value.replace('\'', "''")));
                }
                Piece::Parameter => {
                    path.push_str(&escape(parameters.next().map_or("", AsRef::as_ref)));
                }
                Piece::Text(text) => path.push_str(text),
            }
        }
    }
    path
}

/// Values of a template's parameters in a path, or `None` when the path is not of the template. A
/// value is `Err` with the text as it came when its percent-encoding is not valid.
///
/// Segments are counted from the end, so that nesting under a prefix does not matter.
pub fn match_template(template: &str, path: &str) -> Option<Vec<Result<String, String>>> {
    let wanted: Vec<&str> = template.split('/').skip(1).collect();
    let given: Vec<&str> = path.split('/').collect();
    let start = given.len().checked_sub(wanted.len())?;
    let mut values = Vec::new();
    for (wanted, given) in wanted.iter().zip(&given[start..]) {
        match_segment(wanted, given, &mut values)?;
    }
    Some(values)
}

fn match_segment(
    template: &str,
    given: &str,
    values: &mut Vec<Result<String, String>>,
) -> Option<()> {
    let pieces = pieces(template);
    let decoded = unescape_path(given);
    if let [Piece::Parameter] = pieces.as_slice() {
        values.push(decoded.ok_or_else(|| given.to_owned()));
        return Some(());
    }
    // A sender may encode quotes and parentheses, so texts are compared decoded.
    let decoded = decoded?;
    let mut rest = decoded.as_str();
    let mut quoted = false;
    for (position, piece) in pieces.iter().enumerate() {
        let end = match (piece, &pieces[position + 1..]) {
            (Piece::Text(text), _) => {
                rest = rest.strip_prefix(text)?;
                quoted = text.ends_with('\'');
                continue;
            }
            // The last text stands at the end, for a value may contain the same text.
            (Piece::Parameter, [Piece::Text(text)]) => rest.strip_suffix(text)?.len(),
            (Piece::Parameter, [Piece::Text(text), ..]) => rest.find(text)?,
            (Piece::Parameter, _) => rest.len(),
        };
        let (value, after) = rest.split_at(end);
        values.push(Ok(match quoted {
            true => value.replace("''", "'"),
            false => value.to_owned(),
        }));
        rest = after;
    }
    rest.is_empty().then_some(())
}
