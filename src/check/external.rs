//! Whether outward addresses still answer: `fonds check --external`.
//!
//! Servers are guests' hosts, so they are asked gently: each address once, one request at a time to a host with a pause
//! between two, HEAD first and GET only where HEAD is refused, nothing of the answer's body, and under a name that says who
//! asks. A few hosts are asked side by side. Nothing but http and https is asked.
//!
//! An archive may come from somebody else, and its addresses with it. So no address in a private network is asked, be it
//! written as such or the answer of a name or a redirection: a check must not knock at doors behind the firewall of the
//! person who runs it. That person may allow it with `--private`; the archive cannot. A name is looked up once for each
//! request, and the connection goes to the addresses that were found then: a name that stands for a public address when it
//! is looked at and for a private one when it is asked (DNS rebinding) gains nothing. For that ureq lets its resolver be
//! replaced; that part of it does not follow semver, so Cargo.toml holds its minor version.

use std::collections::{BTreeMap, VecDeque};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, ToSocketAddrs};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ureq::Agent;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use url::{Host, Url};

use super::address::Outward;
use super::cache::Cache;
use crate::diagnostic::cause::Cause;
use crate::diagnostic::lang::Lang;
use crate::diagnostic::messages::{Silence, Task, WebMessage};
use crate::diagnostic::said::Said;
use crate::diagnostic::{Diagnostic, Report};
use crate::progress::Progress;

/// Hosts that are asked side by side.
const HOSTS: usize = 6;

/// The pause between two requests to one host.
const PAUSE: Duration = Duration::from_millis(500);

/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// Redirections that are followed.
const HOPS: usize = 5;

/// What asking for an address came to.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Answer {
    /// It is there; for good at another address, where there is one.
    There(Option<String>),
    /// The server says that it is not.
    Gone(u16),
    /// The server does not tell programs.
    Refused(u16),
    /// No server answered.
    Silent(Silence),
    /// It lies in a private network and was not asked.
    Private,
}

/// Which addresses may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Those in private networks too.
    Everywhere,
    /// Those that anybody can ask.
    Public,
}

/// Asks for every address within reach and reports what came of it.
pub(crate) fn ask(outward: &[Outward], reach: Reach, show_progress: Option<Lang>, report: &mut Report) {
    let mut cache = Cache::read();
    let mut places: BTreeMap<String, Vec<&Outward>> = BTreeMap::new();
    for one in outward {
        // The part behind # is the browser's business; no server is told of it.
        let address = one.address.split('#').next().unwrap_or_default().to_string();
        places.entry(address).or_default().push(one);
    }
    let mut hosts: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let mut answers: BTreeMap<&str, Answer> = BTreeMap::new();
    for address in places.keys() {
        if let Some(moved) = cache.get(address) {
            answers.insert(address, Answer::There(moved.map(str::to_string)));
            continue;
        }
        let host = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_string)).unwrap_or_default();
        hosts.entry(host).or_default().push(address);
    }
    let progress = Progress::new(Task::AskingAddresses, hosts.values().map(Vec::len).sum(), show_progress);
    let queue = Mutex::new(hosts.into_values().collect::<VecDeque<_>>());
    let asked = Mutex::new(Vec::new());
    let asker = Asker::new(DefaultResolver::default(), reach);
    std::thread::scope(|scope| {
        for _ in 0..HOSTS {
            scope.spawn(|| {
                while let Some(addresses) = next(&queue) {
                    for address in addresses {
                        let answer = asker.answer(address);
                        asked.lock().unwrap_or_else(PoisonError::into_inner).push((address, answer));
                        progress.step();
                    }
                }
            });
        }
    });
    progress.finish();
    answers.extend(asked.into_inner().unwrap_or_else(PoisonError::into_inner));
    for (address, answer) in &answers {
        if let Answer::There(moved) = answer {
            cache.put(address, moved.as_deref());
        }
        for place in &places[*address] {
            if let Some(fault) = told(answer) {
                report.push(fault.in_place(place.place.clone()));
            }
        }
    }
    // Without it the next check asks again, and that is all.
    let _ = cache.write();
}

