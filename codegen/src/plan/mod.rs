//! The plan of the generated source. Every name, type and doc text is decided here; the emitter only writes it down.

mod areas;
mod catalog;
mod docs;
mod enums;
mod errors;
mod example;
pub(crate) mod expression;
mod keywords;
mod names;
mod operation;
mod paging;
mod product;
mod sample;
mod structure;
mod types;

#[cfg(test)]
mod tests;

use ccc_spec::manifest::Manifest;
pub(crate) use ccc_spec::model::Side;
use ccc_spec::model::{ErrorCode, ProductSpec, Range};

pub(crate) use areas::AreaPlan;
pub(crate) use names::Identifier;
pub(crate) use paging::{PagedBy, PagingPlan};
pub(crate) use product::ProductPlan;
pub(crate) use sample::response as sample_response;
pub(crate) use structure::written_type;

/// Everything that is generated.
#[derive(Clone, Debug)]
pub(crate) struct Plan {
    /// The product, as the manifest describes it.
    pub(crate) facts: ProductPlan,
    /// Operations in the order of their actions.
    pub(crate) operations: Vec<OperationPlan>,
    /// Groups of operations, in the order of the manifest; at least one.
    pub(crate) areas: Vec<AreaPlan>,
    /// Codes that the operations document, in alphabetical order.
    pub(crate) codes: Vec<CodePlan>,
    /// Docs of the enum of all codes.
    pub(crate) codes_docs: Docs,
    /// Types that operations share, in the order of their modules.
    pub(crate) types: Vec<SharedType>,
}

/// One operation's module.
#[derive(Clone, Debug)]
pub(crate) struct OperationPlan {
    pub(crate) product: String,
    pub(crate) version: String,
    pub(crate) action: String,
    pub(crate) safe_to_repeat: bool,
    /// The cargo feature that it needs; `None` if it is always compiled.
    pub(crate) area: Option<String>,
    /// Other words that people may search for.
    pub(crate) aliases: Vec<String>,
    /// A summary in one line of Markdown.
    pub(crate) brief: String,
    /// How it pages, if it does.
    pub(crate) paging: Option<PagingPlan>,
    /// Name of the module and of the client's method.
    pub(crate) name: Identifier,
    pub(crate) module_docs: Docs,
    /// Docs of the method of both clients.
    pub(crate) method_docs: Docs,
    pub(crate) request: StructurePlan,
    pub(crate) response: StructurePlan,
    /// `None` if the page documents no code.
    pub(crate) error: Option<ErrorPlan>,
    /// Types that only this operation has.
    pub(crate) types: Vec<TypePlan>,
    pub(crate) description: DescriptionPlan,
}

/// A type in a module of its own below `types`.
#[derive(Clone, Debug)]
pub(crate) struct SharedType {
    pub(crate) module: Identifier,
    pub(crate) plan: TypePlan,
    /// The shared type of the spec that it is or belongs to.
    pub(crate) spec_name: String,
    /// The cargo feature of its area, if only one area has it.
    pub(crate) area: Option<String>,
}

/// A structure or an enum.
#[derive(Clone, Debug)]
pub(crate) enum TypePlan {
    Structure(StructurePlan),
    Enum(EnumPlan),
}

impl TypePlan {
    pub(crate) fn name(&self) -> &Identifier {
        match self {
            Self::Structure(structure) => &structure.name,
            Self::Enum(open_enum) => &open_enum.name,
        }
    }

    pub(crate) fn side(&self) -> Side {
        match self {
            Self::Structure(structure) => structure.side,
            Self::Enum(open_enum) => open_enum.side,
        }
    }
}

/// A request, a response, or a structure inside one.
#[derive(Clone, Debug)]
pub(crate) struct StructurePlan {
    pub(crate) name: Identifier,
    /// The builder's name; only structures of requests have one.
    pub(crate) builder: Option<Identifier>,
    pub(crate) side: Side,
    pub(crate) docs: Docs,
    pub(crate) fields: Vec<FieldPlan>,
}

/// A field of a structure.
#[derive(Clone, Debug)]
pub(crate) struct FieldPlan {
    pub(crate) name: Identifier,
    /// Name on the wire.
    pub(crate) wire: String,
    pub(crate) docs: Docs,
    /// Its type, including `Option`.
    pub(crate) ty: TypeRef,
    /// The sample value of the page.
    pub(crate) sample: Option<String>,
    pub(crate) sensitive: bool,
    /// Whether it is, or holds, a password or key.
    pub(crate) secret: bool,
    /// The list's name in the object around it, in responses.
    pub(crate) wrapper: Option<String>,
    /// Whether it is sent in the body of a request.
    pub(crate) body: bool,
    /// Whether a request has the list or structure as JSON.
    pub(crate) json: bool,
    /// Whether responses have the number as a string.
    pub(crate) text: bool,
    /// Bounds of a number in a request.
    pub(crate) range: Option<Range>,
}

