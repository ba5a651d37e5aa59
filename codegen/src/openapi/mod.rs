//! Writes a product as an OpenAPI 3.1 document, for other languages than Rust.
//!
//! The document is a second output of the spec, which uses neither names nor types of the plan. It is in this crate
//! because both outputs need page text that is escaped for Markdown ([`text`](crate::text)), and the sample response of
//! a page ([`plan::sample_response`](crate::plan::sample_response)).

mod request;
mod response;
mod sample;
mod schema;
#[cfg(test)]
mod tests;
mod words;

use std::collections::{BTreeMap, BTreeSet};

use ccc_spec::manifest::{DEFAULT_AREA, Manifest};
use ccc_spec::model::{Operation, ProductSpec, Shape, SharedType, Side};
use ccc_spec::naming::pascal;

use crate::json::Object;
use crate::text::{code, visible};
use crate::{GenerateError, check};

/// The placeholder of the region in a host of the manifest, and in the URL of a server.
const REGION: &str = "{region}";

/// Writes the document of a product: JSON with two spaces of indentation, members in the order of the spec, and a newline at
/// the end. The same spec gives the same bytes.
///
/// ```
/// use ccc_spec::manifest::Manifest;
/// use ccc_spec::model::{Operation, ProductSpec};
///
/// let manifest = Manifest::undescribed("Bell", "2021-01-02");
/// let operations = vec![Operation::new("Bell", "2021-01-02", "Ring")];
/// let document = ccc_codegen::openapi(&manifest, &ProductSpec { operations, types: vec![] })?;
/// assert!(document.contains(r#""/#Action=Ring": {"#));
/// # Ok::<(), ccc_codegen::GenerateError>(())
/// ```
///
/// # Errors
///
/// See [`GenerateError`]: the operations do not fit into one document.
pub fn openapi(manifest: &Manifest, spec: &ProductSpec) -> Result<String, GenerateError> {
    check(&spec.operations)?;
    Ok(document(manifest, spec).to_text())
}

fn document(manifest: &Manifest, spec: &ProductSpec) -> Object {
    let names = Names::new(spec);
    let mut paths = Object::new();
    for (operation, response) in spec.operations.iter().zip(&names.responses) {
        let path =
            Object::new().with("post", self::operation(manifest, spec, operation, response, &names.refusal));
        paths.add(format!("/#Action={}", escaped(&operation.action)), path);
    }
    let components = components(manifest, &paths, spec, &names);
    Object::new()
        .with("openapi", "3.1.1")
        .with("info", info(manifest))
        .with("servers", servers(manifest))
        .with("security", vec![Object::new().with("acs3", Vec::<&str>::new())])
        .with_content("tags", tags(manifest, spec))
        .with("paths", paths)
        .with("components", components)
}

/// Names of schemas that are not shared types.
struct Names {
    refusal: String,
    /// In the order of the operations.
    responses: Vec<String>,
}

impl Names {
    /// Chooses names that differ from all others even in lower case, because generators name files after them.
    fn new(spec: &ProductSpec) -> Self {
        let mut taken: BTreeSet<String> =
            spec.types.iter().map(|shared| shared.name.to_ascii_lowercase()).collect();
        let mut free = |mut name: String| {
            while !taken.insert(name.to_ascii_lowercase()) {
                name.push('_');
            }
            name
        };
        Self {
            refusal: free("Refusal".to_owned()),
            responses: spec
                .operations
                .iter()
                .map(|operation| free(format!("{}Response", spelled(&operation.action))))
                .collect(),
        }
    }
}

/// Converts a name to one that a schema may have, unless it already is.
fn spelled(name: &str) -> String {
    if name.chars().all(|c| c.is_ascii_alphanumeric()) { name.to_owned() } else { pascal(name) }
}

fn info(manifest: &Manifest) -> Object {
    let success = match manifest.success_codes.as_slice() {
        [] => "A response with status 200 is a success, unless its `Code` is that of an error.".to_owned(),
        codes => {
            let codes: Vec<String> = codes.iter().map(|text| code(text)).collect();
            format!(
                "A response with status 200 is a success if its `Code` is {}, or if it has no `Code`.",
                codes.join(" or ")
            )
        }
    };
    let description = include_str!("calling.md")
        .replace("{title}", &visible(&manifest.title))
        .replace("`{code}`", &code(&manifest.code))
        .replace("{version}", &visible(&manifest.version))
        .replace("{success}", &success);
    let success_codes: Vec<&str> = manifest.success_codes.iter().map(String::as_str).collect();
    Object::new()
        .with("title", visible(&manifest.title))
        .with("version", manifest.version.as_str())
        .with("description", description)
        .with_content("x-success-codes", success_codes)
}

/// Writes the hosts of the manifest. The region is a variable of the URL, unless a host serves several regions.
fn servers(manifest: &Manifest) -> Vec<Object> {
    let endpoints = manifest.endpoints();
    let server = |host: &str, words: String| {
        let region = Object::new()
            .with("default", endpoints.default_region.as_str())
            .with("description", "The region.");
        let variables = Object::new().with("region", region);
        Object::new()
            .with("url", format!("https://{host}"))
            .with("description", words)
            .with_some("variables", host.contains(REGION).then_some(variables))
    };
    let mut servers = vec![server(&endpoints.public, "A region over the public network.".to_owned())];
    if let Some(central) = &endpoints.central {
        let regions = central.regions.join(", ");
        servers.push(server(&central.host, format!("These regions over the public network: {regions}.")));
    }
    servers.push(server(&endpoints.vpc, "A region inside a VPC.".to_owned()));
    servers
}

