//! Where the cache of a shop is.

use redis::{ConnectionInfo, IntoConnectionInfo, RedisConnectionInfo};

/// The cache, as the settings have it.
#[derive(Debug)]
pub struct Cache {
    pub name: String,
    pub connection: ConnectionInfo,
}

/// The cache on `host` for this user. Port 0 and an empty host are mistakes.
pub fn cache(name: &str, host: &str, port: u16, user: &str, password: &str) -> Result<Cache, String> {
    if host.is_empty() || port == 0 {
        return Err(format!("no cache {name} at {host}:{port}"));
    }
    let account = RedisConnectionInfo::default().set_username(user).set_password(password);
    let connection = (host, port).into_connection_info().map_err(|error| error.to_string())?;
    Ok(Cache { name: name.to_owned(), connection: connection.set_redis_settings(account) })
}
