//! Texts and bytes that are mostly one part repeated, kept as what is repeated and how often.
//!
//! `before + open × times + core + close × times + after`, the core as often too if it fills as much as what is around
//! it, with a counter inside `open` where the repetitions have to differ, with the length of what each `open` wraps
//! behind it where a format asks for that, and with the lengths and counts in `before` kept right.

use super::Choice;

/// A long value in few words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Pumped {
    /// Whether it is shown as a text.
    pub(crate) is_text: bool,
    pub(crate) before: Vec<u8>,
    pub(crate) open: Vec<u8>,
    pub(crate) times: u64,
    pub(crate) core: Vec<u8>,
    /// The core is repeated as well.
    pub(crate) fills: bool,
    pub(crate) close: Vec<u8>,
    pub(crate) after: Vec<u8>,
    /// The number of the repetition, inside `open`.
    pub(crate) counter: Option<Counter>,
    /// Each `open` is followed by the length of what it wraps, written like this.
    pub(crate) wraps: Option<Code>,
    /// Numbers in `before` that depend on what follows, those of inner parts last.
    pub(crate) fields: Vec<Field>,
}

/// A number that is another in each repetition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Counter {
    /// Where in `open` it stands.
    pub(crate) at: usize,
    pub(crate) form: Form,
}

/// How the number of a repetition is written into it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Form {
    /// In digits.
    Plain,
    /// Zeros in front make all of one length, whatever their number: texts come in their order, and are alike for whoever
    /// looks at lengths or ends.
    Padded,
    /// The byte in front stands there so often more: each repetition is longer than the one before.
    Unary,
    /// In digits, and behind it, at this place, the number of the next repetition: each leads to the one that follows.
    Chain(usize),
    /// In place of so many bytes: letters and digits where such stand there, any bytes else. Lengths stay as they are.
    Over(usize),
}

impl Counter {
    /// Digits of a padded one: as many as the repetitions of a megabyte have; larger numbers are written whole.
    const WIDTH: usize = 6;

    /// How many digits a number has at least.
    fn width(self) -> usize {
        if self.form == Form::Padded { Self::WIDTH } else { 0 }
    }

    /// About how many bytes the numbers of so many repetitions have together.
    fn length(self, times: usize) -> usize {
        let digits = self.width().max(times.max(1).ilog10() as usize + 1);
        match self.form {
            Form::Plain | Form::Padded => times.saturating_mul(digits),
            Form::Chain(_) => times.saturating_mul(2 * digits),
            Form::Unary => times.saturating_mul(times) / 2,
            Form::Over(_) => 0,
        }
    }

    /// Writes one repetition.
    fn write(self, open: &[u8], number: usize, to: &mut Vec<u8>) {
        let width = self.width();
        to.extend(&open[..self.at]);
        match (self.form, self.at.checked_sub(1)) {
            (Form::Unary, Some(last)) => to.extend(std::iter::repeat_n(open[last], number)),
            (Form::Unary, None) => {}
            (Form::Chain(next), _) => {
                to.extend(number.to_string().into_bytes());
                to.extend(&open[self.at..next]);
                to.extend((number + 1).to_string().into_bytes());
                return to.extend(&open[next..]);
            }
            (Form::Over(width), _) => {
                to.extend(digits(&open[self.at..self.at + width], number));
                return to.extend(&open[self.at + width..]);
            }
            (Form::Plain | Form::Padded, _) => to.extend(format!("{number:0width$}").into_bytes()),
        }
        to.extend(&open[self.at..]);
    }

    /// What stands in its places, as a person reads it.
    fn shown(self, open: &[u8], quoted: impl Fn(&[u8]) -> String) -> String {
        let inner = |part: &[u8]| {
            let quoted = quoted(part);
            let start = quoted.find('"').map_or(0, |quote| quote + 1);
            quoted[start..quoted.len() - 1].to_string()
        };
        let (at, end) = (self.at, open.len());
        let (from, middle) = match self.form {
            Form::Plain => (at, "{i}".to_owned()),
            Form::Padded => (at, format!("{{i:0{}}}", Self::WIDTH)),
            Form::Unary => (at, format!("{}{{i}}", if at == 0 { "" } else { " × " })),
            Form::Over(width) => (at + width, "{i}".to_owned()),
            Form::Chain(next) => (next, format!("{{i}}{}{{i+1}}", inner(&open[at..next]))),
        };
        let head = quoted(&open[..at]);
        format!("{}{middle}{}\"", &head[..head.len() - 1], inner(&open[from..end]))
    }

