//! The cell of a type in a table of properties.
#![no_main]

#[path = "../../tests/support/oracles.rs"]
mod oracles;

libfuzzer_sys::fuzz_target!(|text: &str| oracles::type_cell(text));
