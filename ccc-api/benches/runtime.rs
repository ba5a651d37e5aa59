//! Compares the client with its floors: signing with bare hashing, decoding with a plain serde derive, a call on loopback
//! with a bare reqwest call. Prints the ratios first, then Criterion's statistics.

mod support;

fn main() {
    let server = support::Server::start();
    support::run(vec![
        support::signing::race(&support::signing::ACS3),
        support::signing::race(&support::signing::ACS3_TEMPORARY),
        support::signing::race(&support::signing::V1),
        support::signing::race(&support::signing::V1_TEMPORARY),
        support::decoding::of_the_sample(),
        support::decoding::of_proper_types(),
        support::loopback::race(&server, 1),
        support::loopback::race(&server, 256),
    ]);
}