/// Returns name and title of the area of an operation, if the manifest has areas.
fn area<'a>(manifest: &'a Manifest, action: &str) -> Option<(&'a str, &'a str)> {
    let named = manifest.area_of(action).map(|area| (area.name.as_str(), area.title.as_str()));
    named.or_else(|| (!manifest.areas.is_empty()).then_some((DEFAULT_AREA, "Others")))
}

/// Writes the areas that have operations, in the order of the manifest.
fn tags(manifest: &Manifest, spec: &ProductSpec) -> Vec<Object> {
    let used: BTreeSet<(&str, &str)> =
        spec.operations.iter().filter_map(|operation| area(manifest, &operation.action)).collect();
    let place = |(name, _): &(&str, &str)| manifest.areas.iter().position(|area| area.name == *name);
    let mut used: Vec<(&str, &str)> = used.into_iter().collect();
    used.sort_by_key(|tag| place(tag).unwrap_or(usize::MAX));
    used.into_iter()
        .map(|(name, title)| Object::new().with("name", name).with_content("description", visible(title)))
        .collect()
}

fn operation(
    manifest: &Manifest,
    spec: &ProductSpec,
    operation: &Operation,
    response: &str,
    refusal: &str,
) -> Object {
    let description = words::description(&operation.english, &operation.summary);
    let summary = match words::summary(&operation.english, &operation.summary) {
        sentence if sentence.is_empty() => visible(&operation.title),
        sentence => sentence,
    };
    let says_more = description != summary;
    let action = Object::new()
        .with("name", "x-acs-action")
        .with("in", "header")
        .with("required", true)
        .with("schema", constant(&operation.action));
    let version = Object::new().with("$ref", "#/components/parameters/x-acs-version");
    let mut parameters = vec![action, version];
    parameters.extend(request::parameters(spec, operation));
    let explorer = operation.links.explorer.as_deref().filter(|link| crate::text::is_web_address(link));
    let tags: Vec<&str> = area(manifest, &operation.action).map(|(name, _)| name).into_iter().collect();
    Object::new()
        .with_content("tags", tags)
        .with_content("summary", summary)
        .with_some("description", says_more.then_some(description))
        .with_some("externalDocs", explorer.map(|url| Object::new().with("url", url)))
        .with("operationId", operation.action.as_str())
        .with("parameters", parameters)
        .with_some("requestBody", request::body(spec, operation))
        .with("responses", response::responses(spec, operation, response, refusal))
        .with("x-idempotent", operation.safe_to_repeat)
}

/// Writes a string that has only one value. Not all generators take a `const` for a header; most send a default by themselves.
fn constant(value: &str) -> Object {
    Object::new().with("type", "string").with("enum", vec![value]).with("default", value)
}

/// Writes the responses and the shared types in use. Values sent as several parameters do not refer to types.
fn schemas(paths: &Object, spec: &ProductSpec, names: &Names) -> Object {
    let in_responses = spec.types_of(spec.operations.iter().flat_map(|operation| &operation.response));
    let types = spec.types.iter().map(|shared| {
        let is_in_response = in_responses.contains(shared.name.as_str());
        let side = if is_in_response { Side::Response } else { Side::Request };
        (shared.name.as_str(), shared_type(shared, side))
    });
    let types: BTreeMap<&str, Object> = types.collect();
    let responses: Vec<Object> = spec.operations.iter().map(response::success).collect();

    let mut open = Vec::new();
    for part in responses.iter().chain([paths]) {
        schema::references(part, &mut open);
    }
    let mut used = BTreeSet::new();
    while let Some(name) = open.pop() {
        if let Some((name, schema)) = types.get_key_value(name)
            && used.insert(*name)
        {
            schema::references(schema, &mut open);
        }
    }
    let mut schemas = Object::new();
    for (name, schema) in types.iter().filter(|(name, _)| used.contains(**name)) {
        schemas.add(*name, schema.clone());
    }
    for (name, response) in names.responses.iter().zip(responses) {
        schemas.add(name, response);
    }
    schemas.with(&names.refusal, response::refusal())
}

fn components(manifest: &Manifest, paths: &Object, spec: &ProductSpec, names: &Names) -> Object {
    let schemas = schemas(paths, spec, names);
    let version = Object::new()
        .with("name", "x-acs-version")
        .with("in", "header")
        .with("required", true)
        .with("schema", constant(&manifest.version));
    let acs3 = Object::new()
        .with("type", "apiKey")
        .with("in", "header")
        .with("name", "Authorization")
        .with("description", include_str!("signing.md"));
    Object::new()
        .with("schemas", schemas)
        .with("responses", response::components(&names.refusal))
        .with("parameters", Object::new().with("x-acs-version", version))
        .with("securitySchemes", Object::new().with("acs3", acs3))
}

fn shared_type(shared: &SharedType, side: Side) -> Object {
    let values = match &shared.shape {
        Shape::String { values } => values.as_slice(),
        _ => &[],
    };
    let description = words::with_values(words::description(&shared.english, &shared.description), values);
    schema::from_shape(&shared.shape, side).with_content("description", description)
}

/// Escapes a name for a fragment.
fn escaped(name: &str) -> String {
    let mut path = String::with_capacity(name.len());
    for byte in name.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                path.push(char::from(byte));
            }
            other => path.push_str(&format!("%{other:02X}")),
        }
    }
    path
}
