//! Values that break code: data only, a table a sort.

use crate::random::Random;

/// Pieces of text that parsers, encoders, path handling and renderers stumble over.
pub(crate) const PIECES: &[&str] = &[
    // Borders between one, two, three and four bytes of UTF-8.
    "\u{7f}",
    "\u{80}",
    "é",
    "ß",
    "\u{7ff}",
    "\u{800}",
    "€",
    "\u{d7ff}",
    "\u{e000}",
    // In names of files these are bytes that no text has: see `generate::os`.
    "\u{f780}",
    "\u{f7ff}",
    "\u{fffd}",
    "\u{ffff}",
    "\u{10000}",
    "😀",
    "\u{10ffff}",
    "日本",
    "ﷺ",
    // Controls and line ends.
    "\0",
    "\u{1}",
    "\u{7}",
    "\u{8}",
    "\t",
    "\n",
    "\r",
    "\r\n",
    "\u{b}",
    "\u{c}",
    "\u{1b}",
    "\u{1b}[31m",
    "\u{1b}]0;t\u{7}",
    "\u{85}",
    "\u{9b}",
    "\u{2028}",
    "\u{2029}",
    // Marks that join, turn or hide.
    "\u{301}",
    "\u{300}\u{301}\u{302}",
    "\u{200b}",
    "\u{200c}",
    "\u{200d}",
    "\u{feff}",
    "\u{202e}",
    "\u{202d}",
    "\u{2066}",
    "\u{2069}",
    "\u{ad}",
    "\u{e0001}",
    "👩\u{200d}👩\u{200d}👧",
    // Letters whose case changes their length, and look-alikes.
    "İ",
    "ı",
    "ŉ",
    "ﬃ",
    "ẞ",
    "Σ",
    "ς",
    "K",
    "Å",
    "а",
    "ο",
    "ｅ",
    "．",
    "。",
    "／",
    "＜",
    "＇",
    "\u{a0}",
    "\u{3000}",
    "٣",
    "²",
    "½",
    "Ⅷ",
    // Marks of syntax.
    " ",
    "  ",
    "\"",
    "'",
    "`",
    "\\",
    "\\\\",
    "/",
    "//",
    "/*",
    "*/",
    "#",
    "--",
    "-",
    "_",
    ".",
    "..",
    ",",
    ";",
    ":",
    "::",
    "=",
    "==",
    "&",
    "&&",
    "|",
    "||",
    "<",
    ">",
    "<!--",
    "-->",
    "]]>",
    "<![CDATA[",
    "%",
    "%%",
    "$",
    "${",
    "{{",
    "}}",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    "!",
    "?",
    "@",
    "~",
    "^",
    "*",
    "+",
    "\\n",
    "\\u",
    "\\x",
    "\\0",
    "\\u{",
    "\\u{110000}",
    "\\ud800",
    "%00",
    "%0a",
    "%2e",
    "%2f",
    "%",
    "%zz",
    "%s",
    "%n",
    "{}",
    "{0}",
    "$(id)",
    "`id`",
    "{a,b}",
    "&amp;",
    "&#0;",
    "&#x110000;",
    "&#106",
    "&lt",
    "=?utf-8?q?",
    "<script>",
    "<svg onload=",
    "javascript:",
    "JaVaScRiPt:",
    "data:text/html,",
    "vbscript:",
    "' or '1'='1",
    "; drop table t",
    "=1+1",
    "@SUM(",
    "xn--",
    "http://",
    "file:///",
    "//host",
    "a@b",
    // Words that other readers take for something else.
    "null",
    "nil",
    "None",
    "true",
    "false",
    "NaN",
    "inf",
    "-inf",
    "Infinity",
    "undefined",
    "CON",
    "NUL",
    "aux",
];

/// Parts of paths that leave a folder or name something special.
pub(crate) const PATHS: &[&str] = &[
    "..",
    "../",
    "../..",
    "..\\",
    "....//",
    "..;/",
    ".",
    "/",
    "//",
    "~",
    "~/",
    "/etc/passwd",
    "/dev/null",
    "/proc/self/environ",
    "C:\\",
    "C:",
    "\\\\host\\share",
    "%2e%2e%2f",
    "%2e%2e/",
    "..%2f",
    "..%5c",
    "..%c0%af",
    "\u{2025}/",
    "a/../..",
    "file.txt\0.png",
    ".git/config",
    ".env",
];

/// Numbers as text that parsers of numbers stumble over.
pub(crate) const NUMBERS: &[&str] = &[
    "0",
    "-0",
    "+0",
    "00",
    "1",
    "-1",
    "+1",
    "01",
    "1e1",
    "1e400",
    "1e-400",
    "-1e400",
    "0x10",
    "0b1",
    "0o7",
    "1_000",
    "1,000",
    "1.",
    ".1",
    "1.0",
    "0.1",
    "1e",
    "e1",
    "1e+",
    "1.5.2",
    "9007199254740993",
    "4.9e-324",
    "1.7976931348623157e308",
    "99999999999999999999999999999999999999999",
    "3.4028236e38",
    "0.30000000000000004",
    "٣",
];

