//! Who may ask, and for what.
//!
//! A server on the loopback address is reached by every page that the browser has open. Such a page may not read the
//! answers, since they carry no permission for other origins; but where its own name is made to point at this machine (DNS
//! rebinding) the browser takes both for one origin. That name then stands in `Host`, so a request is answered only where
//! `Host` is an address or a name that was expected. Nobody can rebind an address.
//!
//! A path is decoded once and looked up in what the archive is known to hold. It is never joined to a folder, so that no
//! `..`, however it is written, can lead anywhere; the few files that are then read are looked at once more for symbolic links.

use std::net::IpAddr;

use percent_encoding::percent_decode_str;

/// Names under which the server may be asked.
#[derive(Debug, Clone)]
pub(crate) struct Hosts {
    /// Whether every address will do, since the machine's own are not known: where it listens beyond the loopback.
    any_address: bool,
    names: Vec<String>,
}

impl Hosts {
    /// For a server that listens on an address.
    pub(crate) fn new(bind: IpAddr, names: &[String]) -> Self {
        Self {
            any_address: !bind.is_loopback(),
            names: names.iter().map(|name| name.trim_end_matches('.').to_ascii_lowercase()).collect(),
        }
    }

    /// Whether a request with this `Host` is answered.
    pub(crate) fn allow(&self, host: &str) -> bool {
        let name = without_port(host).trim_end_matches('.').to_ascii_lowercase();
        let address = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(&name);
        match address.parse::<IpAddr>() {
            Ok(address) => self.any_address || address.is_loopback(),
            // RFC 6761, 6.3: names under localhost. are this machine, and browsers see to it.
            Err(_) => name == "localhost" || name.ends_with(".localhost") || self.names.contains(&name),
        }
    }
}

/// `host:80` and `[::1]:80` without the port.
fn without_port(host: &str) -> &str {
    let digits = |port: &str| port.bytes().all(|byte| byte.is_ascii_digit());
    match host.rsplit_once(':') {
        Some((name, port)) if digits(port) && (name.ends_with(']') || !name.contains(':')) => name,
        _ => host,
    }
}

/// The path of a file in the site that an address asks for; `None` where it can be none.
pub(crate) fn path_of(address: &str) -> Option<String> {
    let path = percent_decode_str(address.strip_prefix('/')?).decode_utf8().ok()?;
    let sound = |part: &str| !matches!(part, "." | "..") && !part.contains(['\\', '\0']);
    // Only the last part may be empty: that is a folder's page.
    let (folders, last) = path.rsplit_once('/').map_or((None, &*path), |(folders, last)| (Some(folders), last));
    let sound =
        sound(last) && folders.is_none_or(|folders| folders.split('/').all(|part| !part.is_empty() && sound(part)));
    sound.then(|| path.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_could_be_rebound_are_refused() {
        let here = Hosts::new("127.0.0.1".parse().expect("an address"), &["Desk.example.".to_string()]);
        for host in [
            "127.0.0.1:1111",
            "127.0.0.1",
            "localhost:1111",
            "LOCALHOST.",
            "[::1]:1111",
            "a.localhost",
            "desk.example:80",
        ] {
            assert!(here.allow(host), "{host}");
        }
        for host in [
            "",
            "evil.example",
            "evil.example:1111",
            "localhost.evil.example",
            "10.0.0.1",
            "127.0.0.1.nip.io",
            "[::2]",
            "::1:x",
            "desk.example.evil",
        ] {
            assert!(!here.allow(host), "{host}");
        }
        let open = Hosts::new("0.0.0.0".parse().expect("an address"), &[]);
        assert!(open.allow("10.0.0.1:1111") && open.allow("[fe80::1]") && !open.allow("evil.example"));
    }

    #[test]
    fn paths_that_lead_out_are_none() {
        assert_eq!(path_of("/").as_deref(), Some(""));
        assert_eq!(path_of("/a/b.html").as_deref(), Some("a/b.html"));
        assert_eq!(path_of("/%E6%96%87/").as_deref(), Some("文/"));
        for address in [
            "",
            "a",
            "/..",
            "/a/../b",
            "/%2e%2e/b",
            "/a/%2E./b",
            "/a%00b",
            "/a%5c..%5cb",
            "//etc/passwd",
            "/a//b",
            "/%ff",
            "/./a",
            "/a/..",
        ] {
            assert_eq!(path_of(address), None, "{address}");
        }
        // What is encoded twice is decoded once: a file name with a percent sign.
        assert_eq!(path_of("/%252e%252e/b").as_deref(), Some("%2e%2e/b"));
        assert_eq!(path_of("/%2fetc/passwd"), None);
    }
}
