use std::time::{Duration, UNIX_EPOCH};

use proptest::prelude::*;

use super::{SignatureMismatch, SignedText};
use crate::identity::credentials::Credentials;
use crate::request::endpoint::Endpoint;
use crate::request::prepare::{Method, SignatureScheme, Unsigned, prepare};
use crate::wire::decode::Format;
use crate::wire::parameters::{Parameter, ParameterList};
use crate::wire::redact::Redactor;
use crate::wire::sign::acs3;

const CALLEE: &str = "13188888888";
const PARAMETERS: [(&str, &str); 4] =
    [("Callee", CALLEE), ("InstanceId", "ecs test"), ("Tags", "中&="), ("TimeoutSeconds", "60")];
const BOTH: [SignatureScheme; 2] = [SignatureScheme::Acs3, SignatureScheme::V1];

fn signed(scheme: SignatureScheme, parameters: &[(&str, &str)]) -> SignedText {
    let mut list = ParameterList::new();
    list.extend(parameters.iter().map(|(name, value)| Parameter::new(*name, *value)));
    let request = prepare(&Unsigned {
        endpoint: &Endpoint::parse("ecs.example.com", None).unwrap(),
        scheme,
        method: Method::Post,
        format: Format::Json,
        action: "RingBell",
        version: "2020-07-01",
        parameters: &list,
        credentials: &Credentials::new("testid", "testsecret").with_security_token("STSTOKEN"),
        timestamp: UNIX_EPOCH + Duration::from_secs(1_698_315_752),
        nonce: "n-1",
    });
    SignedText::from_request(&request.unwrap()).unwrap()
}

/// A message as the service writes it.
fn message(scheme: SignatureScheme, theirs: &str) -> String {
    match scheme {
        SignatureScheme::V1 => {
            format!(
                "Specified signature is not matched with our calculation. server string to sign is:{theirs}"
            )
        }
        SignatureScheme::Acs3 => format!(
            "Specified signature does not match our calculation. server StringToSign is [{}] server CanonicalRequest \
             is [{theirs}]",
            acs3::string_to_sign(theirs)
        ),
    }
}

fn compared(scheme: SignatureScheme, message: &str) -> Option<SignatureMismatch> {
    let redactor = Redactor::new([CALLEE, "STSTOKEN", "testsecret"]);
    signed(scheme, &PARAMETERS).compare(message, &redactor, |name| name == "Callee")
}

/// The text if the service saw these parameters.
fn said(scheme: SignatureScheme, parameters: &[(&str, &str)]) -> String {
    let theirs = signed(scheme, parameters);
    compared(scheme, &message(scheme, theirs.as_str())).unwrap().to_string()
}

/// The parameters, one of them with another value.
fn with(name: &str, value: &'static str) -> [(&'static str, &'static str); 4] {
    PARAMETERS.map(|(known, old)| if known == name { (known, value) } else { (known, old) })
}

#[test]
fn the_same_text_means_that_the_secret_is_wrong() {
    for scheme in BOTH {
        let found = compared(scheme, &message(scheme, signed(scheme, &PARAMETERS).as_str())).unwrap();
        assert!(found.is_the_same_text());
        assert!(found.to_string().contains("secret is not the one of the access key id"), "{found}");
        assert_eq!(found.place(), None);
    }
}

#[test]
fn another_value_is_shown_from_both_sides_as_it_was_before_encoding() {
    for scheme in BOTH {
        let said = said(scheme, &with("InstanceId", "ecs+test"));
        let expected = "the parameter `InstanceId` is \"ecs test\" here and \"ecs+test\" there";
        assert!(said.contains(expected), "{said}");
    }
}

#[test]
fn the_position_is_that_of_the_first_byte_that_differs() {
    for scheme in BOTH {
        let (ours, theirs) = (signed(scheme, &PARAMETERS), signed(scheme, &with("TimeoutSeconds", "61")));
        let found = compared(scheme, &message(scheme, theirs.as_str())).unwrap();
        let first = ours.as_str().bytes().zip(theirs.as_str().bytes()).position(|(one, other)| one != other);
        assert!(found.to_string().contains(&format!("(byte {})", first.unwrap())), "{found}");
    }
}

#[test]
fn a_sensitive_value_is_shown_from_neither_side_not_even_a_wrong_one() {
    for scheme in BOTH {
        let said = said(scheme, &with("Callee", "1318888888"));
        assert!(said.contains("the parameter `Callee` has another value, which is not shown"), "{said}");
        assert!(!said.contains("131888"), "{said}");
    }
}

#[test]
fn a_token_that_was_changed_is_not_shown() {
    for scheme in BOTH {
        let theirs = signed(scheme, &PARAMETERS).as_str().replace("STSTOKEN", "STSTOKENX");
        let found = compared(scheme, &message(scheme, &theirs)).unwrap();
        assert!(!format!("{found} {found:?}").contains("STSTOKEN"), "{found}");
        assert!(found.place().unwrap().to_lowercase().contains("token"), "{found}");
    }
}

#[test]
fn a_parameter_that_is_missing_or_added_is_named() {
    for scheme in BOTH {
        let without = said(scheme, &[PARAMETERS[0], PARAMETERS[1], PARAMETERS[3]]);
        assert!(without.contains("the parameter `Tags` here and the parameter `Time"), "{without}");
        let more = said(scheme, &[&PARAMETERS[..], &[("InstanceIe", "x")]].concat());
        assert!(more.contains("here and the parameter `InstanceIe` there"), "{more}");
    }
}

