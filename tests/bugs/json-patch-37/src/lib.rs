//! Documents that two devices keep alike by sending what has changed.

use serde_json::Value;

/// The document of the other device after it has applied what changed here.
pub fn after_sync(old: &Value, new: &Value) -> Result<Value, String> {
    let changes = json_patch::diff(old, new);
    let mut other = old.clone();
    json_patch::patch(&mut other, &changes).map_err(|error| error.to_string())?;
    Ok(other)
}

/// The same for documents as text; what is no JSON is refused.
pub fn sync_text(old: &str, new: &str) -> Option<bool> {
    let old: Value = serde_json::from_str(old).ok()?;
    let new: Value = serde_json::from_str(new).ok()?;
    Some(after_sync(&old, &new).is_ok_and(|other| other == new))
}
