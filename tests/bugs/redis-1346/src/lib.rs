//! Replies of servers that speak the protocol of Redis.

/// Whether a reply is complete.
pub fn is_reply(bytes: &[u8]) -> bool {
    redis::parse_redis_value(bytes).is_ok()
}