    /// As one number, never zero.
    pub(super) fn to_number(self) -> u128 {
        let (form, next) = match self.form {
            Form::Plain => (0, 0),
            Form::Padded => (1, 0),
            Form::Unary => (2, 0),
            Form::Chain(next) => (3, next),
            Form::Over(width) => (4, width),
        };
        (self.at as u128 + 1) | form << 32 | (next as u128) << 64
    }

    /// Out of what [`Self::to_number`] gave; where `open` has no such place it is none.
    pub(super) fn from_number(number: u128, open: &[u8]) -> Option<Self> {
        let (at, next) = ((number as u32).checked_sub(1)? as usize, (number >> 64) as usize);
        let form = match (number >> 32) as u32 {
            0 => Form::Plain,
            1 => Form::Padded,
            2 => Form::Unary,
            3 if (at..=open.len()).contains(&next) => Form::Chain(next),
            4 if at.checked_add(next)? <= open.len() => Form::Over(next),
            _ => return None,
        };
        (at <= open.len()).then_some(Self { at, form })
    }
}

/// A number in as many digits as `known` has bytes, of the sort that these are; what is too large begins anew.
fn digits(known: &[u8], number: usize) -> Vec<u8> {
    const ALL: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let base = match known {
        _ if known.iter().all(u8::is_ascii_digit) => 10,
        _ if known.iter().all(u8::is_ascii_alphanumeric) => 36,
        _ => 256,
    };
    let mut rest = number;
    let mut digits: Vec<u8> = Vec::with_capacity(known.len());
    for _ in known {
        digits.push(if base == 256 { rest as u8 } else { ALL[rest % base] });
        rest /= base;
    }
    digits.reverse();
    digits
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Code {
    /// In so many bytes, the first one the highest or the lowest.
    Fixed { width: u8, big: bool },
    /// Seven bits a byte, the lowest first, the highest bit set in all bytes but the last.
    Varint,
    /// As in BER: itself below 128, else the number of bytes with the highest bit set, then those.
    Ber,
}

/// A number in front of the repetitions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Field {
    /// Where in `before` it stands.
    pub(crate) at: usize,
    /// How many bytes it has there.
    pub(crate) width: usize,
    pub(crate) code: Code,
    /// It counts repetitions; else bytes.
    pub(crate) counts: bool,
    /// What is added to the number of repetitions, or to the bytes from the end of `before` to its own end.
    pub(crate) plus: i64,
}

impl Code {
    /// The number as bytes; the largest there is where it does not fit.
    pub(crate) fn write(self, number: u64) -> Vec<u8> {
        match self {
            Self::Fixed { width, big } => {
                let width = usize::from(width);
                let most = if width >= 8 { u64::MAX } else { (1 << (8 * width)) - 1 };
                let mut bytes = number.min(most).to_le_bytes()[..width].to_vec();
                if big {
                    bytes.reverse();
                }
                bytes
            }
            Self::Varint => {
                let (mut rest, mut bytes) = (number, Vec::new());
                while rest >= 0x80 {
                    bytes.push(rest as u8 | 0x80);
                    rest >>= 7;
                }
                bytes.push(rest as u8);
                bytes
            }
            Self::Ber if number < 0x80 => vec![number as u8],
            Self::Ber => {
                let significant = (number.leading_zeros() / 8) as usize;
                let bytes = &number.to_be_bytes()[significant..];
                std::iter::once(0x80 | bytes.len() as u8).chain(bytes.iter().copied()).collect()
            }
        }
    }

    /// The number at the front of `bytes`, and how many of them it takes.
    pub(crate) fn read(self, bytes: &[u8]) -> Option<(u64, usize)> {
        match self {
            Self::Fixed { width, big } => {
                let field = bytes.get(..usize::from(width))?;
                let fold = |value: u64, byte: &u8| value << 8 | u64::from(*byte);
                let number = if big { field.iter().fold(0, fold) } else { field.iter().rev().fold(0, fold) };
                Some((number, field.len()))
            }
            Self::Varint => {
                let mut number = 0;
                for (at, byte) in bytes.iter().enumerate().take(9) {
                    number |= u64::from(byte & 0x7f) << (7 * at);
                    if byte & 0x80 == 0 {
                        return Some((number, at + 1));
                    }
                }
                None
            }
            Self::Ber => match *bytes.first()? {
                short @ 0..=0x7f => Some((u64::from(short), 1)),
                long @ 0x81..=0x88 => {
                    let width = usize::from(long & 0x7f);
                    let field = bytes.get(1..=width)?;
                    Some((field.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)), width + 1))
                }
                _ => None,
            },
        }
    }
}

