//! A page, as bytes.
#![no_main]

#[path = "../../tests/support/oracles.rs"]
mod oracles;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let docset = oracles::page(bytes);
    let findings = oracles::check(&docset);
    oracles::print(&docset, &findings);
    oracles::fixes(&docset);
});
