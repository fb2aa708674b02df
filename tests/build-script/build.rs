fn main() -> Result<(), apipage::Error> {
    apipage::Builder::new("docs").target("types").module("customers").build()
}
