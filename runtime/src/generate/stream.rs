//! Streams in memory that behave as real ones may: a read gives fewer bytes than there are, or is interrupted.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, BufRead, Cursor, Read, Seek, SeekFrom, Write};

use crate::show::show_bytes;

/// Bytes that are read in pieces; what is written to it is taken whole and read by nobody.
///
/// How it behaves follows from its bytes, so that it does the same in every replay. A quarter of all streams give
/// whatever is asked for.
#[derive(Clone, Default)]
pub struct Stream {
    bytes: Cursor<Vec<u8>>,
    /// The most bytes a read gives.
    most: usize,
    /// One in so many reads is interrupted; none if 0.
    interrupted: usize,
    reads: usize,
}

impl fmt::Debug for Stream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", show_bytes(self.bytes.get_ref()))?;
        if self.most < self.bytes.get_ref().len() {
            write!(f, " /* at most {} bytes a read */", self.most)?;
        }
        if self.interrupted > 0 { f.write_str(" /* with interruptions */") } else { Ok(()) }
    }
}

impl Stream {
    /// A stream of these bytes.
    #[must_use]
    pub fn new(bytes: Vec<u8>) -> Self {
        let mut hasher = DefaultHasher::new();
        bytes.hash(&mut hasher);
        let chosen = hasher.finish();
        let most = match chosen % 4 {
            _ if bytes.is_empty() => usize::MAX,
            0 => usize::MAX,
            1 => 1,
            2 => 3,
            _ => 64,
        };
        let interrupted = if (chosen >> 8) % 4 == 1 && !bytes.is_empty() { 3 } else { 0 };
        Self { bytes: Cursor::new(bytes), most, interrupted, reads: 0 }
    }

    /// Counts a read, which may be interrupted; never twice in a row.
    fn begin(&mut self) -> io::Result<()> {
        self.reads = self.reads.wrapping_add(1);
        if self.interrupted > 0 && self.reads % self.interrupted == 1 {
            return Err(io::ErrorKind::Interrupted.into());
        }
        Ok(())
    }
}

impl Read for Stream {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        self.begin()?;
        let most = into.len().min(self.most);
        self.bytes.read(&mut into[..most])
    }
}

impl BufRead for Stream {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.begin()?;
        let most = self.most;
        let rest = self.bytes.fill_buf()?;
        Ok(&rest[..rest.len().min(most)])
    }

    fn consume(&mut self, amount: usize) {
        self.bytes.consume(amount);
    }
}

impl Seek for Stream {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.bytes.seek(to)
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn streams() -> impl Iterator<Item = (Vec<u8>, Stream)> {
        (0..200_u8).map(|n| {
            let bytes: Vec<u8> = (0..n).map(|byte| byte.wrapping_mul(n)).collect();
            (bytes.clone(), Stream::new(bytes))
        })
    }

    #[test]
    fn whoever_reads_on_gets_every_byte() {
        for (bytes, stream) in streams() {
            let mut read = Vec::new();
            stream.clone().read_to_end(&mut read).expect("interruptions are retried");
            assert_eq!(read, bytes);
            let lines: Vec<u8> = stream.split(b'\0').flat_map(|line| line.expect("read")).collect();
            assert_eq!(lines, bytes.into_iter().filter(|byte| *byte != 0).collect::<Vec<_>>());
        }
    }

    #[test]
    fn whoever_reads_once_is_now_and_then_disappointed() {
        let (mut short, mut whole, mut interrupted) = (0, 0, 0);
        for (bytes, mut stream) in streams().skip(1) {
            match stream.read(&mut vec![0; bytes.len()]) {
                Ok(read) if read < bytes.len() => short += 1,
                Ok(_) => whole += 1,
                Err(error) => {
                    assert_eq!(error.kind(), io::ErrorKind::Interrupted);
                    interrupted += 1;
                }
            }
        }
        assert!(short > 20 && whole > 20 && interrupted > 20, "{short} {whole} {interrupted}");
    }

    #[test]
    fn the_same_bytes_behave_the_same() {
        let looks = |n: u8| format!("{:?}", Stream::new(vec![n; 100]));
        assert!((0..50).all(|n| looks(n) == looks(n)));
        assert!((0..50).any(|n| looks(n).ends_with("/* at most 1 bytes a read */")));
    }
}
