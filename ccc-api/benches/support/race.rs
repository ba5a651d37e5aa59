//! Times contenders for the same work in turns, so that a slow machine slows them all.
#![expect(clippy::print_stdout, reason = "what it measures is what it is for")]

use std::time::{Duration, Instant};

use criterion::Criterion;

/// About how long the turns of a contender take together.
const TURNS: Duration = Duration::from_secs(2);
/// The shortest time of a turn.
const TURN: Duration = Duration::from_millis(2);

/// A way to do the work.
pub(crate) struct Contender {
    pub(crate) name: &'static str,
    /// Does the work this many times. Returns how long that took.
    pub(crate) work: Box<dyn FnMut(u64) -> Duration>,
}

impl Contender {
    /// Makes a contender whose work is a function.
    pub(crate) fn new<T>(name: &'static str, mut work: impl FnMut() -> T + 'static) -> Self {
        Self::timed(name, move |times| {
            let start = Instant::now();
            for _ in 0..times {
                std::hint::black_box(work());
            }
            start.elapsed()
        })
    }

    /// Makes a contender that measures its own time.
    pub(crate) fn timed(name: &'static str, work: impl FnMut(u64) -> Duration + 'static) -> Self {
        Self { name, work: Box::new(work) }
    }
}

/// A race over some work. The first contender is the floor.
pub(crate) struct Race {
    pub(crate) name: String,
    /// How many calls are one unit of work; the time of a single call is printed.
    pub(crate) calls: u32,
    /// The largest ratio of our time to the floor's.
    pub(crate) limit: f64,
    pub(crate) contenders: Vec<Contender>,
}

/// Runs the races, prints a table of them, then lets Criterion measure each contender by itself.
///
/// Arguments select races by a part of their name; with `--table` only the table is printed.
pub(crate) fn run(mut races: Vec<Race>) {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let name = arguments.iter().find(|argument| !argument.starts_with('-'));
    races.retain(|race| name.is_none_or(|name| race.name.contains(name) || name.starts_with(&race.name)));
    println!(
        "a call: the fastest turn; ratio: to the floor's; rounds: the quartiles of the ratios of each round"
    );
    println!("{:<26} {:<32} {:>10} {:>8} {:>24} {:>6}", "", "", "a call", "ratio", "rounds", "limit");
    for race in &mut races {
        race.compare();
    }
    if arguments.iter().any(|argument| argument == "--table") {
        return;
    }
    let mut criterion = Criterion::default().configure_from_args();
    for Race { name, contenders, .. } in races {
        let mut group = criterion.benchmark_group(&name);
        group.sample_size(20).measurement_time(Duration::from_secs(2));
        for mut contender in contenders {
            group.bench_function(contender.name, |bencher| bencher.iter_custom(&mut contender.work));
        }
        group.finish();
    }
    criterion.final_summary();
}

impl Race {
    /// Prints each contender's fastest turn, and the ratio of its turns to the floor's.
    fn compare(&mut self) {
        let turns: Vec<u64> = self.contenders.iter_mut().map(turn).collect();
        let mut times: Vec<Vec<f64>> = vec![Vec::new(); turns.len()];
        let start = Instant::now();
        for round in 0.. {
            if round >= 3 && start.elapsed() > TURNS * turns.len().try_into().unwrap_or(u32::MAX) {
                break;
            }
            for place in 0..turns.len() {
                // The order changes, so that no contender always follows the same one.
                let place = if round % 2 == 0 { place } else { turns.len() - 1 - place };
                let (Some(contender), Some(turn), Some(times)) =
                    (self.contenders.get_mut(place), turns.get(place), times.get_mut(place))
                else {
                    continue;
                };
                #[expect(clippy::cast_precision_loss, reason = "turns are short")]
                times.push((contender.work)(*turn).as_secs_f64() / *turn as f64);
            }
        }
        let floor = times.first().cloned().unwrap_or_default();
        for (position, (contender, times)) in self.contenders.iter().zip(times).enumerate() {
            let rounds = Quartiles::new(times.iter().zip(&floor).map(|(time, floor)| time / floor));
            let time = Duration::from_secs_f64(fastest(&times) / f64::from(self.calls));
            let race = if position == 0 { self.name.as_str() } else { "" };
            let limit = if contender.name == "ccc-api" { self.limit.to_string() } else { String::new() };
            println!(
                "{race:<26} {:<32} {:>10} {:>8.3} {:>8.3}{:>8.3}{:>8.3} {limit:>6}",
                contender.name,
                format!("{time:.2?}"),
                fastest(&times) / fastest(&floor),
                rounds.low,
                rounds.median,
                rounds.high,
            );
        }
    }
}

fn fastest(times: &[f64]) -> f64 {
    times.iter().copied().fold(f64::INFINITY, f64::min)
}

/// Returns how often a contender does its work in a turn.
fn turn(contender: &mut Contender) -> u64 {
    let mut times = 1;
    loop {
        let took = (contender.work)(times);
        if took >= TURN {
            return times;
        }
        times = if took < TURN / 16 { times * 8 } else { times * 2 };
    }
}

/// The quartiles of some numbers.
struct Quartiles {
    low: f64,
    median: f64,
    high: f64,
}

impl Quartiles {
    fn new(values: impl IntoIterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_unstable_by(f64::total_cmp);
        let at = |part: usize| values.get(values.len() * part / 4).copied().unwrap_or(f64::NAN);
        Self { low: at(1), median: at(2), high: at(3) }
    }
}
