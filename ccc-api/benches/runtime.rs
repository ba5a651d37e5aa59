//! The client beside its floors: signing beside bare hashing, decoding beside a plain serde derive, a call on loopback
//! beside a bare reqwest call. The ratios are printed first, Criterion's statistics follow.

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
