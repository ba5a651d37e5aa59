//! The kinds of diagnostics: id, level and explanation, all in this one table.

use super::Level;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $id:literal, $level:ident, $explain:literal;)+) => {
        /// What kind of thing a diagnostic says.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// The id people use, e.g. `torn-row`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// The level of its diagnostics.
            #[must_use]
            pub fn level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)+ }
            }

            /// What it means, and what to do about it.
            #[must_use]
            pub fn explain(self) -> &'static str {
                match self { $(Self::$variant => $explain,)+ }
            }
        }
    };
}

codes! {
    // -- the file ---------------------------------------------------------------------------------
    /// Nothing is in the file.
    EmptyPage = "empty-page", Error,
        "The file holds nothing but white space. Restore the page, or remove the file: the operation of a \
         page that is gone is removed with it.";
    /// The file is no text.
    NotText = "not-text", Error,
        "The file holds bytes that no text has (NUL). It was probably saved by the wrong program; nothing is \
         recovered from it.";
    /// Bytes that are not UTF-8.
    InvalidUtf8 = "invalid-utf8", Error,
        "Pages are UTF-8. The bytes marked here are not, and were read as U+FFFD. Convert the file.";
    /// A byte order mark.
    ByteOrderMark = "byte-order-mark", Note,
        "The page begins with a byte order mark, which UTF-8 needs not. It is ignored.";
    /// Windows line endings.
    CarriageReturns = "carriage-returns", Note,
        "Lines end with a carriage return and a newline. Both are taken as one line ending; the sample lines \
         of the spec hold neither.";

    /// Characters that nobody sees.
    InvisibleCharacters = "invisible-characters", Note,
        "The page has characters that take no place on the screen, such as white space of no width and soft \
         hyphens. They come with copied text, and in a name they would be part of it. They are left out wherever \
         they stand.";

    // -- its blocks -------------------------------------------------------------------------------
    /// A code block that is not closed.
    UnclosedFence = "unclosed-fence", Error,
        "A line of three backticks opens a code block and none closes it. It is read up to the next heading. \
         Close it.";
    /// Lines of pipes that are no table.
    TableWithoutHeader = "table-without-header", Error,
        "Lines begin with `|`, but no line of dashes says which of them is the header. The first is taken if the second \
         has as many cells; else they are read as text. Add a line such as `|---|---|` below the header.";
    /// Header and dashes disagree.
    ColumnCount = "column-count", Warning,
        "The line of dashes below a table's header has another number of columns than the header. The \
         header's number is taken.";
    /// A row without all its cells.
    TornRow = "torn-row", Error,
        "A row of a table ends before it has as many cells as the table has columns: a `|` is missing. The \
         cells that are there are read, in order, and the rest taken as empty. Complete the row.";
    /// A row with too many pipes.
    ExtraPipe = "extra-pipe", Note,
        "A row has more unescaped `|` than its table has columns. All beyond the last column is read as the \
         last cell's text. Write `\\|` for a pipe inside a cell.";

    // -- what the page is about -------------------------------------------------------------------
    /// A page without a title.
    NoTitle = "no-title", Warning,
        "The page has no heading of level 1 before its sections. The spec's title stays empty.";
    /// A page about no operation.
    NoOperation = "no-operation", Error,
        "Nothing on the page says which operation of which product it documents: neither a link to the API \
         explorer (`#product=…&api=…`, `/api/P/V/A`, `/document/P/V/A`) nor a title, a parameter `Action` or a sample \
         request together with a link to the product's errors or the host of a sample request. Overviews, lists of \
         operations or errors and descriptions of structures are such pages; nothing is generated for them.";
    /// What the page documents is known from elsewhere than from its link.
    AssumedIdentity = "assumed-identity", Note,
        "Pages have a link to their operation in the API explorer, which says product, version and operation. This page \
         has none, or one that does not say all; what lacks was taken from the places marked: the title, the sample \
         request, the link to the product's errors, or links to other operations where they agree.";
    /// The product is known from the host of a sample request, or from links to other pages.
    AssumedProduct = "assumed-product", Warning,
        "Pages of the oldest kind have no links that name the product, but their sample request is sent to a host \
         such as `bell.example.com`, whose first part is taken. Services and products mostly, not always, have the same \
         name. Without such a request, the product is taken that links to other operations agree on. State the product \
         in a link to the API explorer.";
    /// The version is not stated.
    NoVersion = "no-version", Warning,
        "Older links to the API explorer have no `version`, and the pages of the product beside this one state none or \
         several. The spec's version stays empty.";
    /// The version is that of the pages beside this one.
    AssumedVersion = "assumed-version", Note,
        "Older links to the API explorer have no `version`. All pages of the product in the same folder that state one \
         state the same, which was taken.";
    /// An operation of the other style.
    RoaOperation = "roa-operation", Note,
        "The operation is addressed by method and path (ROA), not by an action parameter (RPC). Its spec is \
         recovered as far as the two agree, and marked `ROA`.";
    /// The page names two actions.
    ActionMismatch = "action-mismatch", Warning,
        "The parameter `Action`, the sample request and the link to the API explorer name different \
         operations: one of them was copied from another page. What most of them and the title say is believed, and \
         the link before the others.";
    /// A section without its table.
    NoTable = "no-table", Warning,
        "A page documents request parameters and response fields in a table each. One of the two is not \
         there, so the spec has no such fields.";
    /// Parameters or fields that could not be read.
    UnreadableSection = "unreadable-section", Error,
        "The section of request parameters or of response fields holds something, but no table that could be read, nor \
         does it say that there are none. A client without these fields would send wrong requests, so nothing is \
         generated from the page: its spec and code stay as they are, and a new page gives none. Write the section as a \
         table with a header of the usual names.";
    /// Error codes that could not be read.
    UnreadableErrors = "unreadable-errors", Error,
        "The section of error codes holds something, but no table that could be read. The codes of the operation's spec \
         stay as they are; the operation of a new page has none. Write the section as a table with a header of the usual \
         names.";
    /// A heading that is not known.
    UnknownSection = "unknown-section", Note,
        "The heading is none that pages of this family use, so nothing below it is read. If it holds \
         parameters, samples or errors, give it one of the usual names.";

    // -- its tables -------------------------------------------------------------------------------
    /// A table of something else.
    UnreadTable = "unread-table", Note,
        "The header of the table names neither name and type of parameters nor code and message of errors, \
         or the section it stands in is about something else. It is left as text.";
    /// A column with an unknown header.
    UnknownColumn = "unknown-column", Warning,
        "The header of a column is none that pages of this family use; its cells are not read.";
    /// A row without a name or code.
    NoName = "no-name", Error,
        "A row's first cell is empty, so that it is not known what it describes. The row is left out.";
    /// A row that describes nothing itself.
    CommonRow = "common-row", Note,
        "A row such as `<common parameters>` or `AccessKeyId` stands for what is the same for all operations and what \
         another page describes. It becomes no parameter or field of this one: clients add common parameters by themselves.";
    /// A type that is not known.
    UnknownType = "unknown-type", Warning,
        "The type is none that pages of this family use. The field is taken as text.";
    /// Whether a parameter is required is not clear.
    UnclearRequired = "unclear-required", Warning,
        "The cell says neither that the parameter is required nor that it is not. It is taken as optional, so \
         that no valid request is refused.";
    /// An HTTP status that is none.
    OddStatus = "odd-status", Warning,
        "The cell of an error's HTTP status holds no number from 100 to 599. The error is read without it.";

    // -- its samples ------------------------------------------------------------------------------
    /// A code block of unknown purpose.
    UnreadExample = "unread-example", Note,
        "A code block among the examples is not used: it is neither a request nor an answer, or it is the \
         answer to a request that failed.";
    /// A parameter only the sample has.
    UndocumentedParameter = "undocumented-parameter", Warning,
        "The sample request carries a parameter that the request table does not describe. Describe it, or \
         correct its name.";
    /// A required parameter the sample lacks.
    MissingParameter = "missing-parameter", Warning,
        "The table says that the parameter is required, and the sample request does without. One of them is \
         wrong; the table is believed.";

    // -- samples --------------------------------------------------------------------------------------
    /// A sample that is no JSON or XML.
    UnreadableSample = "unreadable-sample", Error,
        "A sample is neither JSON nor XML, nor close enough to be mended. What it could say about nesting and \
         types is lost. Correct it.";
    /// A sample that had to be mended.
    MendedSample = "mended-sample", Warning,
        "A sample is slightly broken: a comma, brace or quote is missing or one too many, or it holds a comment \
         or an ellipsis. It was read as it was probably meant. Correct the places marked.";
    /// An object around the whole answer.
    SampleEnvelope = "sample-envelope", Note,
        "The JSON sample shows the whole answer inside one object that the table does not mention, usually named after \
         the operation as the outermost element of an XML sample is. Answers in JSON have no such level: it is looked \
         through, and the spec does without. Remove it from the sample.";
    /// A sample answer of another operation.
    ForeignSample = "foreign-sample", Warning,
        "The outermost element of an XML sample is named after an operation, and it is not the one that the page documents. \
         The sample is taken for one of this operation all the same, with fields that only it shows. If it was copied from \
         another page, replace it; if the name alone is wrong, correct that.";
    /// JSON and XML show different fields.
    SamplesDisagree = "samples-disagree", Warning,
        "The JSON and XML samples are two forms of one answer, but one shows fields that the other does not. \
         Both are taken as true. Make them show the same.";
    /// JSON and XML show different values.
    SampleValues = "sample-values", Note,
        "The JSON and XML samples are two forms of one answer, but show different values. Nothing depends on it.";

    // -- nesting and types ----------------------------------------------------------------------------
    /// A row that may belong elsewhere.
    AmbiguousNesting = "ambiguous-nesting", Warning,
        "The table is flat, and nothing says clearly to which structure a row belongs: another place fits nearly \
         as well. The likelier one is taken. Show the field in a sample, or mark members with `└`.";
    /// Two rows for one field.
    DuplicateField = "duplicate-field", Warning,
        "Two rows document a field of the same name in the same structure. One field is recovered, from the row \
         that has members, else from the first.";
    /// A type that had to be assumed.
    AssumedType = "assumed-type", Note,
        "Neither the table nor a sample says what a field, or an element of a list, is. Text is assumed, which \
         any value fits. Give the type, or a sample that shows a value.";
    /// A list wrapper that had to be assumed.
    AssumedWrapper = "assumed-wrapper", Note,
        "In JSON the page's other lists stand inside an object named after their element, as in \
         `\"KeyPairs\": {\"KeyPair\": [ … ]}`; or no list is shown and the table gives no types, as on pages of \
         services that write lists so. No sample shows this one, so the same is assumed.";

    // -- table against samples ------------------------------------------------------------------------
    /// A string where the table declares something else, or the other way round.
    SampleType = "sample-type", Warning,
        "A sample shows a number or truth value as a string, or a string as a number, against the type that the \
         table declares. Decoding understands both. Correct the sample, or the type.";
    /// The word for none where a value should be.
    SampleIsNone = "sample-is-none", Warning,
        "The sample value of a list, map or number is a word such as `无` for \"none\". No value of that type \
         looks like that. Leave the field out of the sample, or show an empty list.";
    /// JSON inside a string.
    JsonInString = "json-in-string", Warning,
        "The table declares a list, map or structure, and a sample shows JSON inside a string. Decoding \
         understands both. Say in the description which of them the service sends.";
    /// A sample value that its description does not allow.
    SampleAgainstDescription = "sample-against-description", Warning,
        "The description states a range, a length or a format that the field's own sample value does not have. \
         One of them is wrong; the spec leaves the statement out. Correct it, or the sample.";
    /// A value of quite another kind.
    SampleKind = "sample-kind", Warning,
        "A sample shows a list, an object or text where the table declares something else. The declared type is \
         taken. Correct the type, or the sample.";
    /// A field only samples know.
    UndocumentedField = "undocumented-field", Warning,
        "A sample shows a field that no row of the table documents. The spec has it behind the documented ones, as the \
         sample shows it: text, a number or a truth value, and whatever has members as any JSON value. Add a row.";
    /// A field no sample shows.
    UnshownField = "unshown-field", Note,
        "Rows document fields that no sample shows, so only the table says where they belong. Show them.";
    /// Names that differ in case.
    OtherCase = "other-case", Warning,
        "The table and a sample write a name in different case. The table's is taken; generated clients understand \
         answers with either. Correct the wrong one.";

    // -- one page against the others -----------------------------------------------------------------
    /// Another page says more of the same field.
    JoinedType = "joined-type", Note,
        "The page documents a field as text. Other operations of the product document which values the field of that \
         name has, or that it is a number, and the sample here agrees. It is taken as the same thing, with the same \
         type. Where it is something else, the help says which entry of an overlay keeps the two apart.";

    // -- overlays -------------------------------------------------------------------------------------
    /// An overlay that is no TOML.
    OverlaySyntax = "overlay-syntax", Error,
        "The overlay is not valid TOML. Nothing of it is applied.";
    /// A key that is missing, unknown or of the wrong type.
    OverlayKey = "overlay-key", Error,
        "An entry of an overlay lacks a key, has one that no entry of its kind has, or gives it something else \
         than it takes. The entry is not applied. spec/overlays/README.md lists the kinds of entries and their keys.";
    /// An entry without a reason.
    OverlayReason = "overlay-reason", Error,
        "Every entry of an overlay says why the page is wrong, or where the fact comes from, so that a reviewer \
         can tell when it has had its day. The entry is not applied. Give it a `reason`.";
    /// Two entries about one thing.
    OverlayDuplicate = "overlay-duplicate", Error,
        "Two entries of an overlay state the same fact. The first is applied. Remove one of them.";
    /// An entry whose path leads nowhere.
    OverlayNowhere = "overlay-nowhere", Error,
        "The path of an entry leads to no field of the operation: the page has dropped or renamed what it was \
         about, or the path is mistyped. The entry is not applied. Correct the path, or remove the entry.";
    /// An entry that page or manifest have made true.
    OverlayObsolete = "overlay-obsolete", Error,
        "What an entry of an overlay states is what the page itself, or the product's manifest, says by now. Remove the \
         entry: they are the better source.";
    /// An entry that does not fit what it is about.
    OverlayMisfit = "overlay-misfit", Error,
        "An entry cannot be applied to what its path leads to: values for a number, a name that a sibling has, a \
         field after one that is not there. The entry is not applied.";

    // -- manifests ------------------------------------------------------------------------------------
    /// A manifest that is no TOML.
    ManifestSyntax = "manifest-syntax", Error,
        "The manifest of a product is not valid TOML. Nothing of it is applied, and nothing is written until it is \
         mended.";
    /// A key that is missing, unknown or of the wrong type.
    ManifestKey = "manifest-key", Error,
        "A manifest lacks a key, has one that no manifest has, or gives it something else than it takes. Nothing is \
         written until it is mended. spec/products/README.md lists the keys.";
    /// A name that cannot be one.
    ManifestName = "manifest-name", Error,
        "Code and version of a product, its crate and its areas become parts of paths, hosts, variables, packages and \
         cargo features, so they are of letters, digits and hyphens (codes and crates may have underscores): those of \
         crates and areas are written small, and begin with a letter. Give it such a name.";
    /// An endpoint that is no host.
    ManifestEndpoint = "manifest-endpoint", Error,
        "An endpoint is the name of a host, without scheme, port and path, in which `{region}` may stand for the name of \
         a region; there are no other placeholders. Signed requests are sent there, so nothing else is taken.";
    /// A pattern that is none.
    ManifestPattern = "manifest-pattern", Error,
        "A pattern is the name of an operation, in which one `*` may stand for any text: `Get*`, `List*OfUser`. A `*` \
         alone would say of every operation, also of those to come, what nobody has looked at.";
    /// An exception without a reason.
    ManifestReason = "manifest-reason", Error,
        "An operation that its name makes look safe to repeat, and that is not, has a reason beside it, so that a reviewer \
         can tell when it has had its day. Give it a `reason`.";
    /// Two statements about one thing.
    ManifestDuplicate = "manifest-duplicate", Error,
        "A manifest states one thing twice: an operation is in two areas, a name is sensitive for two reasons, a pattern \
         stands there twice. Remove one of them. An operation that the patterns of two areas match is to be named in one.";
    /// A pattern or exception that matches nothing.
    ManifestNowhere = "manifest-nowhere", Error,
        "A pattern matches no operation that has a page or is named in an area, or an exception excepts nothing from the \
         patterns. It is mistyped, or has had its day. Correct or remove it.";
    /// Operations that are named and not documented.
    OperationWithoutPage = "operation-without-page", Warning,
        "The areas of a manifest name operations that no page documents, so the client has no methods for them; they can be \
         called by their name alone. Add their pages. One warning stands for all operations of a product.";
}

impl Code {
    /// The code of an id, if there is one.
    ///
    /// ```
    /// use ccc_spec::diagnostic::Code;
    ///
    /// assert_eq!(Code::from_id("empty-page"), Some(Code::EmptyPage));
    /// assert_eq!(Code::from_id("no-such-code"), None);
    /// ```
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|code| code.as_str() == id)
    }
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_kebab_case() {
        let mut ids: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        assert!(
            ids.iter().all(|id| id.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-'))
        );
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), Code::ALL.len());
    }
}
