//! The kinds of diagnostics: id, level and explanation, all in this one table.

use super::Level;

macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $variant:ident = $id:literal, $level:ident, $explain:literal;)+) => {
        /// Kind of a diagnostic.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[doc = $doc])+ $variant,)+
        }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)+];

            /// Returns the id as people write it, e.g. `torn-row`.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $id,)+ }
            }

            /// Returns the level of its diagnostics.
            #[must_use]
            pub fn level(self) -> Level {
                match self { $(Self::$variant => Level::$level,)+ }
            }

            /// Returns an explanation of the code and of the remedy.
            #[must_use]
            pub fn explain(self) -> &'static str {
                match self { $(Self::$variant => $explain,)+ }
            }
        }
    };
}

codes! {
    // -- the file ---------------------------------------------------------------------------------
    /// The file is empty.
    EmptyPage = "empty-page", Error,
        "The file is empty or has only white space. Restore the page, or remove the file: `regen` then removes its \
         operation.";
    /// The file is no text.
    NotText = "not-text", Error,
        "The file has NUL bytes, which no text has. Nothing is recovered from it. Save the page as text in UTF-8.";
    /// Some bytes are not UTF-8.
    InvalidUtf8 = "invalid-utf8", Error,
        "Pages are UTF-8. The bytes marked here are not, and were read as U+FFFD. Convert the file.";
    /// The page begins with a byte order mark.
    ByteOrderMark = "byte-order-mark", Note,
        "The page begins with a byte order mark. UTF-8 needs none, and it is ignored.";
    /// Lines end as on Windows.
    CarriageReturns = "carriage-returns", Note,
        "Lines end with a carriage return and a newline. Both count as one line ending; the sample lines of the spec \
         hold neither.";

    /// The page has invisible characters.
    InvisibleCharacters = "invisible-characters", Note,
        "The page has characters that are not visible, such as zero-width white space and soft hyphens. They come with \
         copied text, and would become part of a name. They are left out everywhere.";

    // -- its blocks -------------------------------------------------------------------------------
    /// A code block that is not closed.
    UnclosedFence = "unclosed-fence", Error,
        "A line of three backticks opens a code block, and no line closes it. The block is read up to the next \
         heading. Close it.";
    /// Lines of pipes that are no table.
    TableWithoutHeader = "table-without-header", Error,
        "Lines begin with `|`, but no line of dashes marks the header. If the second line has as many cells as the \
         first, the first is read as the header. Otherwise the lines are read as text. Add a line such as `|---|---|` \
         below the header.";
    /// Header and dashes disagree.
    ColumnCount = "column-count", Warning,
        "The line of dashes below a table's header does not have as many columns as the header. The header counts.";
    /// A row without all its cells.
    TornRow = "torn-row", Error,
        "A row of a table has fewer cells than the table has columns: a `|` is missing. Its cells are read in order, \
         and the others count as empty. Complete the row.";
    /// A row with too many pipes.
    ExtraPipe = "extra-pipe", Note,
        "A row has more unescaped `|` than its table has columns. The text beyond the last column becomes part of the \
         last cell. Write `\\|` for a pipe inside a cell.";

    // -- its operation ----------------------------------------------------------------------------
    /// A page without a title.
    NoTitle = "no-title", Warning,
        "The page has no heading of level 1 before its sections. The title in the spec stays empty.";
    /// A page about no operation.
    NoOperation = "no-operation", Error,
        "The page does not name the operation and the product that it documents. A link to the API explorer would \
         (`#product=…&api=…`, `/api/P/V/A`, `/document/P/V/A`). So would a title, a parameter `Action` or a sample \
         request, together with a link to the product's errors or the host of a sample request. Overviews, lists of \
         operations or errors and descriptions of structures are such pages; nothing is generated for them.";
    /// Some of the page's identity comes from elsewhere than its link.
    AssumedIdentity = "assumed-identity", Note,
        "Pages have a link to their operation in the API explorer, with product, version and operation. This page has \
         none, or one without some of the three. The missing parts were taken from the marked places: the title, the \
         sample request, the link to the product's errors, or links to other operations that agree.";
    /// The product is known from the host of a sample request, or from links to other pages.
    AssumedProduct = "assumed-product", Warning,
        "Pages of the oldest kind have no links that name the product. Their sample request goes to a host such as \
         `bell.example.com`, whose first part is taken as the product. Services and products usually have the same \
         name, but not always. Without such a request, links to other operations count if they agree. State the \
         product in a link to the API explorer.";
    /// The version is not stated.
    NoVersion = "no-version", Warning,
        "Older links to the API explorer have no `version`, and the other pages of the product in the folder state \
         none or several. The version in the spec stays empty.";
    /// The version is that of the other pages in the folder.
    AssumedVersion = "assumed-version", Note,
        "Older links to the API explorer have no `version`. All other pages of the product in the folder agree on \
         one, which was taken.";
    /// An operation of the other style.
    RoaOperation = "roa-operation", Note,
        "The operation is addressed by method and path (ROA), not by an action parameter (RPC). Its spec holds what \
         the two styles share, and is marked `ROA`.";
    /// The page names two actions.
    ActionMismatch = "action-mismatch", Warning,
        "The parameter `Action`, the sample request and the link to the API explorer name different operations: one \
         of them was copied from another page. The name in most of them and in the title counts; in a tie, that of \
         the link.";
    /// A section without its table.
    NoTable = "no-table", Warning,
        "A page documents request parameters and response fields, each in a table. One of the two is missing, so the \
         spec has no such fields.";
    /// Parameters or fields that could not be read.
    UnreadableSection = "unreadable-section", Error,
        "The section of request parameters or of response fields has content, but no table that could be read, and \
         does not say that there are none. A client without these fields would send wrong requests, so nothing is \
         generated from the page: its spec and code stay as they are, and a new page gets none. Write the section as \
         a table with the usual headers.";
    /// Error codes that could not be read.
    UnreadableErrors = "unreadable-errors", Error,
        "The section of error codes has content, but no table that could be read. The codes in the operation's spec \
         stay as they are; the operation of a new page has none. Write the section as a table with the usual headers.";
    /// A heading that is not known.
    UnknownSection = "unknown-section", Note,
        "Pages of this family do not use this heading, so nothing below it is read. If it has parameters, samples or \
         errors, give it one of the usual names.";

    // -- its tables -------------------------------------------------------------------------------
    /// A table of something else.
    UnreadTable = "unread-table", Note,
        "The header of the table names neither name and type of parameters nor code and message of errors, or its \
         section is about something else. The table stays text.";
    /// A column with an unknown header.
    UnknownColumn = "unknown-column", Warning,
        "Pages of this family do not use the header of this column, so its cells are not read.";
    /// A row without a name or code.
    NoName = "no-name", Error,
        "The first cell of a row is empty, so the row has no name. The row is left out.";
    /// A row about parameters that are described elsewhere.
    CommonRow = "common-row", Note,
        "A row such as `<common parameters>` or `AccessKeyId` is about all operations and described on another page. \
         It becomes no parameter or field of this operation: clients add common parameters by themselves.";
    /// A type that is not known.
    UnknownType = "unknown-type", Warning,
        "Pages of this family do not use this type. The field is read as text.";
    /// Whether a parameter is required is not clear.
    UnclearRequired = "unclear-required", Warning,
        "The cell does not say whether the parameter is required. It counts as optional, so that no valid request is \
         refused.";
    /// The HTTP status of an error is no number.
    OddStatus = "odd-status", Warning,
        "The cell of an error's HTTP status does not hold a number from 100 to 599. The error is read without it.";

    // -- its samples ------------------------------------------------------------------------------
    /// A code block of unknown purpose.
    UnreadExample = "unread-example", Note,
        "A code block among the examples is not used: it is neither a request nor a response, or it is the \
         response to a request that failed.";
    /// A parameter only the sample has.
    UndocumentedParameter = "undocumented-parameter", Warning,
        "The sample request has a parameter that the request table does not describe. Describe it, or correct its \
         name.";
    /// A required parameter the sample lacks.
    MissingParameter = "missing-parameter", Warning,
        "The table says that the parameter is required, but the sample request does not have it. One of them is \
         wrong; the table counts.";

    // -- samples --------------------------------------------------------------------------------------
    /// A sample is neither JSON nor XML.
    UnreadableSample = "unreadable-sample", Error,
        "A sample is neither JSON nor XML, and could not be mended. Its evidence about nesting and types is lost. \
         Correct it.";
    /// A sample that had to be mended.
    MendedSample = "mended-sample", Warning,
        "A sample is slightly broken: it lacks a comma, brace or quote, has one too many, or has a comment or an \
         ellipsis. It was repaired in the most likely way. Correct the marked places.";
    /// The samples show the whole response inside an object.
    SampleEnvelope = "sample-envelope", Note,
        "The JSON sample shows the whole response inside one object that the table does not mention. It usually has \
         the name of the operation, like the outermost element of an XML sample. Responses in JSON have no such \
         level, so the spec leaves it out. Remove it from the sample.";
    /// The sample is the response of another operation.
    ForeignSample = "foreign-sample", Warning,
        "The outermost element of an XML sample has the name of an operation, but not of the one that the page \
         documents. The sample is used all the same, with the fields that only it shows. If it was copied from \
         another page, replace it; if only the name is wrong, correct the name.";
    /// JSON and XML show different fields.
    SamplesDisagree = "samples-disagree", Warning,
        "The JSON and XML samples are two forms of one response, but one shows fields that the other does not. Both \
         count. Make them show the same.";
    /// JSON and XML show different values.
    SampleValues = "sample-values", Note,
        "The JSON and XML samples are two forms of one response, but show different values. Nothing depends on the \
         values.";

    // -- nesting and types ----------------------------------------------------------------------------
    /// A row that may belong elsewhere.
    AmbiguousNesting = "ambiguous-nesting", Warning,
        "The table is flat, and the structure that a row belongs to is not clear: another place fits nearly as well. \
         The likelier one is taken. Show the field in a sample, or mark members with `└`.";
    /// Two rows document one field.
    DuplicateField = "duplicate-field", Warning,
        "Two rows document a field of the same name in the same structure. One field is recovered, from the row \
         that has members, else from the first.";
    /// A type that had to be assumed.
    AssumedType = "assumed-type", Note,
        "Neither the table nor a sample shows the type of a field, or of an element of a list. Text is assumed, because \
         it fits any value. Give the type, or a sample with a value.";
    /// A list wrapper that had to be assumed.
    AssumedWrapper = "assumed-wrapper", Note,
        "The page's other lists stand in JSON inside an object named after their element, as in `\"KeyPairs\": \
         {\"KeyPair\": [ … ]}`. Or no list is shown and the table gives no types, as on pages of services that write \
         lists in this way. No sample shows this list, so the same is assumed.";

    // -- table against samples ------------------------------------------------------------------------
    /// A string where the table declares something else, or the other way round.
    SampleType = "sample-type", Warning,
        "A sample shows a number or truth value as a string, or a string as a number, but the table declares the \
         other. Decoding reads both. Correct the sample, or the type.";
    /// The word for none where a value should be.
    SampleIsNone = "sample-is-none", Warning,
        "The sample value of a list, map or number is a word such as `无` for \"none\", which is no value of that \
         type. Leave the field out of the sample, or show an empty list.";
    /// JSON inside a string.
    JsonInString = "json-in-string", Warning,
        "The table declares a list, map or structure, but a sample shows JSON inside a string. Decoding reads both. \
         State in the description which form the service sends.";
    /// A sample value that its description does not allow.
    SampleAgainstDescription = "sample-against-description", Warning,
        "The description states a range, a length or a format, but the field's own sample value does not fit it. One \
         of them is wrong; the spec leaves the statement out. Correct it, or the sample.";
    /// A value of quite another kind.
    SampleKind = "sample-kind", Warning,
        "A sample shows a list, an object or text where the table declares something else. The declared type is \
         taken. Correct the type, or the sample.";
    /// A field that only samples show.
    UndocumentedField = "undocumented-field", Warning,
        "A sample shows a field that no row of the table documents. The spec has it after the documented ones, with \
         the type that the sample shows: text, a number, a truth value, or any JSON value if it has members. Add a \
         row.";
    /// A field no sample shows.
    UnshownField = "unshown-field", Note,
        "Rows document fields that no sample shows, so only the table says where they belong. Show them.";
    /// Names that differ in case.
    OtherCase = "other-case", Warning,
        "The table and a sample write a name in different case. The table counts; generated clients read responses \
         with either. Correct the wrong one.";

    // -- one page against the others -----------------------------------------------------------------
    /// Another page says more about the same field.
    JoinedType = "joined-type", Note,
        "The page documents a field as text. Other operations of the product document the values of the field with \
         that name, or that it is a number, and the sample here agrees. The field gets the same type. If it is \
         something else, the help names the overlay entry that keeps the two apart.";

    // -- overlays -------------------------------------------------------------------------------------
    /// An overlay that is no TOML.
    OverlaySyntax = "overlay-syntax", Error,
        "The overlay is not valid TOML. Nothing of it is applied.";
    /// A key that is missing, unknown or of the wrong type.
    OverlayKey = "overlay-key", Error,
        "An entry of an overlay lacks a key, has one that its kind does not have, or gives it a value of the wrong \
         type. The entry is not applied. spec/overlays/README.md lists the kinds of entries and their keys.";
    /// An entry without a reason.
    OverlayReason = "overlay-reason", Error,
        "Every entry of an overlay says why the page is wrong, or where the fact comes from, so that a reviewer can \
         tell when it is no longer needed. The entry is not applied. Give it a `reason`.";
    /// Two entries state one fact.
    OverlayDuplicate = "overlay-duplicate", Error,
        "Two entries of an overlay state the same fact. The first is applied. Remove one of them.";
    /// An entry whose path leads nowhere.
    OverlayNowhere = "overlay-nowhere", Error,
        "The path of an entry leads to no field of the operation: the page has dropped or renamed the field, or the \
         path is mistyped. The entry is not applied. Correct the path, or remove the entry.";
    /// An entry that repeats the page or the manifest.
    OverlayObsolete = "overlay-obsolete", Error,
        "The page itself, or the product's manifest, now says what an entry of an overlay states. Remove the entry: \
         page and manifest are the better source.";
    /// An entry does not fit its target.
    OverlayMisfit = "overlay-misfit", Error,
        "An entry cannot be applied to the target of its path: values for a number, a name that a sibling has, a \
         field after one that does not exist. The entry is not applied.";

    // -- manifests ------------------------------------------------------------------------------------
    /// A manifest that is no TOML.
    ManifestSyntax = "manifest-syntax", Error,
        "The manifest of a product is not valid TOML. Nothing of it is applied, and nothing is written until it is \
         mended.";
    /// A key that is missing, unknown or of the wrong type.
    ManifestKey = "manifest-key", Error,
        "A manifest lacks a key, has one that no manifest has, or gives it a value of the wrong type. Nothing is \
         written until this is mended. spec/products/README.md lists the keys.";
    /// A name has characters that it may not have.
    ManifestName = "manifest-name", Error,
        "The code and version of a product, its crate and its areas become parts of paths, hosts, variables, packages \
         and cargo features. So they have only letters, digits and hyphens (codes and crates may have underscores). \
         The names of crates and areas are in small letters, and begin with one. Choose such a name.";
    /// An endpoint is no name of a host.
    ManifestEndpoint = "manifest-endpoint", Error,
        "An endpoint is the name of a host, without scheme, port and path. `{region}` may stand in it for the name of \
         a region; there are no other placeholders. Signed requests are sent there, so no other text is accepted.";
    /// A text is no pattern.
    ManifestPattern = "manifest-pattern", Error,
        "A pattern is the name of an operation, in which one `*` may stand for any text: `Get*`, `List*OfUser`. A `*` \
         alone would cover every operation, even later ones that nobody has looked at.";
    /// An exception without a reason.
    ManifestReason = "manifest-reason", Error,
        "An operation whose name makes it look safe to repeat, but which is not, needs a reason, so that a reviewer \
         can tell when the exception is no longer needed. Give it a `reason`.";
    /// Two statements are the same.
    ManifestDuplicate = "manifest-duplicate", Error,
        "A manifest states one thing twice: an operation is in two areas, a name is sensitive for two reasons, a \
         pattern is listed twice. Remove one of them. If the patterns of two areas match an operation, name it in one \
         of them.";
    /// A pattern or exception that matches nothing.
    ManifestNowhere = "manifest-nowhere", Error,
        "A pattern matches no operation that has a page or is named in an area, or an exception excepts nothing from \
         the patterns. It is mistyped, or no longer needed. Correct or remove it.";
    /// Operations that the manifest names and no page documents.
    OperationWithoutPage = "operation-without-page", Warning,
        "The areas of a manifest name operations that no page documents, so the client has no methods for them; they \
         can only be called by name. Add their pages. One warning counts for all operations of a product.";
}

impl Code {
    /// Returns the code of an id, if there is one.
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