fn next<'a>(queue: &Mutex<VecDeque<Vec<&'a str>>>) -> Option<Vec<&'a str>> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).pop_front()
}

fn told(answer: &Answer) -> Option<Diagnostic> {
    Some(match answer {
        Answer::There(None) => return None,
        Answer::There(Some(moved)) => Diagnostic::note(WebMessage::MovedAddress { address: moved.clone() }),
        Answer::Gone(status) => Diagnostic::warning(WebMessage::DeadAddress { status: usize::from(*status) }),
        Answer::Refused(status) => Diagnostic::note(WebMessage::RefusedAddress { status: usize::from(*status) }),
        Answer::Silent(why) => Diagnostic::warning(WebMessage::SilentAddress { why: Said(why.clone()) }),
        Answer::Private => Diagnostic::note(WebMessage::PrivateAddress),
    })
}

/// Looks names up, and refuses those that stand for an address in a private network.
#[derive(Debug)]
struct Vetted<R> {
    names: R,
    reach: Reach,
}

/// Why a name has no address.
#[derive(Debug)]
struct PrivateNetwork;

impl std::fmt::Display for PrivateNetwork {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("it lies in a private network")
    }
}

impl std::error::Error for PrivateNetwork {}

impl<R: Resolver> Resolver for Vetted<R> {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let found = self.names.resolve(uri, config, timeout)?;
        // Where the proxy stands the person has said, and not the archive.
        let is_proxy = config.proxy().is_some_and(|proxy| proxy.uri() == uri);
        if self.reach == Reach::Public && !is_proxy && found.iter().any(|found| is_private_ip(found.ip())) {
            return Err(ureq::Error::Other(Box::new(PrivateNetwork)));
        }
        Ok(found)
    }
}

struct Asker {
    agent: Agent,
    reach: Reach,
    /// When each host was asked last; who asks a host holds its lock.
    last: Mutex<BTreeMap<String, Arc<Mutex<Option<Instant>>>>>,
}

impl Asker {
    fn new(names: impl Resolver, reach: Reach) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .user_agent(concat!("fonds/", env!("CARGO_PKG_VERSION"), " (checks links of an archive)"))
            .build();
        let agent = Agent::with_parts(config, DefaultConnector::default(), Vetted { names, reach });
        Self { agent, reach, last: Mutex::default() }
    }

    /// Whether it is known before the request that an address lies in a private network. A proxy looks names up itself, so
    /// there they are looked up here too, as far as that helps.
    fn is_refused(&self, url: &Url) -> bool {
        let is_looked_up = matches!(url.host(), Some(Host::Domain(_))) && self.agent.config().proxy().is_none();
        self.reach == Reach::Public && !is_looked_up && is_private(url)
    }

    fn answer(&self, address: &str) -> Answer {
        let Ok(mut url) = Url::parse(address) else { return Answer::Silent(Silence::NotAnAddress) };
        // Where it stands for good: as long as every hop so far says so.
        let mut moved = None;
        let mut for_good = true;
        for _ in 0..=HOPS {
            if !matches!(url.scheme(), "http" | "https") {
                return Answer::Silent(Silence::OtherScheme { scheme: url.scheme().to_string() });
            }
            if self.is_refused(&url) {
                return Answer::Private;
            }
            let (status, to) = match self.request(&url) {
                Ok(answer) => answer,
                Err(ureq::Error::Other(why)) if why.is::<PrivateNetwork>() => return Answer::Private,
                Err(error) => return Answer::Silent(silence(&error)),
            };
            match status {
                301 | 302 | 303 | 307 | 308 => {
                    let Some(next) = to.and_then(|to| url.join(&to).ok()) else { return Answer::Gone(status) };
                    for_good &= matches!(status, 301 | 308);
                    url = next;
                    if for_good {
                        moved = Some(url.to_string());
                    }
                }
                200..400 => return Answer::There(moved),
                404 | 410 => return Answer::Gone(status),
                _ => return Answer::Refused(status),
            }
        }
        Answer::Silent(Silence::TooManyRedirects { most: HOPS })
    }

    /// One answer: the status, and where it leads on to. HEAD first; a server that does not know it is asked as a browser
    /// asks.
    fn request(&self, url: &Url) -> Result<(u16, Option<String>), ureq::Error> {
        let host = url.host_str().unwrap_or_default().to_string();
        let last = Arc::clone(self.last.lock().unwrap_or_else(PoisonError::into_inner).entry(host).or_default());
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        let mut answer = Err(ureq::Error::HostNotFound);
        for head in [true, false] {
            if let Some(rest) = last.and_then(|last| PAUSE.checked_sub(last.elapsed())) {
                std::thread::sleep(rest);
            }
            let asked = if head { self.agent.head(url.as_str()).call() } else { self.agent.get(url.as_str()).call() };
            *last = Some(Instant::now());
            answer = match asked {
                Ok(response) => {
                    let to = response.headers().get("location").and_then(|to| to.to_str().ok()).map(str::to_string);
                    Ok((response.status().as_u16(), to))
                }
                Err(error) => Err(error),
            };
            // A name that is not found will not be found by another method.
            if matches!(answer, Ok((200..400, _)) | Err(_)) {
                break;
            }
        }
        answer
    }
}

