//! Groups operations into crates: one crate for each product and version. A second page of an operation, such as one in
//! another language, goes into a second edition of the crate.

use std::collections::BTreeMap;

use ccc_spec::model::Operation;

use crate::specs::ProductKey;

/// Operations that make a crate.
#[derive(Debug)]
pub(crate) struct Product {
    pub(crate) key: ProductKey,
    /// Name of the crate. Editions after the first have a number in it.
    pub(crate) name: String,
    /// Operations with the names of their pages; no two have one action.
    pub(crate) operations: Vec<(String, Operation)>,
}

/// Groups operations; sorted by product, version and edition.
pub(crate) fn group(operations: Vec<(String, Operation)>) -> Vec<Product> {
    let mut seen: BTreeMap<(ProductKey, String), usize> = BTreeMap::new();
    let mut editions: BTreeMap<(ProductKey, usize), Vec<(String, Operation)>> = BTreeMap::new();
    for (page, mut operation) in operations {
        let key = ProductKey::from_operation(&operation);
        // Within a crate, the product has one spelling.
        operation.product.clone_from(&key.product);
        let edition = seen.entry((key.clone(), operation.action.clone())).or_default();
        editions.entry((key, *edition)).or_default().push((page, operation));
        *edition += 1;
    }
    let product = |((key, edition), operations)| Product { name: name(&key, edition), key, operations };
    editions.into_iter().map(product).collect()
}

/// Makes a crate's name: characters that cargo refuses become dashes.
fn name(key: &ProductKey, edition: usize) -> String {
    let plain = |text: &str| -> String {
        text.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' }).collect()
    };
    let version = if key.version.is_empty() { "unversioned".to_owned() } else { plain(&key.version) };
    let edition = if edition == 0 { String::new() } else { format!("-edition-{}", edition + 1) };
    format!("of-{}-{version}{edition}", plain(&key.product))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn operation(product: &str, action: &str) -> (String, Operation) {
        let page = format!(
            "# {action}\n\n## Debugging\n\n[Try](https://e.test/#product={product}&api={action}&type=RPC&version=2021-01-02)\n\n\
             ## Response parameters\n\n|Parameter|Type|Description|\n|--|--|--|\n|RequestId|String|It.|\n"
        );
        (format!("{action}.md"), ccc_spec::recover("page.md", page.as_bytes()).operation.unwrap())
    }

    #[test]
    fn a_second_page_of_an_operation_makes_a_second_edition() {
        let products =
            group(vec![operation("Bell", "Ring"), operation("bell", "Ring"), operation("Bell", "List")]);
        let sizes: Vec<_> =
            products.iter().map(|product| (product.name.as_str(), product.operations.len())).collect();
        assert_eq!(sizes, [("of-bell-2021-01-02", 2), ("of-bell-2021-01-02-edition-2", 1)]);
    }
}
