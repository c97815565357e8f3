//! The address of a server that the user's own code starts.

use std::any::Any;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Display;
use std::net::{SocketAddr, ToSocketAddrs as _};

use super::{Generator, with};
use crate::source::Source;

/// Servers of this thread by what starts them: the address, and what has to live as long as they run.
type Running = BTreeMap<&'static str, (String, Box<dyn Any>)>;

thread_local! {
    static RUNNING: RefCell<Running> = const { RefCell::new(BTreeMap::new()) };
}

/// Makes addresses of one server.
#[derive(Clone, Copy, Debug)]
pub struct Server<F> {
    name: &'static str,
    start: F,
}

/// The server that `start` starts when the first case of a test asks for it; it answers all of them, and ends with the
/// test. What is given shows as its address.
pub fn server<S: Display + 'static, F: Fn() -> S>(name: &'static str, start: F) -> Server<F> {
    Server { name, start }
}

impl<S: Display + 'static, F: Fn() -> S> Server<F> {
    /// Its address as the server gives it.
    pub fn text(self) -> impl Generator<Value = String> {
        with(move |source| Ok(self.address(source)))
    }

    /// Host and port.
    ///
    /// # Panics
    /// If the address has no port.
    pub fn socket(self) -> impl Generator<Value = SocketAddr> {
        with(move |source| {
            let address = self.address(source);
            Ok(socket(&address)
                .unwrap_or_else(|| panic!("`{}` gives {address:?}, which has no port", self.name)))
        })
    }

    /// The port.
    ///
    /// # Panics
    /// If the address has none.
    pub fn port(self) -> impl Generator<Value = u16> {
        with(move |source| {
            let address = self.address(source);
            let port = port(&address);
            Ok(port.unwrap_or_else(|| panic!("`{}` gives {address:?}, which has no port", self.name)))
        })
    }

    /// The address as a URL, `http` if it has no scheme.
    pub fn url(self) -> impl Generator<Value = String> {
        with(move |source| {
            let address = self.address(source);
            Ok(if address.contains("://") { address } else { format!("http://{address}/") })
        })
    }

    fn address(&self, source: &mut Source<'_>) -> String {
        let known = RUNNING.with_borrow(|running| running.get(self.name).map(|(address, _)| address.clone()));
        let address = known.unwrap_or_else(|| {
            let server = (self.start)();
            let address = server.to_string();
            RUNNING.with_borrow_mut(|running| running.insert(self.name, (address.clone(), Box::new(server))));
            address
        });
        source.show(|| format!("the address of `{}`", self.name));
        address
    }
}

/// The text with the names of the servers of this thread for their addresses, which are others in each process.
pub(crate) fn unaddressed(text: &str) -> String {
    RUNNING.with_borrow(|running| {
        running.iter().fold(text.to_string(), |text, (name, (address, _))| {
            let named = text.replace(address.as_str(), name).replace(authority(address), name);
            port(address).map_or(named.clone(), |port| without_number(&named, &port.to_string(), "port"))
        })
    })
}

/// The text with a word for a number where it stands by itself.
fn without_number(text: &str, number: &str, word: &str) -> String {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    let (mut out, mut at) = (String::new(), 0);
    for (found, _) in text.match_indices(number) {
        let end = found + number.len();
        if is_digit(text[..found].chars().next_back()) || is_digit(text[end..].chars().next()) {
            continue;
        }
        out.push_str(&text[at..found]);
        out.push_str(word);
        at = end;
    }
    out + &text[at..]
}

/// Host and port of an address or URL.
fn authority(address: &str) -> &str {
    let behind = address.split_once("://").map_or(address, |(_, behind)| behind);
    let authority = behind.split(['/', '?', '#']).next().unwrap_or(behind);
    authority.rsplit_once('@').map_or(authority, |(_, host)| host)
}

fn socket(address: &str) -> Option<SocketAddr> {
    authority(address).to_socket_addrs().ok()?.next()
}

fn port(address: &str) -> Option<u16> {
    let authority = authority(address);
    authority.rsplit_once(':').map_or(authority, |(_, port)| port).parse().ok()
}

#[cfg(test)]
mod tests {
    use std::fmt;
    use std::rc::Rc;

    use super::*;
    use crate::dictionary::Dictionary;

    /// A server whose end is seen.
    struct Seen {
        _run: Rc<()>,
    }

    impl fmt::Display for Seen {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("http://127.0.0.1:4711/x")
        }
    }

    #[test]
    fn a_server_is_started_once_and_runs_on() {
        let runs = Rc::new(());
        let dictionary = Dictionary::default();
        let mut source = Source::replaying(Vec::new(), &dictionary);
        let server = || server("seen", || Seen { _run: Rc::clone(&runs) });
        assert_eq!(server().text().make(&mut source).expect("made"), "http://127.0.0.1:4711/x");
        assert_eq!(server().port().make(&mut source).expect("made"), 4711);
        assert_eq!(server().socket().make(&mut source).expect("made").to_string(), "127.0.0.1:4711");
        assert_eq!(server().url().make(&mut source).expect("made"), "http://127.0.0.1:4711/x");
        assert_eq!(Rc::strong_count(&runs), 2, "one server, which still runs");
        let seen = "asked http://127.0.0.1:4711/x, host 127.0.0.1:4711, port 4711 of 47110";
        assert_eq!(unaddressed(seen), "asked seen, host seen, port port of 47110");
        RUNNING.with_borrow_mut(BTreeMap::clear);
        assert_eq!(unaddressed(seen), seen);
        assert_eq!(Rc::strong_count(&runs), 1);
    }

    #[test]
    fn ports_are_found_in_every_form_of_an_address() {
        for address in ["127.0.0.1:80", "http://a:b@localhost:80/c?d", "[::1]:80", "80"] {
            assert_eq!(port(address), Some(80), "{address}");
        }
        assert_eq!(port("localhost"), None);
    }
}
