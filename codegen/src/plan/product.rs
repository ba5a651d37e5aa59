//! The facts about a product as a whole, from its manifest.

use ccc_spec::manifest::{Endpoints, Manifest};

use super::{Docs, Identifier, docs, names};

/// The facts about a product as a whole.
#[derive(Clone, Debug)]
pub(crate) struct ProductPlan {
    /// The type that stands for the product.
    pub(crate) name: Identifier,
    pub(crate) docs: Docs,
    /// Docs of the type.
    pub(crate) type_docs: Docs,
    pub(crate) title: String,
    pub(crate) code: String,
    pub(crate) version: String,
    /// The environment variable that sets the endpoint.
    pub(crate) endpoint_variable: String,
    pub(crate) endpoints: Endpoints,
    pub(crate) success_codes: Vec<String>,
}

/// Plans the product of a manifest.
pub(crate) fn plan(manifest: &Manifest) -> ProductPlan {
    ProductPlan {
        name: names::product(&manifest.title, &manifest.code),
        docs: docs::product(&manifest.title),
        type_docs: docs::product_type(&manifest.title, &manifest.code, &manifest.version),
        title: manifest.title.clone(),
        code: manifest.code.clone(),
        version: manifest.version.clone(),
        endpoint_variable: endpoint_variable(&manifest.code),
        endpoints: manifest.endpoints(),
        success_codes: manifest.success_codes.clone(),
    }
}

/// Names the environment variable of a product: `ALIBABA_CLOUD_CCC_ENDPOINT`.
fn endpoint_variable(code: &str) -> String {
    let letter = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    format!("ALIBABA_CLOUD_{}_ENDPOINT", code.chars().map(letter).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::endpoint_variable;

    #[test]
    fn a_product_has_an_environment_variable_of_its_own() {
        assert_eq!(endpoint_variable("CCC"), "ALIBABA_CLOUD_CCC_ENDPOINT");
        assert_eq!(endpoint_variable("Bell-2"), "ALIBABA_CLOUD_BELL_2_ENDPOINT");
    }
}
