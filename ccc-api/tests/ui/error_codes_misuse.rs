use ccc_api::custom::ErrorCodes;

#[derive(Clone, Copy, ErrorCodes)]
enum Codes {
    Nowhere,
    #[code("A")]
    First,
    #[code("A")]
    Second,
    #[code("B")]
    #[code("C")]
    Two,
    #[code("D")]
    Holds(u8),
}

fn report(code: Codes) -> &'static str {
    code.as_str()
}

fn main() {}
