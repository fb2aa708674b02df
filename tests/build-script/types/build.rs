fn main() -> Result<(), apipage::Error> {
    apipage::Builder::new("docs").target("types").module("api::customers").build()
}