#[test]
fn a_header_that_a_proxy_changed_is_named() {
    let theirs =
        signed(SignatureScheme::Acs3, &PARAMETERS).as_str().replace("ecs.example.com", "internal:8080");
    let found = compared(SignatureScheme::Acs3, &message(SignatureScheme::Acs3, &theirs)).unwrap();
    assert_eq!(found.place(), Some("the header `host`"));
    assert!(found.to_string().contains("\"ecs.example.com\" here and \"internal:8080\" there"), "{found}");
}

#[test]
fn a_body_that_came_on_the_way_is_named() {
    let empty = acs3::content_sha256(b"");
    let ours = signed(SignatureScheme::Acs3, &PARAMETERS);
    let (before, _) = ours.as_str().rsplit_once(&empty).unwrap();
    let theirs = format!("{before}{}", acs3::content_sha256(b"x"));
    let found = compared(SignatureScheme::Acs3, &message(SignatureScheme::Acs3, &theirs)).unwrap();
    assert_eq!(found.place(), Some("the hash of the body"));
}

#[test]
fn another_method_is_named() {
    for scheme in BOTH {
        let theirs = signed(scheme, &PARAMETERS).as_str().replacen("POST", "GET", 1);
        let found = compared(scheme, &message(scheme, &theirs)).unwrap();
        assert_eq!(found.place(), Some("the HTTP method"));
    }
}

#[test]
fn a_hash_alone_tells_whether_the_text_was_the_same() {
    let ours = acs3::string_to_sign(signed(SignatureScheme::Acs3, &PARAMETERS).as_str());
    let other = acs3::string_to_sign("POST\n/\n");
    for (hash, same) in [(&ours, true), (&ours.replace('\n', "\\n"), true), (&other, false)] {
        let found = compared(SignatureScheme::Acs3, &format!("server StringToSign is [{hash}]")).unwrap();
        assert_eq!(found.is_the_same_text(), same, "{hash}");
        assert_eq!(found.place(), None);
    }
}

#[test]
fn texts_that_were_escaped_once_too_often_are_read() {
    for scheme in BOTH {
        let theirs = signed(scheme, &PARAMETERS).as_str().replace('&', "&amp;").replace('\n', "\\n");
        assert!(compared(scheme, &message(scheme, &theirs)).unwrap().is_the_same_text());
    }
}

#[test]
fn what_stands_behind_the_text_does_not_matter() {
    for scheme in BOTH {
        let theirs = signed(scheme, &PARAMETERS);
        for end in [".", " (see the documents)", "]", "\n\n"] {
            let found = compared(scheme, &message(scheme, &format!("{}{end}", theirs.as_str()))).unwrap();
            assert!(found.is_the_same_text(), "{end:?}: {found}");
        }
    }
}

#[test]
fn a_message_without_a_text_says_nothing() {
    for text in ["", "Specified signature is not matched with our calculation.", "ACS3-HMAC-SHA256", "POST"] {
        for scheme in BOTH {
            assert_eq!(compared(scheme, text), None, "{text}");
        }
    }
}

#[test]
fn a_long_value_is_cut_around_the_difference() {
    let ours = signed(SignatureScheme::V1, &[("A", &"x".repeat(500))]);
    let theirs = signed(SignatureScheme::V1, &[("A", &format!("{}y{}", "x".repeat(300), "x".repeat(199)))]);
    let message = message(SignatureScheme::V1, theirs.as_str());
    let found = ours.compare(&message, &Redactor::default(), |_| false).unwrap();
    assert!(found.to_string().contains("\"…xxxxxxxxxxxxyxxxxxxxxxxxxxxxxxxxxxxxxxxx…\" there"), "{found}");
}

proptest! {
    #[test]
    fn no_message_makes_it_panic_long_or_telling(
        before in "\\PC{0,20}",
        text in "(POST|GET)(&%2F&|\n/\n)(\\PC|%26|%3D|\n|131 8888 8888|13188888888){0,60}",
        cut in 0_usize..400,
    ) {
        for scheme in BOTH {
            let whole = format!("{before}{text}");
            let cut = whole.chars().take(cut).collect::<String>();
            if let Some(found) = compared(scheme, &cut) {
                let said = format!("{found} {found:?}");
                prop_assert!(said.len() < 1500, "{}", said);
                prop_assert!(!said.contains(CALLEE), "{}", said);
            }
        }
    }

    #[test]
    fn a_text_that_was_cut_is_never_taken_for_the_same(cut in 1_usize..300) {
        for scheme in BOTH {
            let ours = signed(scheme, &PARAMETERS);
            let end = ours.as_str().len().saturating_sub(cut).max(10);
            let part = ours.as_str().get(..end).unwrap();
            let found = ours.compare(part, &Redactor::default(), |_| false).unwrap();
            prop_assert!(!found.is_the_same_text());
        }
    }

    #[test]
    fn whichever_parameter_differs_is_the_one_that_is_named(
        names in proptest::collection::btree_set("[A-Za-z][A-Za-z.0-9]{0,8}", 1..6),
        at in any::<prop::sample::Index>(),
        value in "\\PC{1,12}",
    ) {
        let names: Vec<String> = names.into_iter().filter(|name| !name.to_lowercase().contains("token")).collect();
        prop_assume!(!names.is_empty());
        let changed = at.get(&names);
        let ours: Vec<_> = names.iter().map(|name| (name.as_str(), "same")).collect();
        let theirs: Vec<_> = ours.iter().map(|(name, old)| (*name, if name == changed { &*value } else { *old })).collect();
        prop_assume!(value != "same");
        for scheme in BOTH {
            let message = message(scheme, signed(scheme, &theirs).as_str());
            let found = signed(scheme, &ours).compare(&message, &Redactor::default(), |_| false).unwrap();
            let expected = format!("the parameter `{changed}`");
            prop_assert_eq!(found.place(), Some(expected.as_str()));
        }
    }
}
