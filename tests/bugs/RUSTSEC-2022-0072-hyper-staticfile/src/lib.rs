//! The files of a site.

use hyper_staticfile::{ResolveResult, ResponseBuilder};

/// Where a visitor is sent who asked for a folder at this address and left out the slash behind it.
pub fn moved(address: &str) -> Option<String> {
    let request = http::Request::get(address).body(()).ok()?;
    if request.uri().path().ends_with('/') {
        return None;
    }
    let answer = ResponseBuilder::new().request(&request).build(ResolveResult::IsDirectory).ok()?;
    Some(answer.headers().get("location")?.to_str().ok()?.to_owned())
}
