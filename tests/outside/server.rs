//! `fonds serve` while a test runs, asked over a plain socket: no client tidies what is sent.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::archive::Archive;

/// A server that ends with the test.
pub struct Server {
    child: Child,
    address: SocketAddr,
    said: Arc<Mutex<String>>,
}

/// An answer.
#[derive(Debug)]
pub struct Reply {
    pub status: u16,
    /// By name in lower case.
    pub headers: BTreeMap<String, String>,
    pub body: Vec<u8>,
}

impl Server {
    /// Serves an archive at a free port.
    pub fn of(archive: &Archive, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_fonds"))
            .args(["--lang", "en", "serve", "--port", "0"])
            .args(arguments)
            .current_dir(archive.path())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the binary runs");
        let said = Arc::new(Mutex::new(String::new()));
        let keep = |line: String, said: &Mutex<String>| {
            let mut said = said.lock().expect("no test panicked here");
            said.push_str(&line);
            said.push('\n');
        };
        let mut stdout = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
        let stderr = BufReader::new(child.stderr.take().expect("piped")).lines().map_while(Result::ok);
        let errors = Arc::clone(&said);
        thread::spawn(move || stderr.for_each(|line| keep(line, &errors)));
        let first = stdout.next().unwrap_or_default();
        let address = first.trim_start_matches("http://").trim_end_matches('/').parse();
        let rest = Arc::clone(&said);
        thread::spawn(move || stdout.for_each(|line| keep(line, &rest)));
        let address = address.unwrap_or_else(|_| panic!("no address: {first} {}", said.lock().expect("unpoisoned")));
        Self { child, address, said }
    }

    /// Everything that was printed after the address.
    pub fn said(&self) -> String {
        self.said.lock().expect("no test panicked here").clone()
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("a child").is_none()
    }

    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sends bytes as they are and reads until the other side ends, or for two seconds.
    pub fn send(&self, request: &[u8]) -> Vec<u8> {
        let mut stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(2))).expect("a timeout");
        // The server may have refused and gone before everything was sent.
        let _ = stream.write_all(request);
        let _ = stream.shutdown(std::net::Shutdown::Write);
        let mut answer = Vec::new();
        let _ = stream.read_to_end(&mut answer);
        answer
    }

    /// A request as a browser would send it, with more headers.
    pub fn ask(&self, method: &str, target: &str, headers: &str) -> Reply {
        let host = if headers.to_ascii_lowercase().contains("host:") {
            String::new()
        } else {
            format!("Host: {}\r\n", self.address)
        };
        let request = format!("{method} {target} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n");
        let mut stream = TcpStream::connect(self.address).expect("a connection");
        stream.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
        stream.write_all(request.as_bytes()).expect("sent");
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).expect("an answer");
        Reply::parse(&answer).unwrap_or_else(|| panic!("{method} {target}: {}", String::from_utf8_lossy(&answer)))
    }

    pub fn get(&self, target: &str) -> Reply {
        self.ask("GET", target, "")
    }

    /// Waits until something holds; `false` after some seconds.
    pub fn comes_to(&self, mut holds: impl FnMut(&Self) -> bool) -> bool {
        let started = Instant::now();
        while started.elapsed() < Duration::from_secs(10) {
            if holds(self) {
                return true;
            }
            thread::sleep(Duration::from_millis(20));
        }
        false
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Reply {
    pub fn parse(answer: &[u8]) -> Option<Self> {
        let end = answer.windows(4).position(|window| window == b"\r\n\r\n")?;
        let head = std::str::from_utf8(&answer[..end]).ok()?;
        let mut lines = head.split("\r\n");
        let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
        let headers: BTreeMap<String, String> = lines
            .filter_map(|line| line.split_once(':'))
            .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_string()))
            .collect();
        let body = answer[end + 4..].to_vec();
        let body = if headers.get("transfer-encoding").is_some_and(|coding| coding == "chunked") {
            unchunked(&body)
        } else {
            body
        };
        Some(Self { status, headers, body })
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

fn unchunked(mut body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::new();
    while let Some(end) = body.windows(2).position(|window| window == b"\r\n") {
        let length = std::str::from_utf8(&body[..end]).ok().and_then(|text| usize::from_str_radix(text, 16).ok());
        let Some(length) = length.filter(|length| *length > 0 && body.len() >= end + 4 + length) else { break };
        whole.extend_from_slice(&body[end + 2..end + 2 + length]);
        body = &body[end + 4 + length..];
    }
    whole
}
