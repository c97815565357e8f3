//! The readings of a water meter, packed to be kept for years.

use tsz::stream::{BufferedReader, BufferedWriter};
use tsz::{DataPoint, Decode, Encode, StdDecoder, StdEncoder};

/// When the meter was installed.
const START: u64 = 1_700_000_000;

/// Packs readings: how many seconds after the one before, and what the meter showed in litres.
pub fn pack(readings: &[(u16, i32)]) -> Vec<u8> {
    let first = readings.first().map_or(0, |(seconds, _)| u64::from(*seconds));
    let mut encoder = StdEncoder::new(START + first, BufferedWriter::new());
    let mut time = START;
    for (seconds, litres) in readings {
        time += u64::from(*seconds);
        encoder.encode(DataPoint::new(time, f64::from(*litres)));
    }
    encoder.close().into_vec()
}

/// Unpacks what `pack` made.
pub fn unpack(packed: &[u8]) -> Option<Vec<(u16, i32)>> {
    let mut decoder = StdDecoder::new(BufferedReader::new(packed.into()));
    let mut readings = Vec::new();
    let mut time = START;
    loop {
        match decoder.next() {
            Ok(point) => {
                let seconds = point.get_time().checked_sub(time)?;
                readings.push((u16::try_from(seconds).ok()?, point.get_value() as i32));
                time = point.get_time();
            }
            Err(tsz::decode::Error::EndOfStream) => return Some(readings),
            Err(_) => return None,
        }
    }
}
