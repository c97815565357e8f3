//! Requests to the service behind this one.

/// The address at which the service is asked for what a client wants of it.
pub fn address(wanted: &str) -> Option<String> {
    let address = http::Uri::builder().scheme("https").authority("api.example.org").path_and_query(wanted);
    address.build().ok().map(|address| address.to_string())
}
