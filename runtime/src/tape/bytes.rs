//! A tape as bytes, for the slot that outlives a crash and for records.

use super::{Choice, Code, Counter, Field, Pumped, Tape};

/// Writes a tape as bytes that [`decode`] reads back.
pub(crate) fn encode(tape: &[Choice], into: &mut Vec<u8>) {
    for choice in tape {
        match choice {
            Choice::Number(number) => {
                into.push(b'n');
                into.extend(number.to_le_bytes());
            }
            Choice::Text(text) => encode_bytes(b't', text.as_bytes(), into),
            Choice::Bytes(bytes) => encode_bytes(b'b', bytes, into),
            Choice::Pumped(pumped) => encode_bytes(b'p', &pumped.to_bytes(), into),
            Choice::Open => into.push(b'('),
            Choice::Close => into.push(b')'),
        }
    }
}

fn encode_bytes(tag: u8, bytes: &[u8], into: &mut Vec<u8>) {
    into.push(tag);
    into.extend((bytes.len() as u64).to_le_bytes());
    into.extend(bytes);
}

/// Reads what [`encode`] wrote; `None` for anything else.
pub(crate) fn decode(mut bytes: &[u8]) -> Option<Tape> {
    let mut tape = Tape::new();
    while let Some((tag, rest)) = bytes.split_first() {
        if *tag == b'n' {
            let (number, rest) = rest.split_first_chunk::<16>()?;
            tape.push(Choice::Number(u128::from_le_bytes(*number)));
            bytes = rest;
            continue;
        }
        if matches!(tag, b'(' | b')') {
            tape.push(if *tag == b'(' { Choice::Open } else { Choice::Close });
            bytes = rest;
            continue;
        }
        let (length, rest) = rest.split_first_chunk::<8>()?;
        let length = usize::try_from(u64::from_le_bytes(*length)).ok()?;
        let (content, rest) = rest.split_at_checked(length)?;
        tape.push(match tag {
            b't' => Choice::Text(String::from_utf8(content.to_vec()).ok()?),
            b'b' => Choice::Bytes(content.to_vec()),
            b'p' => Choice::Pumped(Box::new(Pumped::from_bytes(content)?)),
            _ => return None,
        });
        bytes = rest;
    }
    Some(tape)
}

impl Pumped {
    /// As bytes that [`Self::from_bytes`] reads.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let code = |code: Code| match code {
            Code::Varint => 1,
            Code::Ber => 2,
            Code::Fixed { width, big } => 4 + u128::from(width) * 2 + u128::from(big),
        };
        let number = |number: u64| Choice::Number(u128::from(number));
        let mut tape = vec![
            number(u64::from(self.is_text) | u64::from(self.fills) << 1),
            Choice::Bytes(self.before.clone()),
            Choice::Bytes(self.open.clone()),
            number(self.times),
            Choice::Bytes(self.core.clone()),
            Choice::Bytes(self.close.clone()),
            Choice::Bytes(self.after.clone()),
            Choice::Number(self.counter.map_or(0, Counter::to_number)),
            Choice::Number(self.wraps.map_or(0, code)),
        ];
        for field in &self.fields {
            tape.extend([
                number(field.at as u64),
                number(field.width as u64),
                Choice::Number(code(field.code)),
                number(u64::from(field.counts)),
                number(field.plus as u64),
            ]);
        }
        let mut bytes = Vec::new();
        encode(&tape, &mut bytes);
        bytes
    }

    /// Out of what [`Self::to_bytes`] gave.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut tape = decode(bytes)?.into_iter();
        let mut next = || tape.next();
        let number = |choice: Option<Choice>| match choice? {
            Choice::Number(number) => Some(number),
            _ => None,
        };
        let part = |choice: Option<Choice>| match choice? {
            Choice::Bytes(bytes) => Some(bytes),
            _ => None,
        };
        let code = |number: u128| match number {
            1 => Some(Code::Varint),
            2 => Some(Code::Ber),
            fixed @ 6..=21 => Some(Code::Fixed { width: ((fixed - 4) / 2) as u8, big: fixed % 2 == 1 }),
            _ => None,
        };
        let kind = number(next())?;
        let mut pumped = Self {
            is_text: kind & 1 == 1,
            fills: kind & 2 == 2,
            before: part(next())?,
            open: part(next())?,
            times: number(next())? as u64,
            core: part(next())?,
            close: part(next())?,
            after: part(next())?,
            ..Self::default()
        };
        pumped.counter = match number(next())? {
            0 => None,
            number => Some(Counter::from_number(number, &pumped.open)?),
        };
        pumped.wraps = code(number(next())?);
        while let Some(at) = next() {
            let field = Field {
                at: number(Some(at))? as usize,
                width: number(next())? as usize,
                code: code(number(next())?)?,
                counts: number(next())? == 1,
                plus: number(next())? as u64 as i64,
            };
            if field.at + field.width > pumped.before.len() {
                return None;
            }
            pumped.fields.push(field);
        }
        Some(pumped)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tape_survives_the_slot() {
        let tape = vec![
            Choice::Number(u128::MAX),
            Choice::Text("é\0".into()),
            Choice::Bytes(vec![0, 255]),
            Choice::Open,
            Choice::Close,
            Choice::Text(String::new()),
        ];
        let mut bytes = Vec::new();
        encode(&tape, &mut bytes);
        assert_eq!(decode(&bytes), Some(tape));
        assert_eq!(decode(&bytes[..bytes.len() - 1]), None, "a cut slot is no tape");
    }
}
