//! Endpoints: the hosts of a product, by region.

/// Placeholder of the region in the template of a host.
const REGION: &str = "{region}";

/// The hosts of a product, by region.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Endpoints {
    /// The region used if none is configured.
    pub default_region: String,
    /// The host of a region, `{region}` standing for its name.
    pub public: String,
    /// The host of a region inside a VPC, `{region}` standing for its name.
    pub vpc: String,
    /// The host that serves several regions.
    pub central: Option<Central>,
}

impl Endpoints {
    /// Returns the hosts that most products have, for a product code.
    pub(super) fn usual(code: &str) -> Self {
        let host = code.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
        Self {
            default_region: "cn-hangzhou".to_owned(),
            public: format!("{host}.{REGION}.aliyuncs.com"),
            vpc: format!("{host}-vpc.{REGION}.aliyuncs.com"),
            central: None,
        }
    }
}

/// A host that serves several regions over the public network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Central {
    /// The host.
    pub host: String,
    /// The regions, which have no public host of their own.
    pub regions: Vec<String>,
}

/// Returns the reason why a text is not a template of a host; `None` if it is one.
pub(super) fn flaw_of_template(template: &str) -> Option<String> {
    let mut rest = template;
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else {
            return Some("a placeholder is not closed".to_owned());
        };
        if name != "region" {
            return Some(format!("there is no placeholder `{{{name}}}`"));
        }
        rest = behind;
    }
    flaw_of_host(&template.replace(REGION, "region"))
}

/// Returns the reason why a text is not the name of a host; `None` if it is one.
pub(super) fn flaw_of_host(host: &str) -> Option<String> {
    let is_label = |label: &str| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-');
    let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.');
    match host.chars().find(|&c| !allowed(c)) {
        Some(odd) => Some(format!("the name of a host has no {odd:?}")),
        None if !host.split('.').all(is_label) => {
            Some("a part of it is empty, or begins or ends with a hyphen".to_owned())
        }
        None => None,
    }
}

/// Returns the reason why a text is not a region; `None` if it is one.
pub(super) fn flaw_of_region(region: &str) -> Option<String> {
    if region.contains('.') { Some("a region has no dots".to_owned()) } else { flaw_of_host(region) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_a_host_with_the_region_in_it() {
        for template in ["bell.{region}.example.com", "bell-vpc.{region}.example.com", "bell.example.com"] {
            assert_eq!(flaw_of_template(template), None, "{template}");
        }
        for template in [
            "bell.{zone}.example.com",
            "bell.{region",
            "bell.region}.com",
            "https://bell.example.com",
            "bell..example.com",
            "-bell.{region}",
            "bell.example.com:443",
            "Bell.example.com",
            "",
        ] {
            assert!(flaw_of_template(template).is_some(), "{template}");
        }
    }

    #[test]
    fn a_region_is_one_part_of_a_host() {
        assert_eq!(flaw_of_region("cn-shanghai"), None);
        assert!(
            ["", "cn.shanghai", "CN", "-cn", "cn_shanghai"].iter().all(|text| flaw_of_region(text).is_some())
        );
    }
}