/// Why no answer came.
fn silence(error: &ureq::Error) -> Silence {
    match error {
        ureq::Error::HostNotFound => Silence::HostNotFound,
        ureq::Error::ConnectionFailed => Silence::NoConnection,
        ureq::Error::Timeout(_) => Silence::TimedOut,
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => Silence::BadCertificate,
        ureq::Error::Io(error) => match error.kind() {
            std::io::ErrorKind::ConnectionRefused | std::io::ErrorKind::ConnectionReset => Silence::NoConnection,
            std::io::ErrorKind::TimedOut => Silence::TimedOut,
            _ => Silence::Other { text: Cause::from(error).say(Lang::English) },
        },
        error => Silence::Other { text: error.to_string() },
    }
}

/// Whether an address, or what its name stands for, lies in a private network.
fn is_private(url: &Url) -> bool {
    match url.host() {
        None => true,
        Some(Host::Ipv4(ip)) => is_private_ip(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => is_private_ip(IpAddr::V6(ip)),
        Some(Host::Domain(name)) => {
            let port = url.port_or_known_default().unwrap_or(80);
            // A name that is not found is asked for all the same, which says so; behind a proxy it may be found there.
            (name, port).to_socket_addrs().is_ok_and(|mut found| found.any(|found| is_private_ip(found.ip())))
        }
    }
}

/// Addresses that IANA's registries of special-purpose addresses (RFC 6890) do not route globally.
fn is_private_ip(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => {
            let [a, b, c, _] = ip.octets();
            ip.is_private()
                || ip.is_loopback()
                || ip.is_link_local()
                || ip.is_broadcast()
                || ip.is_documentation()
                || ip.is_multicast()
                || a == 0
                || a >= 240
                || (a == 100 && (64..128).contains(&b))
                || (a == 198 && matches!(b, 18 | 19))
                || (a == 192 && b == 0 && c == 0)
        }
        IpAddr::V6(ip) => match within(ip) {
            Some(inner) => is_private_ip(IpAddr::V4(inner)),
            None => {
                let [first, second, third, ..] = ip.segments();
                ip.is_loopback()
                    || ip.is_unspecified()
                    || ip.is_multicast()
                    || first & 0xfe00 == 0xfc00
                    || first & 0xff80 == 0xfe80
                    || first == 0x100 && second == 0
                    || first == 0x2001 && (second == 0xdb8 || second == 0)
                    || first == 0x3fff && second < 0x1000
                    || first == 0x64 && second == 0xff9b && third == 1
            }
        },
    }
}