impl Pumped {
    /// The whole value.
    pub(crate) fn render(&self) -> Vec<u8> {
        let middle = self.middle();
        let mut before = self.before.clone();
        let mut grown = 0_i64;
        for field in self.fields.iter().rev() {
            let number = if field.counts { self.times as i64 } else { middle.len() as i64 + grown };
            let written = field.code.write(number.saturating_add(field.plus).max(0) as u64);
            grown += written.len() as i64 - field.width as i64;
            before.splice(field.at..field.at + field.width, written);
        }
        [before.as_slice(), &middle, &self.after].concat()
    }

    fn middle(&self) -> Vec<u8> {
        let times = usize::try_from(self.times).unwrap_or(usize::MAX);
        let mut middle =
            Vec::with_capacity(self.length().saturating_sub(self.before.len() + self.after.len()));
        if let Some(code) = self.wraps {
            let mut lengths = vec![self.core.len() * if self.fills { times } else { 1 }];
            for level in 1..times {
                let inside = lengths[level - 1];
                let own = self.open.len() + code.write(inside as u64).len() + self.close.len();
                lengths.push(inside + own);
            }
            for inside in lengths.into_iter().rev().take(times) {
                middle.extend(&self.open);
                middle.extend(code.write(inside as u64));
            }
        } else if let Some(counter) = self.counter {
            (0..times).for_each(|number| counter.write(&self.open, number, &mut middle));
        } else {
            middle.extend(self.open.repeat(times));
        }
        middle.extend(self.core.repeat(if self.fills { times } else { 1 }));
        if !self.close.is_empty() {
            middle.extend(self.close.repeat(times));
        }
        middle
    }

    /// The repetitions alone; nothing where nothing else is there.
    pub(crate) fn bare(&self) -> Option<Self> {
        let core = if self.fills { &[][..] } else { &self.core };
        let around = [&self.before, core, &self.after];
        around.iter().any(|part| !part.is_empty()).then(|| Self {
            before: Vec::new(),
            core: if self.fills { self.core.clone() } else { Vec::new() },
            after: Vec::new(),
            fields: Vec::new(),
            ..self.clone()
        })
    }

    /// Bytes of the core that come with each repetition.
    fn filling(&self) -> usize {
        if self.fills { self.core.len() } else { 0 }
    }

    /// Bytes that are there once.
    pub(crate) fn around(&self) -> usize {
        self.before.len() + self.core.len() + self.after.len() - self.filling()
    }

    /// About how many bytes it has.
    pub(crate) fn length(&self) -> usize {
        let times = usize::try_from(self.times).unwrap_or(usize::MAX);
        let numbers = self.counter.map_or(0, |counter| counter.length(times));
        let prefix = if self.wraps.is_some() { 3 } else { 0 };
        let unit = self.open.len() + self.close.len() + self.filling() + prefix;
        let around = self.around();
        unit.saturating_mul(times).saturating_add(numbers).saturating_add(around)
    }

    /// How often it has to be repeated to have about so many bytes.
    pub(crate) fn times_for(&self, bytes: usize) -> u64 {
        let around = self.around();
        let extra = match self.counter.map(|counter| counter.form) {
            None | Some(Form::Unary | Form::Over(_)) => 0,
            Some(Form::Plain) => 4,
            Some(Form::Padded) => Counter::WIDTH,
            Some(Form::Chain(_)) => 8,
        };
        let unit = self.open.len()
            + self.close.len()
            + self.filling()
            + extra
            + if self.wraps.is_some() { 3 } else { 0 };
        let room = bytes.saturating_sub(around);
        let times = match self.counter {
            // So many times the unit, and half of the square besides.
            Some(Counter { form: Form::Unary, .. }) => (unit * unit + 2 * room).isqrt().saturating_sub(unit),
            // What doubles when it is full is full at a power of two, and the rest goes on from there.
            None if self.close.len() > self.open.len() && self.close.starts_with(&self.open) => {
                1 << (room / unit.max(1)).max(1).ilog2()
            }
            _ => room / unit.max(1),
        };
        times.max(1) as u64
    }

    /// The same with so many repetitions that it has about so many bytes.
    pub(crate) fn of_about(&self, bytes: usize) -> Choice {
        Choice::Pumped(Box::new(Self { times: self.times_for(bytes), ..self.clone() }))
    }

