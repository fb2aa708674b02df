//! `apipage.toml`.
#![no_main]

#[path = "../../tests/support/oracles.rs"]
mod oracles;

libfuzzer_sys::fuzz_target!(|text: &str| oracles::configuration(text));
