use super::*;

/// Texts of one file, before and after.
fn check(rewrite: impl Fn(&str) -> String, cases: &[(&str, &str)]) {
    for (before, after) in cases {
        assert_eq!(rewrite(before), *after);
    }
}

#[test]
fn paths_from_the_root_get_the_module() {
    check(
        |text| rebase(text, "api"),
        &[
            ("use crate::a;", "use crate::api::a;"),
            ("$crate::b!();", "$crate::api::b!();"),
            ("my_crate::c", "my_crate::c"),
            ("pub(crate) fn d() -> crate::E {}", "pub(crate) fn d() -> crate::api::E {}"),
            ("/// [`E`](crate::E)", "/// [`E`](crate::api::E)"),
        ],
    );
}

#[test]
fn features_are_decided() {
    check(
        |text| features(text, &["client"]),
        &[
            ("#[cfg(feature = \"client\")]\nmod a;\n", "mod a;\n"),
            ("    #[cfg(feature = \"server\")]\n    a();\n", "    #[cfg(any())]\n    a();\n"),
            ("#[cfg(any(feature = \"server\", feature = \"client\"))]\nmod a;\n", "mod a;\n"),
            ("#[cfg(all(feature = \"server\", feature = \"client\"))]\n", "#[cfg(any())]\n"),
            ("#[cfg(any(not(any(feature = \"client\",)), feature = \"a\"))]\n", "#[cfg(any())]\n"),
            ("#[cfg(not(feature = \"reqwest\"))]\nmod a;\n", "mod a;\n"),
            ("#[cfg(test)]\nmod tests {}\n", "#[cfg(any())]\nmod tests {}\n"),
            (
                "#[cfg(unix)]\n#[cfg(any(feature = \"client\", unix))]\n",
                "#[cfg(unix)]\n#[cfg(any(feature = \"client\", unix))]\n",
            ),
        ],
    );
}

#[test]
fn examples_do_not_run() {
    check(
        |text| doc_examples(text, "customer_api"),
        &[
            ("//! ```\n//! use customer_api::A;\n//! ```\n", "//! ```ignore\n//! use crate::A;\n//! ```\n"),
            ("    /// ```rust,no_run\n    /// a();\n    /// ```\n", "    /// ```ignore\n    /// a();\n    /// ```\n"),
            ("/// ````\n/// ```\n/// ````\n/// ```\n", "/// ````ignore\n/// ```\n/// ````\n/// ```ignore\n"),
            ("/// ```json\n/// {}\n/// ```\n/// ~~~\n", "/// ```json\n/// {}\n/// ```\n/// ~~~ignore\n"),
            ("/// ```http\nfn a() {}\n/// ```\n", "/// ```http\nfn a() {}\n/// ```ignore\n"),
            ("let a = \"```\";\n", "let a = \"```\";\n"),
        ],
    );
}

#[test]
fn exported_macros_become_items() {
    let text = "\
#[doc(hidden)]
#[macro_export]
macro_rules! one {
    () => {};
}
macro_rules! local {
    () => {};
}
#[macro_export]
macro_rules! two {
    () => {};
}
";
    let kept = "\
#[doc(hidden)]
macro_rules! one {
    () => {};
}
pub(crate) use one;
macro_rules! local {
    () => {};
}
macro_rules! two {
    () => {};
}
pub(crate) use two;
";
    assert_eq!(keep_macros(text), (kept.to_owned(), vec!["one".to_owned(), "two".to_owned()]));
}

#[test]
fn what_only_the_root_can_say_is_taken_out() {
    check(
        root_attributes,
        &[(
            "//! Docs.\n\n#![forbid(unsafe_code)]\n#![warn(missing_docs)]\n#![recursion_limit = \"256\"]\n",
            "//! Docs.\n\n#![forbid(unsafe_code)]\n\
             // The root of this crate may have to say: #![recursion_limit = \"256\"]\n",
        )],
    );
}

#[test]
fn macros_are_reached_from_the_root_under_the_conditions_of_their_modules() {
    let before = [
        ("src/lib.rs", "pub mod rt;\n"),
        (
            "src/rt.rs",
            "// Header.\n\nmod model;\n#[cfg(feature = \"server\")]\nmod server;\n#[cfg(feature = \"client\")]\nmod other;\n",
        ),
        ("src/rt/model.rs", "#[macro_export]\nmacro_rules! model {\n    () => { $crate::rt::A };\n}\n"),
        ("src/rt/other.rs", "use crate::model;\n"),
        ("src/rt/server.rs", "mod service;\n#[cfg(any())]\n#[doc(hidden)]\nmod request;\n"),
        ("src/rt/server/request.rs", "#[macro_export]\nmacro_rules! request {\n}\n"),
    ];
    let after = [
        (
            "src/lib.rs",
            "pub mod rt;\n\n\
             // Macros that the modules refer to by these paths.\n\
             pub(crate) use self::rt::model::model;\n\
             #[cfg(any())]\npub(crate) use self::rt::server::request::request;\n",
        ),
        ("src/rt.rs", "// Header.\n\npub(crate) mod model;\n#[cfg(any())]\npub(crate) mod server;\nmod other;\n"),
        (
            "src/rt/model.rs",
            "macro_rules! model {\n    () => { $crate::api::customers::rt::A };\n}\n\
             pub(crate) use model;\n",
        ),
        ("src/rt/other.rs", "use crate::api::customers::model;\n"),
        ("src/rt/server.rs", "mod service;\n#[cfg(any())]\n#[doc(hidden)]\npub(crate) mod request;\n"),
        ("src/rt/server/request.rs", "macro_rules! request {\n}\npub(crate) use request;\n"),
    ];
    let files =
        |files: &[(&str, &str)]| Files(files.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect());
    let mut moved = files(&before);
    let module =
        Relocation { crate_module: "customer_api".into(), module: "api::customers".into(), features: vec!["client"] };
    module.apply(&mut moved);
    assert_eq!(moved, files(&after));
}

#[test]
fn a_module_has_a_path() {
    for (text, is) in [
        ("api", true),
        ("api::v1_0", true),
        ("r#type", true),
        ("a-b", false),
        ("", false),
        ("a::", false),
        ("1", false),
    ] {
        assert_eq!(is_path(text), is, "{text}");
    }
}
