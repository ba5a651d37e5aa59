//! A server that does what a plan says, on a real socket, and records what it has read.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::sleep;

use crate::ledger::{Delivery, Fate};
use crate::plan::{After, Hint, Plan, Reading, Reply, Sending, Turn, Welcome};

pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    deliveries: Arc<Mutex<Vec<Delivery>>>,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) fn start(host: Ipv4Addr, plan: Plan) -> Self {
        let socket = bind((host, 0).into()).unwrap();
        let address = socket.local_addr().unwrap();
        let deliveries = Arc::default();
        // A port that is bound but not listening refuses connections, and nobody else can take it.
        let task = tokio::spawn(serve(socket, plan, Arc::clone(&deliveries)));
        Self { address, deliveries, task }
    }

    pub(crate) fn deliveries(&self) -> Vec<Delivery> {
        self.deliveries.lock().unwrap().clone()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

fn bind(address: SocketAddr) -> io::Result<TcpSocket> {
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    Ok(socket)
}

async fn serve(socket: TcpSocket, plan: Plan, deliveries: Arc<Mutex<Vec<Delivery>>>) {
    let mut absence = plan.absence;
    let plan = Arc::new(Mutex::new(plan));
    let mut connections = JoinSet::new();
    if let Some(away) = absence.filter(|away| away.connections == 0) {
        sleep(away.lasting).await;
        absence = None;
    }
    let address = socket.local_addr().unwrap();
    let mut listener = socket.listen(64).unwrap();
    let mut accepted = 0;
    while let Ok((stream, _)) = listener.accept().await {
        accepted += 1;
        let welcome = plan.lock().unwrap().welcome();
        connections.spawn(converse(stream, welcome, Arc::clone(&plan), Arc::clone(&deliveries)));
        if let Some(away) = absence.filter(|away| away.connections == accepted) {
            absence = None;
            drop(listener);
            sleep(away.lasting).await;
            listener = match listen_again(address).await {
                Some(listener) => listener,
                None => return,
            };
        }
    }
}

/// Listens again. The port may be unavailable for a moment; if it stays so, the schedule goes on without a server.
async fn listen_again(address: SocketAddr) -> Option<TcpListener> {
    for _ in 0..20 {
        if let Ok(listener) = bind(address).and_then(|socket| socket.listen(64)) {
            return Some(listener);
        }
        sleep(Duration::from_millis(5)).await;
    }
    None
}

async fn converse(
    mut stream: TcpStream,
    welcome: Welcome,
    plan: Arc<Mutex<Plan>>,
    deliveries: Arc<Mutex<Vec<Delivery>>>,
) {
    let _ = stream.set_nodelay(true);
    match welcome {
        Welcome::Serve => {}
        Welcome::Close => return,
        Welcome::Reset => return reset(&stream),
        Welcome::Ignore => return std::future::pending().await,
    }
    loop {
        let turn = plan.lock().unwrap().turn();
        let Some(request) = read(&mut stream, turn.reading).await else {
            if turn.reading == (Reading::Part { reset: true }) {
                reset(&stream);
            }
            return;
        };
        let fate = fate_by(turn.reply);
        deliveries.lock().unwrap().push(Delivery { id: id_in(&request), nonce: nonce_in(&request), fate });
        if !send(&mut stream, turn).await {
            return;
        }
    }
}

fn reset(stream: &TcpStream) {
    let _ = stream.set_zero_linger();
}

/// Returns the outcome of a request by its reply, however little of the reply arrives.
fn fate_by(reply: Reply) -> Fate {
    match reply {
        Reply::Throttled(..) | Reply::WrongTime { .. } | Reply::Refused => Fate::Refused,
        Reply::Odd(odd) => odd.fate,
        _ => Fate::CarriedOut,
    }
}

/// Reads a request, head and body; `None` means that the plan reads only a part, or that it ends early.
async fn read(stream: &mut TcpStream, reading: Reading) -> Option<String> {
    let mut request = Vec::new();
    while !request.ends_with(b"\r\n\r\n") {
        request.push(stream.read_u8().await.ok()?);
        if matches!(reading, Reading::Part { .. }) && request.len() > 40 {
            return None;
        }
    }
    let head = String::from_utf8(request).unwrap();
    let length = value_of(&head, "content-length: ").and_then(|text| text.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    Some(head + &String::from_utf8(body).unwrap())
}

fn value_of<'r>(request: &'r str, name: &str) -> Option<&'r str> {
    request.lines().find_map(|line| line.strip_prefix(name))
}

