//! JSON as pages show it.
#![no_main]

#[path = "../../tests/support/oracles.rs"]
mod oracles;

libfuzzer_sys::fuzz_target!(|text: &str| oracles::json(text));
