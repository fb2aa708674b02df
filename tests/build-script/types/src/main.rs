//! Reads a customer.

mod api {
    include!(concat!(env!("OUT_DIR"), "/apipage/mod.rs"));
}

use api::customers::types::Customer;

fn main() -> Result<(), serde_json::Error> {
    let customer: Customer = serde_json::from_str(r#"{"displayName": "Contoso", "new": null}"#)?;
    println!("{}", customer.display_name.as_deref().unwrap_or("nobody"));
    println!("{}", serde_json::to_string(&customer)?);
    Ok(())
}
