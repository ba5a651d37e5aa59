//! Words that generated names must not take: Rust's own, and those that generated files use.

/// Keywords of every edition, strict and reserved, that may be written raw (`r#type`).
const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Keywords that cannot be written raw.
const PATH_KEYWORDS: [&str; 4] = ["self", "super", "crate", "Self"];

/// Methods of every builder and every request.
const BUILDER_METHODS: [&str; 8] =
    ["build", "builder", "client", "customize", "items", "pages", "send", "with_client"];

/// Modules of the client crate and of the language, and the methods that every `Client` has.
const CLIENT_WORDS: [&str; 41] = [
    "alloc",
    "answer",
    "blocking",
    "builder",
    "by_name",
    "call",
    "ccc_api",
    "client",
    "clock",
    "clone",
    "codes",
    "config",
    "core",
    "credentials",
    "customized",
    "decode",
    "default",
    "descriptions",
    "documented",
    "drop",
    "endpoint",
    "error",
    "from_env",
    "generated",
    "http",
    "mock",
    "new",
    "nonce",
    "product",
    "read_answer",
    "request",
    "response",
    "runtime",
    "rustls",
    "send",
    "send_by_name",
    "sign",
    "std",
    "transport",
    "types",
    "with_options",
];

/// Types, traits and derives in scope of generated files: the prelude's and the imported ones.
const TYPES_IN_SCOPE: [&str; 61] = [
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "BTreeMap",
    "Box",
    "Builder",
    "Client",
    "Clone",
    "Copy",
    "Debug",
    "Decode",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ErrorDescription",
    "ExactSizeIterator",
    "Extend",
    "FieldDescription",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "Kind",
    "None",
    "Ok",
    "OpenEnum",
    "Operation",
    "OperationDescription",
    "OperationError",
    "Option",
    "Ord",
    "Parameters",
    "PartialEq",
    "PartialOrd",
    "RedactedDebug",
    "Result",
    "Self",
    "Send",
    "ServiceError",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "UnknownValue",
    "Unpin",
    "Vec",
];

/// Tells whether `word` must be written raw.
pub(super) fn is_keyword(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

/// Tells whether no field may have this name, not even raw.
pub(super) fn is_path_keyword(word: &str) -> bool {
    PATH_KEYWORDS.contains(&word)
}

/// Tells whether a setter of this name would clash with a builder's own methods.
pub(super) fn is_builder_method(word: &str) -> bool {
    is_path_keyword(word) || BUILDER_METHODS.contains(&word)
}

/// Tells whether a module or client method of this name would clash with another.
pub(super) fn is_client_word(word: &str) -> bool {
    is_path_keyword(word) || CLIENT_WORDS.contains(&word)
}

/// Tells whether a type of this name would shadow one that generated files use.
pub(super) fn is_type_in_scope(word: &str) -> bool {
    TYPES_IN_SCOPE.contains(&word)
}

/// Tells whether an enum's variant cannot have this name: a keyword, or the hidden variant's.
pub(super) fn is_variant_in_use(word: &str) -> bool {
    matches!(word, "Self" | "Unknown")
}

/// Tells whether an argument of an error message cannot have this name.
pub(super) fn is_error_field(word: &str) -> bool {
    is_path_keyword(word) || word == "service"
}
