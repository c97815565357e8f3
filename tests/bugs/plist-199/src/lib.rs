//! Property lists that devices send, in whichever form.

use std::io::Cursor;

/// The XML form of a property list.
pub fn to_xml(list: &[u8]) -> Result<String, String> {
    let value = plist::Value::from_reader(Cursor::new(list)).map_err(|error| error.to_string())?;
    let mut xml = Vec::new();
    value.to_writer_xml(&mut xml).map_err(|error| error.to_string())?;
    String::from_utf8(xml).map_err(|error| error.to_string())
}
