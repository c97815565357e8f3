//! Reads amounts and bounds.

use std::ops::Range;

use super::bound::{Counted, Dimension, Size, Term, Unreadable};

/// Units by what they count, each with what it is worth.
const UNITS: &[(Dimension, &[(&str, f64)])] = &[
    (
        Dimension::Bytes,
        &[
            ("B", 1.0),
            ("byte", 1.0),
            ("bytes", 1.0),
            ("KiB", 1024.0),
            ("MiB", 1_048_576.0),
            ("GiB", 1_073_741_824.0),
            ("kB", 1e3),
            ("KB", 1e3),
            ("MB", 1e6),
            ("GB", 1e9),
        ],
    ),
    (
        Dimension::Seconds,
        &[
            ("ns", 1e-9),
            ("us", 1e-6),
            ("µs", 1e-6),
            ("ms", 1e-3),
            ("s", 1.0),
            ("sec", 1.0),
            ("second", 1.0),
            ("seconds", 1.0),
            ("min", 60.0),
            ("minutes", 60.0),
        ],
    ),
    (Dimension::Count, &[("allocation", 1.0), ("allocations", 1.0), ("times", 1.0)]),
];

/// Words for what a size counts.
const SIZES: &[(&str, Counted)] = &[
    ("char", Counted::Chars),
    ("chars", Counted::Chars),
    ("characters", Counted::Chars),
    ("item", Counted::Items),
    ("items", Counted::Items),
    ("elements", Counted::Items),
    ("entries", Counted::Items),
];

/// Names of ways to grow, each with its powers of `n` and of `log n`.
const GROWTHS: &[(&str, f64, i32)] = &[
    ("constant", 0.0, 0),
    ("logarithmic", 0.0, 1),
    ("linear", 1.0, 0),
    ("linearithmic", 1.0, 1),
    ("quadratic", 2.0, 0),
    ("cubic", 3.0, 0),
];

const ONE: Term = Term { factor: 1.0, powers: [0.0; 2], logs: [0; 2], unit: None };

pub(super) struct Parser<'t> {
    text: &'t str,
    at: usize,
    dimension: Dimension,
}

impl<'t> Parser<'t> {
    pub(super) fn new(text: &'t str, dimension: Dimension) -> Self {
        Self { text, at: 0, dimension }
    }

    pub(super) fn bound(mut self) -> Result<Vec<Term>, Unreadable> {
        let terms = self.sum()?;
        self.end()?;
        Ok(terms)
    }

