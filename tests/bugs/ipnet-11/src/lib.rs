//! Networks that an administrator enters, to be scanned.

use ipnet::Ipv4Net;

/// The addresses of a network; those of more than 256 are refused.
pub fn addresses(network: &str) -> Option<Vec<String>> {
    let network: Ipv4Net = network.trim().parse().ok()?;
    let hosts = || network.hosts().map(|host| host.to_string());
    (network.prefix_len() >= 24).then(|| hosts().collect())
}
