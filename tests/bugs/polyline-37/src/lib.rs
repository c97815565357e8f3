//! Routes that phones send as encoded polylines.

/// How many points a route has.
pub fn points(route: &str) -> Result<usize, String> {
    polyline::decode_polyline(route, 5).map(|line| line.0.len()).map_err(|error| error.to_string())
}