fn id_in(request: &str) -> String {
    let (_, rest) = request.split_once("Callee=").unwrap();
    rest.split(['&', ' ', '\r']).next().unwrap().to_owned()
}

fn nonce_in(request: &str) -> String {
    let in_header = value_of(request, "x-acs-signature-nonce: ");
    let in_form = || request.split_once("SignatureNonce=").map(|(_, rest)| rest.split('&').next().unwrap());
    in_header.or_else(in_form).unwrap_or_default().to_owned()
}

/// Sends the reply. Returns `false` if the connection is over.
async fn send(stream: &mut TcpStream, turn: Turn) -> bool {
    let Some(reply) = bytes_of(turn.reply) else { return std::future::pending().await };
    let part = |hundredths: u64| reply.len() * usize::try_from(hundredths).unwrap() / 100;
    match turn.sending {
        Sending::Whole => {
            if stream.write_all(&reply).await.is_err() {
                return false;
            }
        }
        Sending::Slowly(pause) => {
            for chunk in reply.chunks(8) {
                if stream.write_all(chunk).await.is_err() {
                    return false;
                }
                sleep(pause).await;
            }
        }
        Sending::Cut { hundredths, reset: by_reset } => {
            let _ = stream.write_all(reply.get(..part(hundredths)).unwrap()).await;
            if by_reset {
                reset(stream);
            }
            return false;
        }
        Sending::Stall { hundredths } => {
            let _ = stream.write_all(reply.get(..part(hundredths)).unwrap()).await;
            std::future::pending::<()>().await;
        }
    }
    if turn.reply == Reply::TooShort {
        return false;
    }
    let After::Close { after, reset: by_reset } = turn.after else { return true };
    sleep(after).await;
    if by_reset {
        reset(stream);
    }
    false
}

fn bytes_of(reply: Reply) -> Option<Vec<u8>> {
    let code = |code: &str| format!(r#"{{"Code":"{code}","Message":"m","RequestId":"R"}}"#);
    let page = || "<html><body>gateway</body></html>".to_owned();
    let (status, headers, body) = match reply {
        Reply::Success | Reply::TooShort => (200, String::new(), code("OK")),
        Reply::Throttled(status, hint) => (status, header_of(hint), code("Throttling.User")),
        Reply::WrongTime { hours } => (400, date(hours), code("InvalidTimeStamp.Expired")),
        Reply::Refused => (400, String::new(), code("UserBusy")),
        Reply::Fault(status) => (status, String::new(), code("InternalError")),
        Reply::Page(status) => (status, "Retry-After: 0\r\n".to_owned(), page()),
        Reply::Odd(odd) => (odd.status, String::new(), odd.body.to_owned()),
        Reply::Garbage => (200, String::new(), "}\u{0}{\"Code\"".to_owned()),
        Reply::Redirection => (307, "Location: http://127.0.0.1:1/\r\n".to_owned(), String::new()),
        Reply::NonceUsed => (400, String::new(), code("SignatureNonceUsed")),
        Reply::Silence => return None,
    };
    let length = body.len() + if reply == Reply::TooShort { 9 } else { 0 };
    Some(format!("HTTP/1.1 {status} S\r\nContent-Length: {length}\r\n{headers}\r\n{body}").into_bytes())
}

fn header_of(hint: Hint) -> String {
    match hint {
        Hint::None => String::new(),
        Hint::RetryAfter(millis) => format!("x-acs-retry-after: {millis}\r\n"),
        Hint::TimeLeft(millis) => format!("x-ratelimit-user-api: Limit:1,Remain:0,TimeLeft:{millis}\r\n"),
        Hint::Nonsense => "x-acs-retry-after: -1e9\r\nx-ratelimit-user: TimeLeft:soon\r\n".to_owned(),
    }
}

fn date(hours: u64) -> String {
    let time = SystemTime::now() + Duration::from_secs(hours * 3600);
    format!("Date: {}\r\n", httpdate::fmt_http_date(time))
}