/// Units of nesting: what opens, and what closes it.
pub(crate) const NESTS: &[(&str, &str)] = &[
    ("(", ")"),
    ("[", "]"),
    ("{", "}"),
    ("<a>", "</a>"),
    ("\"", "\""),
    ("{\"a\":", "}"),
    ("[[", "]]"),
    ("<!--", "-->"),
    ("(?:", ")"),
    ("!", ""),
    ("-", ""),
    ("*", "*"),
    ("> ", ""),
    ("- ", ""),
    ("\\", ""),
    ("&", ";"),
];

/// The borders that code most often gets wrong.
pub(crate) const CORE_NUMBERS: &[i128] = &[
    0,
    1,
    -1,
    10,
    i8::MAX as i128,
    i8::MIN as i128,
    u8::MAX as i128,
    u8::MAX as i128 + 1,
    i16::MAX as i128,
    u16::MAX as i128,
    u16::MAX as i128 + 1,
    i32::MAX as i128,
    i32::MIN as i128,
    i32::MAX as i128 + 1,
    u32::MAX as i128,
    u32::MAX as i128 + 1,
    i64::MAX as i128,
    i64::MIN as i128,
    i64::MAX as i128 + 1,
    u64::MAX as i128,
    u64::MAX as i128 + 1,
];

/// Whole numbers at the borders of every width, as magnitudes; both signs are used.
pub(crate) fn border_numbers() -> impl Iterator<Item = u128> {
    let powers_of_two =
        [7, 8, 15, 16, 24, 31, 32, 52, 53, 62, 63, 64, 96, 127].into_iter().flat_map(|bits| {
            let power = 1u128 << bits;
            [power - 1, power, power + 1]
        });
    let powers_of_ten = (1..=38).map(|digits| 10u128.pow(digits)).flat_map(|power| [power - 1, power]);
    // Seconds, milliseconds and nanoseconds just inside and outside of 64 bits.
    let times = [1_000, 1_000_000, 1_000_000_000, 60, 3_600, 86_400].into_iter().flat_map(|unit| {
        let whole = (i64::MAX as u128) / unit;
        [whole, whole + 1]
    });
    (0..=16).chain(powers_of_two).chain(powers_of_ten).chain(times).chain([
        59,
        60,
        61,
        100,
        255,
        999,
        u128::MAX - 1,
        u128::MAX,
    ])
}

/// Seconds since 1970 of a moment at which calendars turn: ends of years and months, and days that not every year has.
pub(crate) fn moment(random: &mut Random) -> u128 {
    /// Days of a year that has no 29 February, counted from its first one: first and last ones of months.
    const DAYS: [u64; 8] = [0, 30, 57, 58, 59, 180, 333, 364];
    /// Of a leap year, of the years before and behind one, of one that is none although four divides it.
    const YEARS: [u64; 8] = [1970, 1999, 2000, 2023, 2024, 2038, 2100, 2400];
    let year = if random.one_in(2) { random.pick(&YEARS).copied() } else { None };
    let year = year.unwrap_or_else(|| random.within(1970..2200) as u64);
    let leap_days = |year: u64| year / 4 - year / 100 + year / 400;
    let days = (year - 1970) * 365 + leap_days(year - 1) - leap_days(1969);
    // In a leap year day 59 is the 29 February.
    let day = random.pick(&DAYS).copied().unwrap_or(0);
    let second = [0, 1, 43_200, 86_399, random.below(86_400) as u64][random.below(5)];
    u128::from((days + day) * 86_400 + second)
}

/// Single bytes that formats give a meaning to.
pub(crate) const BYTES: &[u8] = &[
    0x00, 0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x0a, 0x0d, 0x10, 0x1b, 0x1f, 0x20, 0x22, 0x2e, 0x2f,
    0x30, 0x3f, 0x40, 0x5c, 0x5f, 0x60, 0x7d, 0x7e, 0x7f, 0x80, 0x81, 0x82, 0x83, 0x84, 0x88, 0x90, 0x9f,
    0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xf8, 0xfb, 0xfc, 0xfd, 0xfe,
    0xff,
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_those_at_which_calendars_turn() {
        let mut random = Random::new(1);
        let moments: std::collections::BTreeSet<u128> = (0..20_000).map(|_| moment(&mut random)).collect();
        for (moment, said) in [
            (0, "the first of all"),
            (951_782_400, "29 February 2000"),
            (1_709_251_199, "the last second of 29 February 2024"),
            (1_704_067_199, "the last second of 2023"),
            (4_107_542_400, "1 March 2100, the day after 28 February"),
        ] {
            assert!(moments.contains(&moment), "{said}");
        }
    }
}
