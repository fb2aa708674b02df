//! A small docset as one text: checked, printed, fixed, and everything generated from it.
#![no_main]

#[path = "../../tests/support/oracles.rs"]
mod oracles;

libfuzzer_sys::fuzz_target!(|text: &str| oracles::docset(text));
