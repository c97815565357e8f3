//! What goes over the wire for the contact form.

use lettre::smtp::client::net::{ClientTlsParameters, Connector, Timeout};
use lettre::smtp::client::InnerClient;
use std::io::{self, Cursor, Read, Write};
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// A server that says yes and keeps what it was told.
#[derive(Debug, Clone, Default)]
struct Wire(Arc<Mutex<Vec<u8>>>);

impl Read for Wire {
    fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
        (&b"250 ok\r\n"[..]).read(to)
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Connector for Wire {
    fn connect(_: &SocketAddr, _: Option<&ClientTlsParameters>) -> io::Result<Self> {
        Ok(Wire::default())
    }
    fn upgrade_tls(&mut self, _: &ClientTlsParameters) -> io::Result<()> {
        Ok(())
    }
    fn is_encrypted(&self) -> bool {
        false
    }
}

impl Timeout for Wire {
    fn set_read_timeout(&mut self, _: Option<Duration>) -> io::Result<()> {
        Ok(())
    }
    fn set_write_timeout(&mut self, _: Option<Duration>) -> io::Result<()> {
        Ok(())
    }
}

/// The bytes sent after DATA for a message with this text.
pub fn transmission(text: &str) -> Vec<u8> {
    // every line end as mail wants it
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\n', "\r\n");
    let wire = Wire::default();
    let mut client = InnerClient::new();
    client.set_stream(wire.clone());
    let message = format!("From: form@example.org\r\nSubject: contact\r\n\r\n{text}");
    client.message(Box::new(Cursor::new(message.into_bytes()))).expect("the server says yes");
    let sent = wire.0.lock().unwrap().clone();
    sent
}
