//! Sends one MakeCall to a hostile server, and measures the most memory that the client held at once.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use ccc_api::operation::make_call::{MakeCallError, MakeCallRequest, MakeCallResponse};
use ccc_api::response::Format;
use ccc_api::{Client, Config, Credentials, Error, Response};

use crate::LENGTH;

pub(crate) const MIB: u64 = 1024 * 1024;

/// The most bytes that an error may keep, together with the client's buffers.
const KEPT: i64 = 1024 * 1024;
/// The most bytes that an error may write to a log, with all its sources, each by `Display` and by `Debug`.
const LONGEST_TEXT: usize = 16 * 1024;

/// What the application got, and how much memory that took.
pub(crate) struct Outcome {
    pub(crate) answer: Result<Response<MakeCallResponse>, Error<MakeCallError>>,
    /// The most bytes that the client held at once, its buffers and tasks included; the server's are not.
    pub(crate) peak: u64,
    /// The bytes still held at the end: by the response or the error, and by the client.
    pub(crate) kept: i64,
}

impl Outcome {
    /// Returns the error. Checks that it is short, and that memory is bounded by `most` at once and by little afterwards.
    #[track_caller]
    pub(crate) fn error_within(&self, most: u64) -> &Error<MakeCallError> {
        let error = self.answer.as_ref().expect_err("an error");
        assert!(self.peak <= most, "{} bytes for {:.80}", self.peak, error.to_string());
        assert!(self.kept <= KEPT, "{} bytes kept for {:.80}", self.kept, error.to_string());
        let mut texts = format!("{error}{error:?}");
        let mut link = error.caused_by();
        while let Some(source) = link {
            texts.push_str(&format!("{source}{source:?}"));
            link = source.source();
        }
        assert!(texts.len() <= LONGEST_TEXT, "{} bytes of text", texts.len());
        error
    }
}

/// The server's part of an exchange, after the request. It fails when the client closes the connection.
type Sending = std::io::Result<()>;

/// Places a call to a server that reads the request, runs `answer`, and closes the connection.
pub(crate) fn attack(answer: impl FnOnce(&mut TcpStream) -> Sending + Send + 'static) -> Outcome {
    attack_within(Duration::from_secs(60), answer)
}

/// Does the same with a time limit.
pub(crate) fn attack_within(
    limit: Duration,
    answer: impl FnOnce(&mut TcpStream) -> Sending + Send + 'static,
) -> Outcome {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.set_write_timeout(Some(Duration::from_secs(60))).unwrap();
        read_head(&mut stream);
        let _ = answer(&mut stream);
    });

    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let request = MakeCallRequest::builder().callee("13188888888").device_id("d").instance_id("i").build();
    let config = Config::builder()
        .endpoint(endpoint)
        .credentials(Credentials::new("testid", "testsecret"))
        .format(Format::Xml)
        .attempt_timeout(limit)
        .timeout(limit)
        .build()
        .unwrap();
    let mut got = None;
    // The whole client runs on this thread, whose memory is measured.
    let cost = allocation_counter::measure(|| {
        let client = Client::new(config).unwrap();
        got = Some(runtime.block_on(client.send(&request)));
    });
    drop(runtime);
    server.join().unwrap();
    Outcome { answer: got.unwrap(), peak: cost.bytes_max, kept: cost.bytes_current }
}

fn read_head(stream: &mut TcpStream) {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
        head.push(byte[0]);
    }
}

/// Places a call to a server that sends a beginning, and then `filling` again and again.
pub(crate) fn endless(beginning: &'static str, filling: &'static [u8]) -> Outcome {
    attack(move |stream| {
        stream.write_all(beginning.as_bytes())?;
        repeat(stream, filling, usize::MAX)
    })
}

/// Places a call to a server whose body is [`LENGTH`] long: `start`, `filling` again and again, `end`.
pub(crate) fn full(
    status: &'static str,
    start: &'static str,
    filling: &'static [u8],
    end: &'static str,
) -> Outcome {
    let length = usize::try_from(LENGTH).unwrap();
    let times = (length - start.len() - end.len()) / filling.len();
    attack(move |stream| {
        let length = start.len() + filling.len() * times + end.len();
        write!(stream, "HTTP/1.1 {status}\r\nContent-Length: {length}\r\n\r\n{start}")?;
        repeat(stream, filling, times)?;
        stream.write_all(end.as_bytes())
    })
}

/// Writes the same bytes `times` times, in large pieces.
pub(crate) fn repeat(stream: &mut TcpStream, bytes: &[u8], times: usize) -> Sending {
    let at_once = (64 * 1024 / bytes.len()).max(1);
    let piece = bytes.repeat(at_once);
    for _ in 0..times / at_once {
        stream.write_all(&piece)?;
    }
    stream.write_all(&bytes.repeat(times % at_once))
}
