//! Records all spans and events, of every level and every crate, as lines: `attempt{number=1 outcome=ok …}`.

use std::collections::HashMap;
use std::fmt::{Debug, Write};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

#[derive(Clone, Default)]
pub(crate) struct Spans(Arc<Inner>);

#[derive(Default)]
struct Inner {
    next: AtomicU64,
    open: Mutex<HashMap<u64, Line>>,
    lines: Mutex<Vec<String>>,
}

struct Line(String);

impl Line {
    fn start(metadata: &Metadata<'_>) -> Self {
        Self(format!("{} {}{{", metadata.target(), metadata.name()))
    }
}

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, "{}={value:?} ", field.name()).unwrap();
    }
}

impl Spans {
    /// Returns the recorded lines. A span is recorded when it closes.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.0.lines.lock().unwrap().clone()
    }

    /// Returns the lines of this crate.
    pub(crate) fn own(&self) -> Vec<String> {
        self.lines().iter().filter_map(|line| Some(line.strip_prefix("acs_runtime ")?.to_owned())).collect()
    }

    /// Returns the lines of this crate with this name.
    pub(crate) fn named(&self, name: &str) -> Vec<String> {
        let start = format!("{name}{{");
        self.own().into_iter().filter(|line| line.starts_with(&start)).collect()
    }
}

impl Subscriber for Spans {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let id = self.0.next.fetch_add(1, Ordering::SeqCst) + 1;
        let mut line = Line::start(attributes.metadata());
        attributes.record(&mut line);
        self.0.open.lock().unwrap().insert(id, line);
        Id::from_u64(id)
    }

    fn record(&self, id: &Id, values: &Record<'_>) {
        if let Some(line) = self.0.open.lock().unwrap().get_mut(&id.into_u64()) {
            values.record(line);
        }
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line::start(event.metadata());
        event.record(&mut line);
        self.0.lines.lock().unwrap().push(line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}

    fn try_close(&self, id: Id) -> bool {
        // Each clone of a span is closed too. Only the first close finds the span, the others have nothing to record.
        if let Some(line) = self.0.open.lock().unwrap().get(&id.into_u64()) {
            let mut lines = self.0.lines.lock().unwrap();
            lines.push(line.0.clone());
        }
        true
    }
}
