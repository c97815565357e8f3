//! Types of common crates, for users who have those crates: a table, one line a type.
//!
//! Only functions are used that the crates offer without a feature, in every version of the series named.

use super::known_type::{Known, of_one, of_two, plain};

/// The notation is that of [`super::shape`].
#[rustfmt::skip]
pub(super) static CRATES: &[Known] = &[
    // bytes 1
    plain("bytes::Bytes", "Vec<u8>", "$::from(it)"),
    plain("bytes::BytesMut", "Vec<u8>", "$::from(it.as_slice())"),
    // uuid 1
    plain("uuid::Uuid", "u128", "$::from_u128(it)").parsed(),
    // chrono 0.4
    plain("chrono::Utc", "one_of!($)", "it"),
    plain("chrono::Local", "one_of!($)", "it"),
    plain("chrono::FixedOffset", "range!(-86_399..=86_399i32)", "$::east_opt(it)").refusing().parsed(),
    plain("chrono::NaiveDate", "range!(-95_746_131..=95_745_399i32)", "$::from_num_days_from_ce_opt(it)").refusing().parsed(),
    plain("chrono::NaiveTime", "(range!(0..=86_399u32), range!(0..=999_999_999u32), bool)", "$::from_num_seconds_from_midnight_opt(it.0, if it.2 && it.0 % 60 == 59 { it.1 + 1_000_000_000 } else { it.1 })").refusing().parsed(),
    plain("chrono::NaiveDateTime", "(chrono::NaiveDate, chrono::NaiveTime)", "$::new(it.0, it.1)").parsed(),
    of_one("chrono::DateTime", "(range!(-8_334_601_228_800..=8_210_266_876_799i64), range!(0..=999_999_999u32), A)", "$::from_timestamp(it.0, it.1).map(|at| at.with_timezone(&it.2))").refusing().parsed(),
    plain("chrono::TimeDelta", "range!(-9_223_372_036_854_775_807..=9_223_372_036_854_775_807i64)", "$::milliseconds(it)"),
    plain("chrono::Duration", "range!(-9_223_372_036_854_775_807..=9_223_372_036_854_775_807i64)", "$::milliseconds(it)"),
    plain("chrono::Weekday", "range!(0..=6u8)", "$::try_from(it)").refusing().parsed(),
    plain("chrono::Month", "range!(1..=12u8)", "$::try_from(it)").refusing().parsed(),
    plain("chrono::Days", "u64", "$::new(it)"),
    plain("chrono::Months", "u32", "$::new(it)"),
    // time 0.3
    plain("time::Date", "range!(-1_930_999..=5_373_484i32)", "$::from_julian_day(it)").refusing(),
    plain("time::Time", "(range!(0..=23u8), range!(0..=59u8), range!(0..=59u8), range!(0..=999_999_999u32))", "$::from_hms_nano(it.0, it.1, it.2, it.3)").refusing(),
    plain("time::PrimitiveDateTime", "(time::Date, time::Time)", "$::new(it.0, it.1)"),
    plain("time::OffsetDateTime", "range!(-377_705_116_800..=253_402_300_799i64)", "$::from_unix_timestamp(it)").refusing(),
    plain("time::UtcDateTime", "range!(-377_705_116_800..=253_402_300_799i64)", "$::from_unix_timestamp(it)").refusing(),
    plain("time::UtcOffset", "(range!(-23..=23i8), range!(-59..=59i8), range!(-59..=59i8))", "$::from_hms(it.0, it.1, it.2)").refusing(),
    plain("time::Duration", "(i64, range!(-999_999_999..=999_999_999i32))", "$::seconds(it.0).checked_add($::nanoseconds(i64::from(it.1)))").refusing(),
    plain("time::Month", "range!(1..=12u8)", "$::try_from(it)").refusing(),
    plain("time::Weekday", "one_of!($::Monday, $::Tuesday, $::Wednesday, $::Thursday, $::Friday, $::Saturday, $::Sunday)", "it"),
    // url 2
    plain("url::Url", r#"like!("https://example.org/a/b?c=d#e", "http://user:pass@[::1]:8080/%2e%2e/?q=%00", "mailto:a@example.org", "file:///etc/passwd", "data:text/plain,a", "https://xn--bcher-kva.example/\u{fc}")"#, "$::parse(&it)").refusing().parsed(),
    // http 0.2 and 1
    plain("http::Uri", r#"like!("https://example.org/a/b?c=d", "/a/b?c=d", "*", "example.org:443", "http://user@[::1]:80/%00")"#, "it.parse::<$>()").refusing().parsed(),
    plain("http::Method", r#"like!("GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS", "TRACE", "CONNECT", "PURGE")"#, "it.parse::<$>()").refusing().parsed(),
    plain("http::StatusCode", "range!(100..=999u16)", "$::from_u16(it)").refusing().parsed(),
    plain("http::Version", "one_of!($::HTTP_11, $::HTTP_10, $::HTTP_2, $::HTTP_3, $::HTTP_09)", "it"),
    plain("http::HeaderName", r#"like!("content-type", "host", "x-forwarded-for", "set-cookie", "authorization", "x")"#, "it.parse::<$>()").refusing().parsed(),
    plain("http::HeaderValue", "Vec<u8>", "$::from_bytes(&it)").refusing().parsed(),
    plain("http::HeaderMap", "Vec<(http::HeaderName, http::HeaderValue)>", "{ let mut map = $::new(); for (name, value) in it { map.append(name, value); } map }"),
    of_one("http::Request", "(http::Method, http::Uri, http::HeaderMap, A)", "{ let mut request = $::new(it.3); *request.method_mut() = it.0; *request.uri_mut() = it.1; *request.headers_mut() = it.2; request }").unclonable(),
    of_one("http::Response", "(http::StatusCode, http::HeaderMap, A)", "{ let mut response = $::new(it.2); *response.status_mut() = it.0; *response.headers_mut() = it.1; response }").unclonable(),
    // serde_json 1
    plain("serde_json::Value", r#"like!("null", "{\"a\": [1, -2.5e3, true, null, \"b\"], \"\": {\"c\": {}}}", "[[[]]]", "18446744073709551615", "\"\\u0000\\ud83d\\ude00\"")"#, "$crate::from_str::<$>(&it)").refusing().parsed(),
    of_two("serde_json::Map", r#"like!("{}", "{\"a\": [1, -2.5e3, true, null, \"b\"], \"\": {\"c\": {}}}")"#, "$crate::from_str::<$<String, $crate::Value>>(&it)").refusing(),
    plain("serde_json::Number", "i64", "$::from(it)"),
    // rust_decimal 1
    plain("rust_decimal::Decimal", "(i64, range!(0..=28u32))", "$::new(it.0, it.1)").parsed(),
    // indexmap 1 and 2
    of_two("indexmap::IndexMap", "Vec<(A, B)>", "it.into_iter().collect::<$<_, _>>()"),
    of_one("indexmap::IndexSet", "Vec<A>", "it.into_iter().collect::<$<_>>()"),
    // smallvec 1
    of_one("smallvec::SmallVec", "elements!(A)", "it.into_iter().collect::<$<$A>>()"),
    // semver 1
    plain("semver::Version", r#"like!("1.2.3", "0.0.0", "1.0.0-alpha.1+build.5", "18446744073709551615.0.0")"#, "$::parse(&it)").refusing().parsed(),
    plain("semver::VersionReq", r#"like!("*", "^1.2", ">=1.0.0, <2", "~0.3.1-alpha", "=1.*")"#, "$::parse(&it)").refusing().parsed(),
    // others that are made of one value
    of_one("ordered_float::OrderedFloat", "A", "$(it)"),
    plain("smol_str::SmolStr", "String", "$::from(it)"),
    plain("compact_str::CompactString", "String", "$::from(it)"),
    plain("camino::Utf8PathBuf", "String", "$::from(it)"),
];