    pub(super) fn size(mut self) -> Result<Size, Unreadable> {
        let start = self.start();
        let Some(number) = self.number()? else { return Err(self.unexpected("an amount", &self.example())) };
        let (name, at) = self.word();
        let unit = SIZES.iter().find(|(known, _)| *known == name);
        let (scale, of) = match unit {
            Some((_, of)) => (1.0, *of),
            None if name.is_empty() => (1.0, Counted::Bytes),
            None => (self.unit(name, at)?, Counted::Bytes),
        };
        self.end()?;
        let amount = number * scale;
        if !(1.0..=1e15).contains(&amount) {
            let help = "write what inputs may grow to, such as `1 MiB`".to_owned();
            return Err(self.wrong(start..self.at, "inputs cannot have this size".to_owned(), help));
        }
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "it is in the range above"
        )]
        Ok(Size { amount: amount.round() as u64, of })
    }

    pub(super) fn seconds(mut self) -> Result<f64, Unreadable> {
        let start = self.start();
        let Some(number) = self.number()? else { return Err(self.unexpected("a time", &self.example())) };
        let (name, at) = self.word();
        if name.is_empty() {
            let help = format!("write `{number} s` or `{number} ms`");
            return Err(self.wrong(start..at.start, "this time has no unit".to_owned(), help));
        }
        let scale = self.unit(name, at)?;
        self.end()?;
        if number > 0.0 {
            return Ok(number * scale);
        }
        Err(self.wrong(start..self.at, "no time is left".to_owned(), self.example()))
    }

    fn sum(&mut self) -> Result<Vec<Term>, Unreadable> {
        let mut terms = self.product()?;
        while self.take('+') {
            terms.extend(self.product()?);
        }
        Ok(terms)
    }

    fn product(&mut self) -> Result<Vec<Term>, Unreadable> {
        let mut terms = self.factor()?;
        loop {
            let start = self.start();
            let times = self.take('*') || self.take('×') || self.take('·');
            if self.take('/') {
                let divisor = self.number()?.filter(|divisor| *divisor > 0.0);
                let Some(divisor) = divisor else {
                    return Err(self.unexpected("a number", "divide by a number"));
                };
                for term in &mut terms {
                    term.factor /= divisor;
                }
                continue;
            }
            let goes_on = self.rest().starts_with(|c: char| c.is_alphanumeric() || matches!(c, '(' | '.'));
            if !times && !goes_on {
                return Ok(terms);
            }
            let factor = self.factor()?;
            if terms.iter().chain(&factor).filter(|term| term.unit.is_some()).count() > 1
                && terms.iter().any(|term| term.unit.is_some())
                && factor.iter().any(|term| term.unit.is_some())
            {
                let help = "add amounts with `+`".to_owned();
                return Err(self.wrong(start..self.at, "two amounts are multiplied".to_owned(), help));
            }
            terms = terms.iter().flat_map(|one| factor.iter().map(|other| times_of(one, other))).collect();
        }
    }

    fn factor(&mut self) -> Result<Vec<Term>, Unreadable> {
        let start = self.start();
        let mut terms = self.atom()?;
        let exponent = if self.take('²') {
            Some(2.0)
        } else if self.take('³') {
            Some(3.0)
        } else if self.take('^') || self.take_text("**") {
            let number = self.number()?;
            Some(number.ok_or_else(|| self.unexpected("an exponent", "write `n^2` or `n^1.5`"))?)
        } else {
            None
        };
        if let Some(exponent) = exponent {
            let [term] = terms.as_mut_slice() else {
                let help = "write the sum out".to_owned();
                return Err(self.wrong(
                    start..self.at,
                    "only a single term is raised to a power".to_owned(),
                    help,
                ));
            };
            let is_whole = exponent.fract() == 0.0;
            if term.logs != [0; 2] && !is_whole || !(0.0..=20.0).contains(&exponent) {
                let help = "write a small whole exponent".to_owned();
                return Err(self.wrong(start..self.at, "this power says nothing".to_owned(), help));
            }
            term.factor = term.factor.powf(exponent);
            term.powers = term.powers.map(|power| power * exponent);
            #[expect(clippy::cast_possible_truncation, reason = "it is at most 20")]
            let whole = exponent as i32;
            term.logs = term.logs.map(|logs| logs * whole);
        }
        Ok(terms)
    }

    fn atom(&mut self) -> Result<Vec<Term>, Unreadable> {
        if self.take('(') {
            let terms = self.sum()?;
            return if self.take(')') { Ok(terms) } else { Err(self.unexpected("`)`", "close the bracket")) };
        }
        if let Some(number) = self.number()? {
            let before = self.at;
            let (name, at) = self.word();
            let is_variable = name.is_empty() || matches!(name, "n" | "N" | "size" | "log" | "log2" | "sqrt");
            if is_variable {
                self.at = before;
                return Ok(vec![Term { factor: number, ..ONE }]);
            }
            let scale = self.unit(name, at)?;
            return Ok(vec![Term { factor: number * scale, unit: Some(self.dimension), ..ONE }]);
        }
        let (name, at) = self.word();
        if let Some((_, power, logs)) = GROWTHS.iter().find(|(known, ..)| *known == name) {
            return Ok(vec![Term { powers: [*power, 0.0], logs: [*logs, 0], ..ONE }]);
        }
        match name {
            "n" | "N" => Ok(vec![Term { powers: [1.0, 0.0], ..ONE }]),
            "size" => Ok(vec![Term { powers: [0.0, 1.0], ..ONE }]),
            "log" | "log2" | "ln" | "lg" => {
                self.function(at, |powers| Term { logs: powers.map(|power| i32::from(power > 0.0)), ..ONE })
            }
            "sqrt" => self.function(at, |powers| Term { powers: powers.map(|power| power / 2.0), ..ONE }),
            "O" if self.rest().starts_with('(') => self.atom(),
            "" => Err(self.unexpected("an amount", &self.example())),
            other => Err(self.unknown(other, at)),
        }
    }

    fn function(&mut self, at: Range<usize>, of: impl Fn([f64; 2]) -> Term) -> Result<Vec<Term>, Unreadable> {
        let inside = self.atom()?;
        match inside.as_slice() {
            [Term { powers, logs: [0, 0], unit: None, .. }] if powers.iter().sum::<f64>() > 0.0 => {
                Ok(vec![of(*powers)])
            }
            _ => {
                let help = "write `log n` or `log size`".to_owned();
                Err(self.wrong(at.start..self.at, "only `n` and `size` can stand here".to_owned(), help))
            }
        }
    }

    fn unit(&self, name: &str, at: Range<usize>) -> Result<f64, Unreadable> {
        let of = |dimension: Dimension| UNITS.iter().find(|(known, _)| *known == dimension);
        let value = |(_, units): &(Dimension, &[(&str, f64)])| {
            units.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
        };
        if let Some(value) = of(self.dimension).and_then(value) {
            return Ok(value);
        }
        if UNITS.iter().any(|all| value(all).is_some()) {
            let what = what(self.dimension);
            return Err(self.wrong(at, format!("`{name}` is no unit of {what}"), self.example()));
        }
        Err(self.unknown(name, at))
    }

    fn unknown(&self, name: &str, at: Range<usize>) -> Unreadable {
        let all = UNITS.iter().filter(|(dimension, _)| *dimension == self.dimension);
        let units = all.flat_map(|(_, units)| units.iter().map(|(name, _)| *name));
        let near = units.chain(["n", "size", "constant", "linear", "quadratic"]);
        let near = near.filter(|known| {
            known.eq_ignore_ascii_case(name) || (name.len() > 2 && distance(known, name) <= 1)
        });
        let near: Vec<String> = near.take(1).map(|known| format!("did you mean `{known}`?")).collect();
        let help = near.into_iter().next().unwrap_or_else(|| self.example());
        self.wrong(at, format!("`{name}` is neither a unit nor `n` or `size`"), help)
    }

    /// What can be written, by example.
    fn example(&self) -> String {
        match self.dimension {
            Dimension::Bytes => "write it like `1 MiB` or `64 * size + 64 KiB`",
            Dimension::Seconds => "write it like `2 s`, `500 ms` or `n log n`",
            Dimension::Count => "write it like `100` or `2 * n + 10`",
        }
        .to_owned()
    }

    fn end(&mut self) -> Result<(), Unreadable> {
        self.start();
        if self.rest().is_empty() { Ok(()) } else { Err(self.unexpected("the end", &self.example())) }
    }

    fn unexpected(&self, wanted: &str, help: &str) -> Unreadable {
        let rest = self.rest();
        let at = self.text.len() - rest.trim_start().len();
        match rest.trim_start().chars().next() {
            Some(found) => self.wrong(
                at..at + found.len_utf8(),
                format!("{wanted} is missing before `{found}`"),
                help.to_owned(),
            ),
            None => self.wrong(at..at, format!("{wanted} is missing at the end"), help.to_owned()),
        }
    }

    #[expect(clippy::unused_self, reason = "faults are made in one way")]
    fn wrong(&self, at: Range<usize>, message: String, help: String) -> Unreadable {
        Unreadable { at, message, help }
    }

    /// Digits with `_` between them, perhaps a fraction.
    fn number(&mut self) -> Result<Option<f64>, Unreadable> {
        let start = self.start();
        let digits = |c: char| c.is_ascii_digit() || matches!(c, '_' | '.');
        let length = self.rest().find(|c: char| !digits(c)).unwrap_or(self.rest().len());
        if length == 0 || !self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            return Ok(None);
        }
        let written = &self.text[start..start + length];
        self.at += length;
        match written.replace('_', "").parse::<f64>() {
            Ok(number) => Ok(Some(number)),
            Err(_) => Err(self.wrong(start..self.at, format!("`{written}` is not a number"), self.example())),
        }
    }

    /// Letters and what follows of digits; empty if there are none.
    fn word(&mut self) -> (&'t str, Range<usize>) {
        let start = self.start();
        let rest = &self.text[start..];
        let length = rest.find(|c: char| !c.is_alphabetic() && c != '_').unwrap_or(rest.len());
        let length =
            if rest[..length] == *"log" && rest[length..].starts_with('2') { length + 1 } else { length };
        // A superscript is alphabetic to nobody, and `²` no letter.
        self.at = start + length;
        (&rest[..length], start..start + length)
    }

    fn take(&mut self, c: char) -> bool {
        self.start();
        if c == '*' && self.rest().starts_with("**") {
            return false;
        }
        let found = self.rest().starts_with(c);
        self.at += if found { c.len_utf8() } else { 0 };
        found
    }

    fn take_text(&mut self, text: &str) -> bool {
        self.start();
        let found = self.rest().starts_with(text);
        self.at += if found { text.len() } else { 0 };
        found
    }

    /// Skips spaces; says where something begins.
    fn start(&mut self) -> usize {
        self.at += self.rest().len() - self.rest().trim_start().len();
        self.at
    }

    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }
}

fn times_of(one: &Term, other: &Term) -> Term {
    Term {
        factor: one.factor * other.factor,
        powers: [one.powers[0] + other.powers[0], one.powers[1] + other.powers[1]],
        logs: [one.logs[0] + other.logs[0], one.logs[1] + other.logs[1]],
        unit: one.unit.or(other.unit),
    }
}

fn what(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Bytes => "memory",
        Dimension::Seconds => "time",
        Dimension::Count => "a count",
    }
}

/// Letters to change, add or take out.
fn distance(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, a) in one.iter().enumerate() {
        let mut before = row[0];
        row[0] = at + 1;
        for (to, b) in other.iter().enumerate() {
            let changed = before + usize::from(a != b);
            before = row[to + 1];
            row[to + 1] = changed.min(before + 1).min(row[to] + 1);
        }
    }
    row[other.len()]
}
