fn main() -> Result<(), apipage::Error> {
    apipage::Builder::new("../../../docs-input").target("server").target("client").module("customers").build()
}
