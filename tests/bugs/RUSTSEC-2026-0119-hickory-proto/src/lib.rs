//! A forwarder of DNS messages.

use hickory_proto::op::Message;

/// A message as it is passed on, after it was checked.
pub fn passed_on(message: &[u8]) -> Result<Vec<u8>, String> {
    let message = Message::from_vec(message).map_err(|error| error.to_string())?;
    message.to_vec().map_err(|error| error.to_string())
}
