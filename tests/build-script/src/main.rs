//! Uses what `build.rs` generated.

include!(concat!(env!("OUT_DIR"), "/apipage/mod.rs"));

fn main() {
    // stand-in: the generated crate has types and operations
    println!("{} pages", customers::pages());
}
