//! What a client knows of its product as a whole, from the manifest.

use ccc_spec::manifest::{Endpoints, Manifest};
use ccc_spec::model::Operation;

use super::{Docs, Identifier, docs, names};

/// What a client knows of its product as a whole.
#[derive(Clone, Debug)]
pub(crate) struct ProductPlan {
    /// The type that stands for the product.
    pub(crate) name: Identifier,
    pub(crate) docs: Docs,
    /// Of that type.
    pub(crate) type_docs: Docs,
    pub(crate) title: String,
    pub(crate) code: String,
    pub(crate) version: String,
    /// The environment variable that names an endpoint.
    pub(crate) endpoint_variable: String,
    pub(crate) endpoints: Endpoints,
    pub(crate) success_codes: Vec<String>,
}

/// Plans what a manifest says.
pub(crate) fn plan(manifest: &Manifest) -> ProductPlan {
    ProductPlan {
        name: names::product(&manifest.title, &manifest.code),
        docs: docs::product(&manifest.title),
        type_docs: docs::product_type(&manifest.title, &manifest.code, &manifest.version),
        title: manifest.title.clone(),
        code: manifest.code.clone(),
        version: manifest.version.clone(),
        endpoint_variable: endpoint_variable(&manifest.code),
        endpoints: manifest.endpoints.clone().unwrap_or_else(|| usual_endpoints(&manifest.code)),
        success_codes: manifest.success_codes.clone(),
    }
}

/// The same of a product without a manifest, of which one operation is known, or none.
pub(crate) fn without_manifest(operation: Option<&Operation>) -> ProductPlan {
    let (code, version) =
        operation.map(|operation| (operation.product.clone(), operation.version.clone())).unwrap_or_default();
    plan(&Manifest { title: code.clone(), code, version, ..Manifest::default() })
}

/// Where most products are served, for one whose manifest does not say.
fn usual_endpoints(code: &str) -> Endpoints {
    let host = code.to_ascii_lowercase();
    Endpoints {
        default_region: "cn-hangzhou".to_owned(),
        public: format!("{host}.{{region}}.aliyuncs.com"),
        vpc: format!("{host}-vpc.{{region}}.aliyuncs.com"),
        central: None,
    }
}

/// `ALIBABA_CLOUD_CCC_ENDPOINT`.
fn endpoint_variable(code: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
    format!("ALIBABA_CLOUD_{}_ENDPOINT", code.chars().map(plain).collect::<String>())
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
