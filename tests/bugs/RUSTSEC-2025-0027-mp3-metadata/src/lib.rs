//! Songs that users upload.

/// How long a song is, in seconds.
pub fn seconds(song: &[u8]) -> Result<u64, String> {
    mp3_metadata::read_from_slice(song).map(|song| song.duration.as_secs()).map_err(|error| error.to_string())
}