    /// As a person reads it.
    pub(crate) fn shown(&self) -> String {
        let quoted = |part: &[u8]| match (self.is_text, std::str::from_utf8(part)) {
            (true, Ok(text)) => format!("{text:?}"),
            _ => format!("b\"{}\"", part.escape_ascii()),
        };
        let unit =
            self.counter.map_or_else(|| quoted(&self.open), |counter| counter.shown(&self.open, quoted));
        let wraps = if self.wraps.is_some() { " (each with the length of what follows)" } else { "" };
        let filled = if self.fills { self.times } else { 1 };
        let some = |(part, times): (&Vec<u8>, u64)| (!part.is_empty()).then(|| (quoted(part), times, ""));
        let behind = [(&self.core, filled), (&self.close, self.times), (&self.after, 1)];
        let mut parts: Vec<(String, u64, &str)> = Vec::new();
        for next in some((&self.before, 1))
            .into_iter()
            .chain([(unit, self.times, wraps)])
            .chain(behind.into_iter().filter_map(some))
        {
            // What goes on as it was is said once.
            match parts.last_mut() {
                Some(last) if (&last.0, last.2) == (&next.0, next.2) => last.1 += next.1,
                _ => parts.push(next),
            }
        }
        let parts = parts.into_iter().map(|(part, times, wraps)| match times {
            1 => format!("{part}{wraps}"),
            _ => format!("{part} × {times}{wraps}"),
        });
        let mut text = parts.collect::<Vec<_>>().join(" + ");
        if !self.fields.is_empty() {
            text.push_str(", with the lengths and counts in front kept right");
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_repeated_with_and_without_a_counter() {
        let mut pumped = Pumped {
            is_text: true,
            before: b"<f".to_vec(),
            open: b" a=\"\"".to_vec(),
            times: 3,
            after: b"/>".to_vec(),
            ..Pumped::default()
        };
        assert_eq!(pumped.render(), br#"<f a="" a="" a=""/>"#);
        assert_eq!(pumped.length(), pumped.render().len());
        assert_eq!(pumped.shown(), r#""<f" + " a=\"\"" × 3 + "/>""#);
        pumped.counter = Some(Counter { at: 2, form: Form::Plain });
        assert_eq!(pumped.render(), br#"<f a0="" a1="" a2=""/>"#);
        assert_eq!(pumped.shown(), r#""<f" + " a{i}=\"\"" × 3 + "/>""#);
        pumped = Pumped { counter: Some(Counter { at: 2, form: Form::Padded }), times: 101, ..pumped };
        let rendered = String::from_utf8(pumped.render()).expect("it is a text");
        assert!(rendered.starts_with(r#"<f a000000="" a000001="""#), "{rendered}");
        assert!(rendered.ends_with(r#" a000099="" a000100=""/>"#), "{rendered}");
        assert_eq!(pumped.length(), rendered.len());
        assert_eq!(pumped.shown(), r#""<f" + " a{i:06}=\"\"" × 101 + "/>""#);
        assert_eq!(Pumped::from_bytes(&pumped.to_bytes()), Some(pumped));
    }

    #[test]
    fn repetitions_are_longer_and_longer_or_lead_to_the_next_or_have_a_name_each() {
        let of = |open: &[u8], at, form| Pumped {
            is_text: true,
            open: open.to_vec(),
            times: 4,
            counter: Some(Counter { at, form }),
            ..Pumped::default()
        };
        let longer = of(b"a` ", 2, Form::Unary);
        assert_eq!(longer.render(), b"a` a`` a``` a```` ");
        assert_eq!(longer.shown(), "\"a` × {i} \" × 4");
        let chain = of(b"a=a;", 1, Form::Chain(3));
        assert_eq!(chain.render(), b"a0=a1;a1=a2;a2=a3;a3=a4;");
        assert_eq!(chain.shown(), "\"a{i}=a{i+1};\" × 4");
        let over = of(b"a=ww;", 2, Form::Over(2));
        assert_eq!(over.render(), b"a=00;a=01;a=02;a=03;");
        assert_eq!(over.shown(), "\"a={i};\" × 4");
        for pumped in [longer, chain, over] {
            let large = Pumped { times: pumped.times_for(4_000), ..pumped.clone() };
            let length = large.render().len();
            assert!((3_000..4_400).contains(&length), "{length}");
            assert!(large.length().abs_diff(length) < 400, "{} {length}", large.length());
            assert_eq!(Pumped::from_bytes(&pumped.to_bytes()), Some(pumped.clone()));
            assert_eq!(Pumped::from_bytes(&Pumped { open: b"a".to_vec(), ..pumped }.to_bytes()), None);
        }
    }

    #[test]
    fn a_number_takes_the_place_of_what_stands_there_in_digits_of_that_sort() {
        assert_eq!([digits(b"07", 3), digits(b"ww", 37), digits(b"\x01\xff", 258)], [*b"03", *b"11", [1, 2]]);
        assert_eq!(digits(b"0", 12), b"2", "what is too large begins anew");
    }

    #[test]
    fn a_core_that_fills_is_as_long_as_what_is_around_it() {
        let pumped = Pumped {
            is_text: true,
            open: b"(".to_vec(),
            times: 3,
            core: b"ab".to_vec(),
            fills: true,
            close: b")".to_vec(),
            ..Pumped::default()
        };
        assert_eq!(pumped.render(), b"(((ababab)))");
        assert_eq!(pumped.length(), 12);
        assert_eq!(pumped.times_for(4_000), 1_000);
        assert_eq!(pumped.shown(), r#""(" × 3 + "ab" × 3 + ")" × 3"#);
        let same = Pumped { core: b"(".to_vec(), close: b"(".to_vec(), ..pumped.clone() };
        assert_eq!(same.shown(), r#""(" × 9"#, "and not in three parts");
        assert_eq!(pumped.bare(), None);
    }

    #[test]
    fn what_goes_on_behind_as_it_began_begins_at_a_power_of_two() {
        let pumped = Pumped { open: b"a".to_vec(), close: b"a<".to_vec(), ..Pumped::default() };
        assert_eq!([3, 300, 4_000].map(|bytes| pumped.times_for(bytes)), [1, 64, 1_024]);
    }

    #[test]
    fn without_what_stands_around_only_the_repetitions_are_left() {
        let whole = Pumped { before: b"x".to_vec(), open: b"a".to_vec(), times: 3, ..Pumped::default() };
        let bare = whole.bare().expect("something stands around");
        assert_eq!(bare.render(), b"aaa");
        assert_eq!(bare.bare(), None);
    }

    #[test]
    fn what_wraps_has_the_length_of_what_it_wraps() {
        let pumped = Pumped {
            open: vec![0x12],
            times: 3,
            core: vec![0x0a, 1, b'x'],
            wraps: Some(Code::Varint),
            ..Pumped::default()
        };
        assert_eq!(pumped.render(), [0x12, 7, 0x12, 5, 0x12, 3, 0x0a, 1, b'x']);
        let deep = Pumped { times: 1_000, ..pumped };
        let bytes = deep.render();
        let (length, width) = Code::Varint.read(&bytes[1..]).expect("a length");
        assert_eq!(length as usize, bytes.len() - 1 - width);
    }

    #[test]
    fn lengths_in_front_are_kept_right() {
        let outer = Field { at: 0, width: 1, code: Code::Varint, counts: false, plus: 2 };
        let inner =
            Field { at: 2, width: 1, code: Code::Fixed { width: 1, big: true }, counts: true, plus: 0 };
        let pumped = Pumped {
            before: vec![0, 9, 0],
            open: vec![7; 10],
            times: 20,
            fields: vec![outer, inner],
            ..Pumped::default()
        };
        let bytes = pumped.render();
        assert_eq!(bytes[..4], [0xca, 1, 9, 20], "202 bytes follow, 20 parts");
        assert_eq!(bytes.len(), 2 + 202);
    }

    #[test]
    fn numbers_are_written_as_they_are_read() {
        let fixed = [1, 2, 4, 8].map(|width| [true, false].map(|big| Code::Fixed { width, big }));
        for code in fixed.into_iter().flatten().chain([Code::Varint, Code::Ber]) {
            for number in [0, 1, 127, 128, 200] {
                let bytes = code.write(number);
                assert_eq!(code.read(&bytes), Some((number, bytes.len())), "{code:?}");
            }
        }
        assert_eq!(Code::Fixed { width: 1, big: true }.write(300), [255]);
        assert_eq!(Code::Ber.write(300), [0x82, 1, 44]);
    }

    #[test]
    fn a_pump_survives_the_slot() {
        let field =
            Field { at: 0, width: 1, code: Code::Fixed { width: 2, big: false }, counts: false, plus: -3 };
        let pumped = Pumped {
            is_text: true,
            before: b"ab".to_vec(),
            open: b"cd".to_vec(),
            times: 1 << 40,
            core: b"e".to_vec(),
            fills: true,
            close: b"f".to_vec(),
            after: b"g".to_vec(),
            counter: Some(Counter { at: 1, form: Form::Plain }),
            wraps: Some(Code::Ber),
            fields: vec![field],
        };
        assert_eq!(Pumped::from_bytes(&pumped.to_bytes()), Some(pumped.clone()));
        assert_eq!(Pumped::from_bytes(&pumped.to_bytes()[1..]), None);
    }
}
