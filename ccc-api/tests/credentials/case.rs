//! Reads a case from its `case.toml`. An entry that nothing reads is a mistake, and is reported.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use ccc_api::sign::parse_timestamp;
use toml::{Table, Value};

pub(crate) struct Case {
    pub(crate) source: String,
    /// Texts that no error, `Debug` or log may show.
    pub(crate) secrets: Vec<String>,
    pub(crate) environment: BTreeMap<String, String>,
    pub(crate) asks: Vec<Ask>,
}

/// One request for credentials.
pub(crate) struct Ask {
    pub(crate) at: SystemTime,
    /// A folder of the case whose files are copied into the home directory before.
    pub(crate) files: Option<String>,
    pub(crate) outcome: Outcome,
    pub(crate) http: Vec<Exchange>,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Outcome {
    Signs(Box<Signer>),
    Error(String),
}

#[derive(Debug, PartialEq)]
pub(crate) struct Signer {
    pub(crate) id: String,
    pub(crate) secret: String,
    pub(crate) token: Option<String>,
    pub(crate) expires: Option<String>,
}

/// An expected request, and its response.
#[derive(Debug)]
pub(crate) struct Exchange {
    pub(crate) request: String,
    pub(crate) headers: BTreeMap<String, String>,
    pub(crate) form: BTreeMap<String, String>,
    pub(crate) reply: Reply,
}

#[derive(Clone, Debug)]
pub(crate) enum Reply {
    Answer {
        status: u16,
        headers: BTreeMap<String, String>,
        body: String,
    },
    /// No connection.
    Refused,
    /// A connection without a response.
    Silent,
    /// A connection that is reset.
    Reset,
}

impl Case {
    pub(crate) fn read(folder: &Path) -> Self {
        let text = fs::read_to_string(folder.join("case.toml")).unwrap();
        let mut top = Entries::parse(&text);
        assert!(top.text("says").len() > 10, "`says` tells what the case shows");
        let case = Self {
            source: top.optional("source").unwrap_or_else(|| "default".to_owned()),
            secrets: top.take("secrets").map(|list| list.try_into().unwrap()).unwrap_or_default(),
            environment: top.map("environment"),
            asks: top.tables("ask").into_iter().map(Ask::read).collect(),
        };
        top.end();
        assert!(!case.asks.is_empty(), "nothing is asked");
        case
    }
}

impl Ask {
    fn read(mut entries: Entries) -> Self {
        let at = parse_timestamp(&entries.text("at")).unwrap();
        let files = entries.optional("files");
        let outcome = match (entries.table("signs"), entries.optional("error")) {
            (Some(mut signs), None) => {
                let signer = Signer {
                    id: signs.text("id"),
                    secret: signs.text("secret"),
                    token: signs.optional("token"),
                    expires: signs.optional("expires"),
                };
                signs.end();
                Outcome::Signs(Box::new(signer))
            }
            (None, Some(error)) => Outcome::Error(error.trim().to_owned()),
            _ => panic!("an ask has either `signs` or `error`"),
        };
        let http = entries.tables("http").into_iter().map(Exchange::read).collect();
        entries.end();
        Self { at, files, outcome, http }
    }
}

impl Exchange {
    fn read(mut entries: Entries) -> Self {
        let (request, headers, form) = (entries.text("request"), entries.map("headers"), entries.map("form"));
        let reply = match entries.optional("failure").as_deref() {
            Some("refused") => Reply::Refused,
            Some("silent") => Reply::Silent,
            Some("reset") => Reply::Reset,
            Some(other) => panic!("`{other}` is no failure"),
            None => Reply::Answer {
                status: entries.take("status").map_or(200, |status| status.try_into().unwrap()),
                headers: entries.map("answer_headers"),
                body: entries.optional("body").unwrap_or_default(),
            },
        };
        entries.end();
        Self { request, headers, form, reply }
    }
}

/// The entries of a table, taken one by one.
struct Entries(Table);

impl Entries {
    fn parse(text: &str) -> Self {
        Self(toml::from_str(text).unwrap())
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.0.remove(name)
    }

    fn optional(&mut self, name: &str) -> Option<String> {
        self.take(name).map(|value| value.as_str().unwrap().to_owned())
    }

    fn text(&mut self, name: &str) -> String {
        self.optional(name).unwrap_or_else(|| panic!("`{name}` is missing"))
    }

    fn table(&mut self, name: &str) -> Option<Self> {
        self.take(name).map(|value| Self(value.try_into().unwrap()))
    }

    fn tables(&mut self, name: &str) -> Vec<Self> {
        let tables: Vec<Table> = self.take(name).map(|list| list.try_into().unwrap()).unwrap_or_default();
        tables.into_iter().map(Self).collect()
    }

    fn map(&mut self, name: &str) -> BTreeMap<String, String> {
        self.take(name).map(|table| table.try_into().unwrap()).unwrap_or_default()
    }

    fn end(self) {
        assert!(self.0.is_empty(), "nobody reads {:?}", self.0.keys().collect::<Vec<_>>());
    }
}
