//! Recordings that users upload.

use std::io::Cursor;

/// The loudest sample of a recording.
pub fn loudest(recording: &[u8]) -> Result<u32, String> {
    let reader = hound::WavReader::new(Cursor::new(recording)).map_err(|error| error.to_string())?;
    let mut loudest = 0;
    for sample in reader.into_samples::<i32>() {
        loudest = loudest.max(sample.map_err(|error| error.to_string())?.unsigned_abs());
    }
    Ok(loudest)
}
