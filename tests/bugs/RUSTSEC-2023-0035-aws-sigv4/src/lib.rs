//! What the trace level logs before a request is signed.

use aws_sigv4::SigningParams;
use std::time::UNIX_EPOCH;

/// The log line for a request to `region`.
pub fn signing_log(access_key: &str, secret_key: &str, region: &str) -> String {
    let params = SigningParams::builder()
        .access_key(access_key)
        .secret_key(secret_key)
        .region(region)
        .service_name("storage")
        .time(UNIX_EPOCH)
        .settings(())
        .build()
        .expect("all there");
    format!("about to sign: {params:?}")
}
