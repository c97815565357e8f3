//! Messages that come over a connection.

use std::io::Read;

/// The payload of the first field of a message.
pub fn payload(mut connection: &[u8]) -> Result<Vec<u8>, String> {
    first(&mut connection).map_err(|error| error.to_string())
}

fn first(connection: &mut dyn Read) -> protobuf::ProtobufResult<Vec<u8>> {
    let mut connection = connection;
    let mut input = protobuf::CodedInputStream::new(&mut connection);
    let _ = input.read_raw_varint32()?;
    input.read_bytes()
}
