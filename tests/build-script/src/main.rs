//! Uses what `build.rs` generated.

include!(concat!(env!("OUT_DIR"), "/apipage/mod.rs"));

fn main() {
    // stand-in: construct a type of the generated crate here
    println!("{}", std::any::type_name::<customers::types::Customer>());
}
