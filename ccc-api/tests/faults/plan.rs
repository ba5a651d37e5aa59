//! The plan of one schedule, drawn from its seed: what the server does to connections and requests.

use std::time::Duration;

use crate::chance::Chance;
use crate::odd::{ODD, Odd};

/// What happens to a connection before the server reads a request from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Welcome {
    Serve,
    Close,
    Reset,
    /// Nothing is ever read.
    Ignore,
}

/// How much of a request is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reading {
    Whole,
    /// The start; then the connection ends.
    Part {
        reset: bool,
    },
}

/// The reply to a request that was read completely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reply {
    Success,
    /// A refusal because of throttling, in one of several forms.
    Throttled(u16, Hint),
    /// A refusal because of the time at which the request was signed; its `Date` is this much later.
    WrongTime {
        hours: u64,
    },
    /// A refusal because of the parameters.
    Refused,
    /// A failure of the service, with a code.
    Fault(u16),
    /// A page of a gateway with this status, which does not say whether the request was carried out.
    Page(u16),
    Garbage,
    /// A readable response that is written in an odd way.
    Odd(Odd),
    /// A success whose stated length is too large; then the connection ends.
    TooShort,
    Redirection,
    Silence,
    NonceUsed,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hint {
    None,
    RetryAfter(u64),
    TimeLeft(u64),
    Nonsense,
}

/// How the bytes of a reply are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sending {
    Whole,
    /// One after another, with pauses of this length.
    Slowly(Duration),
    /// This percentage of the bytes; then the connection ends.
    Cut {
        hundredths: u64,
        reset: bool,
    },
    /// This percentage of the bytes; then nothing more.
    Stall {
        hundredths: u64,
    },
}

/// What happens to a connection after a complete reply.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum After {
    KeepAlive,
    /// It is closed after this time, while the client may be about to use it again.
    Close {
        after: Duration,
        reset: bool,
    },
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Turn {
    pub(crate) reading: Reading,
    pub(crate) reply: Reply,
    pub(crate) sending: Sending,
    pub(crate) after: After,
}

/// When nobody listens.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Absence {
    /// After this many connections.
    pub(crate) connections: u64,
    pub(crate) lasting: Duration,
}

#[derive(Clone, Debug)]
pub(crate) struct Plan {
    chance: Chance,
    /// How many of ten steps have a fault.
    trouble: u64,
    pub(crate) absence: Option<Absence>,
}

impl Plan {
    pub(crate) fn draw(chance: &mut Chance) -> Self {
        let absence = chance.one_in(4).then(|| Absence {
            connections: chance.below(3),
            lasting: Duration::from_millis(1 + chance.below(40)),
        });
        Self { chance: Chance::new(chance.next()), trouble: 1 + chance.below(5), absence }
    }

    fn trouble(&mut self) -> bool {
        self.chance.below(10) < self.trouble
    }

    pub(crate) fn welcome(&mut self) -> Welcome {
        // Most faults are for requests.
        if self.trouble() && self.chance.one_in(3) {
            match self.chance.below(8) {
                0 => Welcome::Ignore,
                1..=4 => Welcome::Close,
                _ => Welcome::Reset,
            }
        } else {
            Welcome::Serve
        }
    }

    pub(crate) fn turn(&mut self) -> Turn {
        let reading = if self.trouble() && self.chance.one_in(5) {
            Reading::Part { reset: self.chance.one_in(2) }
        } else {
            Reading::Whole
        };
        let reply = if self.trouble() { self.bad_reply() } else { Reply::Success };
        let sending =
            if self.trouble() && self.chance.one_in(2) { self.bad_sending() } else { Sending::Whole };
        let after = if self.chance.one_in(3) {
            // Often at the very moment at which the next request is written.
            let after = Duration::from_micros(self.chance.pick(&[0, 0, 50, 200, 1000, 5000]));
            After::Close { after, reset: self.chance.one_in(2) }
        } else {
            After::KeepAlive
        };
        Turn { reading, reply, sending, after }
    }

    fn bad_reply(&mut self) -> Reply {
        let hint = match self.chance.below(5) {
            0 => Hint::RetryAfter(self.chance.below(30)),
            1 => Hint::TimeLeft(self.chance.below(30)),
            2 => Hint::Nonsense,
            3 => Hint::RetryAfter(self.chance.next()),
            _ => Hint::None,
        };
        match self.chance.below(29) {
            0..=7 => Reply::Throttled(self.chance.pick(&[200, 400, 429, 503]), hint),
            8 | 9 => Reply::WrongTime { hours: self.chance.pick(&[0, 1, 20, 100]) },
            10 | 11 => Reply::Refused,
            12..=15 => Reply::Fault(self.chance.pick(&[200, 500, 502, 503])),
            16..=19 => Reply::Page(self.chance.pick(&[200, 408, 429, 500, 502, 503, 504])),
            20 | 21 => Reply::Garbage,
            22 => Reply::Redirection,
            23 | 24 => Reply::NonceUsed,
            25 | 26 => Reply::Odd(self.chance.pick(&ODD)),
            27 => Reply::TooShort,
            _ => Reply::Silence,
        }
    }

    fn bad_sending(&mut self) -> Sending {
        let hundredths = self.chance.below(100);
        match self.chance.below(12) {
            0..=2 => Sending::Slowly(Duration::from_micros(self.chance.pick(&[50, 500, 20_000]))),
            3 => Sending::Stall { hundredths },
            _ => Sending::Cut { hundredths, reset: self.chance.one_in(2) },
        }
    }
}