/// A Rust type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum TypeRef {
    Text,
    Integer,
    Long,
    Float,
    Boolean,
    Json,
    Named(Identifier, Home),
    Option(Box<TypeRef>),
    List(Box<TypeRef>),
    Map(Box<TypeRef>),
}

/// Where a generated type is defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Home {
    /// In a module below `types`.
    Shared,
    /// In the module of the operation.
    Operation(Side),
}

impl Home {
    /// Returns the path of the module with the type, below the generated source.
    pub(crate) fn module(self, operation: &Identifier) -> String {
        match self {
            Self::Shared => "types".to_owned(),
            Self::Operation(_) => format!("operation::{}", operation.as_str()),
        }
    }
}

/// An open enum.
#[derive(Clone, Debug)]
pub(crate) struct EnumPlan {
    pub(crate) name: Identifier,
    pub(crate) side: Side,
    pub(crate) docs: Docs,
    pub(crate) variants: Vec<VariantPlan>,
}

/// A documented value.
#[derive(Clone, Debug)]
pub(crate) struct VariantPlan {
    pub(crate) name: Identifier,
    /// The value on the wire.
    pub(crate) value: String,
    /// Other spellings that are read as this value.
    pub(crate) also: Vec<String>,
    pub(crate) docs: Docs,
}

/// An operation's error.
#[derive(Clone, Debug)]
pub(crate) struct ErrorPlan {
    pub(crate) name: Identifier,
    pub(crate) docs: Docs,
    pub(crate) variants: Vec<ErrorVariantPlan>,
}

/// A documented code of the product.
#[derive(Clone, Debug)]
pub(crate) struct CodePlan {
    pub(crate) name: Identifier,
    pub(crate) docs: Docs,
    pub(crate) code: String,
    /// Its status and message on most pages, once for each row that differs.
    pub(crate) templates: Vec<TemplatePlan>,
}

/// A documented code of an operation.
#[derive(Clone, Debug)]
pub(crate) struct ErrorVariantPlan {
    pub(crate) name: Identifier,
    pub(crate) docs: Docs,
    pub(crate) code: String,
    /// Its statuses and messages, unless they are those of the product's code of this name.
    pub(crate) own: Option<Vec<TemplatePlan>>,
    /// Names of the arguments: one for each `%s` of the message that has the most.
    pub(crate) arguments: Vec<Identifier>,
}

/// The status and message of a documented code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TemplatePlan {
    pub(crate) status: Option<u16>,
    /// The message; each `%s` marks an argument.
    pub(crate) message: String,
}

/// The parts of an operation's description that do not come from its types: texts, errors and a sample response.
#[derive(Clone, Debug)]
pub(crate) struct DescriptionPlan {
    /// A summary in one line.
    pub(crate) summary: String,
    /// The text about the operation, in paragraphs.
    pub(crate) documentation: String,
    pub(crate) errors: Vec<ErrorCode>,
    pub(crate) sample_json: String,
}

/// Lines of Markdown for rustdoc.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Docs(pub(crate) Vec<String>);

/// Returns the name of the type that stands for the product of a manifest.
pub(crate) fn product_name(manifest: &Manifest) -> String {
    names::product(&manifest.title, &manifest.code).as_str().to_owned()
}

/// Plans a product that has no manifest.
pub(crate) fn plan(spec: &ProductSpec) -> Plan {
    let (code, version) =
        spec.operations.first().map(|first| (&*first.product, &*first.version)).unwrap_or_default();
    plan_for(&Manifest::undescribed(code, version), spec)
}

/// Plans a product that has a manifest.
pub(crate) fn plan_for(manifest: &Manifest, spec: &ProductSpec) -> Plan {
    let mut plan = operation::plan(spec, manifest);
    let areas = areas::Areas::new(manifest);
    for operation in &mut plan.operations {
        operation.area = areas.feature(&operation.action);
    }
    for shared in &mut plan.types {
        let actions = spec.shared(&shared.spec_name).map(|shared| shared.operations.as_slice());
        shared.area = areas.common_feature(actions.unwrap_or_default());
    }
    plan.areas = areas.in_use(&plan.operations);
    plan
}
