//! Requests, as many as a server takes.

use super::process::Server;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const EXAMPLE: &str = include_str!("../../../generated/tests/examples/create_customer.request.txt");

/// One kind of request.
pub struct Load {
    /// What it does.
    pub name: &'static str,
    method: &'static str,
    path: &'static str,
    has_body: bool,
}

/// What a run gave. Times in microseconds.
#[derive(Clone, Copy, Debug, Default)]
pub struct Measured {
    /// Requests a second.
    pub per_second: f64,
    /// Median of the latency.
    pub median: f64,
    /// 99th percentile of the latency.
    pub percentile_99: f64,
    /// Time on a processor that the server took for a request.
    pub work: f64,
}

/// Microseconds in a clock tick of the system, as `/proc` counts them.
const TICK: f64 = 10_000.0;

impl Load {
    /// Reads one customer.
    pub const GET: Load =
        Load { name: "GET /beta/customers/1", method: "GET", path: "/beta/customers/1", has_body: false };
    /// Creates a customer.
    pub const CREATE: Load =
        Load { name: "POST /beta/customers", method: "POST", path: "/beta/customers", has_body: true };

    fn request(&self) -> Vec<u8> {
        let mut request = format!("{} {} HTTP/1.1\r\nhost: localhost\r\n", self.method, self.path);
        request += "authorization: Bearer administrator\r\n";
        let body = if self.has_body { body() } else { "" };
        if self.has_body {
            request += &format!("content-type: application/json\r\ncontent-length: {}\r\n", body.len());
        }
        (request + "\r\n" + body).into_bytes()
    }

    /// Sends requests over some connections, one after the other on each.
    pub async fn run(&self, server: &Server, connections: usize, round: Duration) -> std::io::Result<Measured> {
        let request = self.request();
        let address = server.address;
        let work = server.processor_time()?;
        let start = Instant::now();
        let end = start + round;
        let mut tasks = Vec::new();
        for _ in 0..connections {
            let request = request.clone();
            tasks.push(tokio::spawn(async move { send_until(address, &request, end).await }));
        }
        let mut latencies = Vec::new();
        for task in tasks {
            latencies.extend(task.await.map_err(std::io::Error::other)??);
        }
        latencies.sort_unstable();
        let at = |part: f64| latencies[((latencies.len() - 1) as f64 * part) as usize].as_secs_f64() * 1e6;
        let per_second = latencies.len() as f64 / start.elapsed().as_secs_f64();
        let work = (server.processor_time()? - work) as f64 * TICK / latencies.len() as f64;
        Ok(Measured { per_second, median: at(0.5), percentile_99: at(0.99), work })
    }
}

/// The body of the page's example, without the header of its file.
fn body() -> &'static str {
    EXAMPLE.split_once('\n').map_or(EXAMPLE, |(_, body)| body)
}

async fn send_until(address: SocketAddr, request: &[u8], end: Instant) -> std::io::Result<Vec<Duration>> {
    let mut connection = Connection::open(address).await?;
    let mut latencies = Vec::new();
    while Instant::now() < end {
        let start = Instant::now();
        connection.exchange(request).await?;
        latencies.push(start.elapsed());
    }
    Ok(latencies)
}

/// Bytes that a server holds for a connection that waits for its next request.
pub async fn memory_of_connections(server: &Server, number: usize) -> std::io::Result<u64> {
    let request = Load::CREATE.request();
    Connection::open(server.address).await?.exchange(&request).await?;
    let before = server.memory()?;
    let mut connections = Vec::new();
    for _ in 0..number {
        let mut connection = Connection::open(server.address).await?;
        connection.exchange(&request).await?;
        connections.push(connection);
    }
    Ok((server.memory()?.saturating_sub(before)) / number as u64)
}

struct Connection {
    socket: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    async fn open(address: SocketAddr) -> std::io::Result<Self> {
        let socket = TcpStream::connect(address).await?;
        socket.set_nodelay(true)?;
        Ok(Connection { socket, buffer: vec![0; 16 << 10] })
    }

    /// Sends a request and reads its answer, which must be a success.
    async fn exchange(&mut self, request: &[u8]) -> std::io::Result<()> {
        self.socket.write_all(request).await?;
        let mut filled = 0;
        loop {
            let read = self.socket.read(&mut self.buffer[filled..]).await?;
            filled += read;
            let answer = &self.buffer[..filled];
            if read == 0 || !b"HTTP/1.1 2".starts_with(&answer[..answer.len().min(10)]) {
                return Err(std::io::Error::other(String::from_utf8_lossy(answer)));
            }
            if length(answer).is_some_and(|length| filled >= length) {
                return Ok(());
            }
        }
    }
}

/// Length of head and body, once the head is there.
fn length(answer: &[u8]) -> Option<usize> {
    let head = answer.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&answer[..head]).ok()?;
    let body = text.lines().find_map(|line| line.strip_prefix("content-length: "))?;
    Some(head + body.parse::<usize>().ok()?)
}
