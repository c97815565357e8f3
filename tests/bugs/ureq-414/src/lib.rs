//! What a branch of a shop asks the head office.

use std::net::SocketAddr;
use std::time::Duration;

/// How much of an article the head office has; the branch signs in with its name and password.
pub fn stock(office: SocketAddr, article: u32, branch: &str, password: &str) -> Result<String, ureq::Error> {
    let account = base64::encode(format!("{branch}:{password}"));
    let agent = ureq::AgentBuilder::new().timeout(Duration::from_secs(5)).build();
    let answer = agent
        .get(&format!("http://{office}/stock/{article}"))
        .set("Authorization", &format!("Basic {account}"))
        .call()?;
    Ok(answer.into_string()?)
}