/// The address of IPv4 that one of IPv6 stands for, by which a gateway reaches it: mapped and compatible (RFC 4291, 2.5.5), NAT64
/// (RFC 6052), 6to4 (RFC 3056), ISATAP (RFC 5214).
fn within(ip: Ipv6Addr) -> Option<Ipv4Addr> {
    let of = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    match ip.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => None,
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => Some(of(high, low)),
        [0x2002, high, low, ..] => Some(of(high, low)),
        [_, _, _, _, 0 | 0x200, 0x5efe, high, low] => Some(of(high, low)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_networks() {
        for address in [
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://0x7f.1/",
            "http://localhost/",
            "http://10.1.2.3/",
            "http://192.168.0.1:8080/",
            "http://169.254.169.254/latest/meta-data",
            "http://100.64.0.1/",
            "http://[::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://[fd00::1]/",
            "http://[fe80::1]/",
            "http://[fec0::1]/",
            "http://[64:ff9b::10.0.0.1]/",
            "http://[64:ff9b:1::1]/",
            "http://[2002:c0a8:1::1]/",
            "http://[2001::1]/",
            "http://[::127.0.0.1]/",
            "http://[2606:2800::5efe:10.0.0.1]/",
            "http://0.0.0.0/",
        ] {
            assert!(is_private(&Url::parse(address).expect("an address")), "{address}");
        }
        for address in [
            "http://93.184.215.14/",
            "http://[2606:2800:220:1::1]/",
            "http://[64:ff9b::93.184.215.14]/",
            "http://100.128.0.1/",
        ] {
            assert!(!is_private(&Url::parse(address).expect("an address")), "{address}");
        }
    }

    /// A name that stands for something else each time that it is looked up.
    #[derive(Debug)]
    struct Turning {
        answers: Vec<&'static str>,
        asked: Arc<Mutex<usize>>,
    }

    impl Resolver for Turning {
        fn resolve(&self, _: &Uri, _: &Config, _: NextTimeout) -> Result<ResolvedSocketAddrs, ureq::Error> {
            let mut asked = self.asked.lock().expect("unbroken");
            let mut found = self.empty();
            for address in self.answers[*asked % self.answers.len()].split(' ') {
                found.push(address.parse().expect("an address"));
            }
            *asked += 1;
            Ok(found)
        }
    }

    fn asker(answers: &[&'static str]) -> (Asker, Arc<Mutex<usize>>) {
        let asked = Arc::default();
        (Asker::new(Turning { answers: answers.to_vec(), asked: Arc::clone(&asked) }, Reach::Public), asked)
    }

    #[test]
    fn a_name_is_asked_at_no_address_but_those_that_were_looked_at() {
        let server = std::net::TcpListener::bind("127.0.0.1:0").expect("a server");
        server.set_nonblocking(true).expect("a server that does not wait");
        let here: &'static str = server.local_addr().expect("an address").to_string().leak();
        let mixed: &'static str = format!("93.184.215.14:80 {here}").leak();
        for answer in [here, mixed] {
            let (asker, asked) = asker(&[answer]);
            assert_eq!(asker.answer("http://turning.example/"), Answer::Private);
            assert_eq!(*asked.lock().expect("unbroken"), 1);
        }
        assert!(server.accept().is_err(), "nobody came");
        // What was looked at is what the connection gets, and there is no second look.
        let names = Turning { answers: vec!["93.184.215.14:80", here], asked: Arc::default() };
        let vetted = Vetted { names, reach: Reach::Public };
        let uri: Uri = "http://turning.example/".parse().expect("an address");
        let config = Config::default();
        let timeout = || NextTimeout {
            after: Duration::from_secs(1).into(),
            reason: ureq::Timeout::Global,
            ..NextTimeout::default()
        };
        let found = vetted.resolve(&uri, &config, timeout()).expect("a public address");
        assert_eq!(found.iter().map(ToString::to_string).collect::<Vec<_>>(), ["93.184.215.14:80"]);
        assert!(vetted.resolve(&uri, &config, timeout()).is_err());
    }
}
