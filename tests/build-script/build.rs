fn main() -> Result<(), apipage::Error> {
    apipage::Builder::new("docs").target("rust").module("customers").build()
}
