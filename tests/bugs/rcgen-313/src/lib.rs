//! Servers with a key of their own, as they are started and logged.

use rcgen::{KeyPair, PKCS_ED25519};

#[derive(Debug)]
pub struct Server {
    pub name: String,
    key: KeyPair,
}

/// A server whose Ed25519 key is made of a secret from the settings, of which 32 characters count.
pub fn start(name: &str, secret: &str) -> Result<Server, String> {
    let mut seed = [0; 32];
    let n = secret.len().min(32);
    seed[..n].copy_from_slice(&secret.as_bytes()[..n]);
    // PKCS #8 without the public half
    let mut der = vec![0x30, 0x2e, 2, 1, 0, 0x30, 5, 6, 3, 0x2b, 0x65, 0x70, 4, 0x22, 4, 0x20];
    der.extend_from_slice(&seed);
    let der = rustls_pki_types::PrivatePkcs8KeyDer::from(der);
    let key = KeyPair::from_pkcs8_der_and_sign_algo(&der, &PKCS_ED25519).map_err(|e| e.to_string())?;
    Ok(Server { name: name.to_string(), key })
}

/// The line that the log says when a server is ready.
pub fn ready_line(name: &str, secret: &str) -> Result<String, String> {
    Ok(format!("ready: {:?}", start(name, secret)?))
}
