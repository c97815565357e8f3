//! Takes values and ranges as TOML gives them, gives Rust that has the type of the parameter.

use syn::{Expr, RangeLimits};

use super::lower::Crate;
use super::made::Conversion;
use super::syntax::ours;
use super::ty::{Ty, plain_length};
use crate::model::Literal;

/// Inclusive bounds of a number, as Rust.
pub(super) type Bounds = (Expr, Expr);

impl Crate<'_> {
    /// Rust for `literal` as a value of `ty`, or of the type TOML gives it; else why there is none.
    pub(super) fn literal(&self, literal: &Literal, ty: Option<&Ty>) -> Result<Expr, String> {
        let text = match ty {
            Some(ty) => self.typed(literal, ty)?,
            None => untyped(literal)?,
        };
        Ok(ours(&text))
    }

    fn typed(&self, literal: &Literal, ty: &Ty) -> Result<String, String> {
        Ok(match (literal, ty) {
            (literal, Ty::Option(inner)) => format!("Some({})", self.typed(literal, inner)?),
            (literal, Ty::Boxed(_) | Ty::Cow(_) | Ty::Std(..)) => match (self.converted(ty), ty) {
                (Some(Conversion { source, map, refuses }), _) => {
                    let sure = if refuses { ".expect(\"a value of the type\")" } else { "" };
                    format!("{{ let it = {}; {map}{sure} }}", self.typed(literal, &source)?)
                }
                (None, Ty::Boxed(inner)) => format!("Box::new({})", self.typed(literal, inner)?),
                (None, _) => return Err(self.mismatch(sort(literal), ty)),
            },
            (Literal::Text(text), Ty::String) => format!("{text:?}.to_string()"),
            (Literal::Text(text), Ty::Char) => match text.chars().collect::<Vec<_>>().as_slice() {
                [one] => format!("{one:?}"),
                _ => return Err("a character is a text of exactly one".to_owned()),
            },
            (Literal::Text(text), ty) if ty.is_bytes() => format!("{}.to_vec()", byte_string(text)),
            (Literal::Text(text), Ty::Array(inner, length)) if **inner == Ty::Integer("u8") => {
                fits(text.len(), length)?;
                format!("*{}", byte_string(text))
            }
            (Literal::Bytes(bytes), Ty::Vec(_)) if ty.is_bytes() => {
                format!("b\"{}\".to_vec()", bytes.escape_ascii())
            }
            (Literal::Bytes(bytes), Ty::Array(inner, length)) if **inner == Ty::Integer("u8") => {
                fits(bytes.len(), length)?;
                format!("*b\"{}\"", bytes.escape_ascii())
            }
            (Literal::Integer(number), Ty::Integer(name)) => integer(*number, name)?,
            // TOML writes a whole number without a point.
            #[expect(clippy::cast_precision_loss, reason = "a float of that size has no finer steps either")]
            (Literal::Integer(number), Ty::Float(name)) => float(*number as f64, name),
            (Literal::Float(number), Ty::Float(name)) => float(*number, name),
            (Literal::Boolean(flag), Ty::Bool) => flag.to_string(),
            (Literal::Array(parts), Ty::Vec(_)) if parts.is_empty() => "Vec::new()".to_owned(),
            (Literal::Array(parts), Ty::Vec(inner)) => format!("vec![{}]", self.list(parts, inner)?),
            (Literal::Array(parts), Ty::Array(inner, length)) => {
                fits(parts.len(), length)?;
                format!("[{}]", self.list(parts, inner)?)
            }
            (Literal::Array(parts), Ty::Tuple(types)) if parts.len() == types.len() => {
                let parts = parts.iter().zip(types).map(|(part, ty)| self.typed(part, ty));
                format!("({},)", parts.collect::<Result<Vec<_>, _>>()?.join(", "))
            }
            (literal, ty) => return Err(self.mismatch(sort(literal), ty)),
        })
    }

    /// Why `given` does not make a value of `ty`.
    pub(super) fn mismatch(&self, given: &str, ty: &Ty) -> String {
        let wanted = ty.written(&self.public, self.library);
        let wanted = wanted.map_or_else(|| "something else".to_owned(), |wanted| format!("`{wanted}`"));
        format!("{given} is given, {wanted} is needed")
    }

    fn list(&self, parts: &[Literal], ty: &Ty) -> Result<String, String> {
        let parts: Result<Vec<_>, _> = parts.iter().map(|part| self.typed(part, ty)).collect();
        Ok(parts?.join(", "))
    }
}

/// The bounds that a range gives for numbers of the type named `ty`; else why there are none.
pub(super) fn range(range: &Expr, ty: &str) -> Result<Bounds, String> {
    let Expr::Range(range) = range else {
        return Err("not a range such as `0..=200`".to_owned());
    };
    let is_closed = matches!(range.limits, RangeLimits::Closed(_));
    if let (Some(low), Some(high)) =
        (range.start.as_deref().and_then(number), range.end.as_deref().and_then(number))
        && (low > high || (!is_closed && low >= high))
    {
        return Err("no number lies in it".to_owned());
    }
    let low = match &range.start {
        Some(low) => bound((**low).clone(), ty)?,
        None => ours(&format!("{ty}::MIN")),
    };
    let high = match &range.end {
        None => ours(&format!("{ty}::MAX")),
        Some(high) if is_closed => bound((**high).clone(), ty)?,
        Some(high) => before((**high).clone(), ty)?,
    };
    Ok((low, high))
}

/// Whether the range is one of floats.
pub(super) fn is_float_range(range: &Expr) -> bool {
    let is_float = |side: Option<&Expr>| matches!(side.and_then(magnitude), Some((_, Magnitude::Float(_))));
    match range {
        Expr::Range(range) => is_float(range.start.as_deref()) || is_float(range.end.as_deref()),
        _ => false,
    }
}

/// The type that a bound of the range names, as in `0..=9u8`.
pub(super) fn type_of_range(range: &Expr) -> Option<String> {
    fn suffix(side: &Expr) -> Option<String> {
        let suffix = match side {
            Expr::Unary(negative) => return suffix(&negative.expr),
            Expr::Paren(paren) => return suffix(&paren.expr),
            Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }) => number.suffix(),
            Expr::Lit(syn::ExprLit { lit: syn::Lit::Float(number), .. }) => number.suffix(),
            _ => "",
        };
        (!suffix.is_empty()).then(|| suffix.to_owned())
    }
    let Expr::Range(range) = range else { return None };
    [&range.start, &range.end].into_iter().flatten().find_map(|side| suffix(side))
}

/// A bound that fits the type: numbers are checked, other Rust is left to rustc.
fn bound(side: Expr, ty: &str) -> Result<Expr, String> {
    match (magnitude(&side), ty.starts_with('f')) {
        (None, _) => Ok(side),
        (Some((negative, Magnitude::Whole(number))), false) => {
            let text = sign(negative, &number.to_string());
            if fits_integer(negative, number, ty) {
                Ok(ours(&text))
            } else {
                Err(format!("{text} does not fit `{ty}`"))
            }
        }
        (Some((negative, Magnitude::Whole(number))), true) => {
            Ok(ours(&sign(negative, &format!("{number}.0"))))
        }
        (Some((negative, Magnitude::Float(number))), true) => {
            Ok(ours(&sign(negative, &format!("{number:?}"))))
        }
        (Some((_, Magnitude::Float(number))), false) => Err(format!("{number:?} is not a whole number")),
    }
}

/// The greatest number below an excluded bound.
fn before(side: Expr, ty: &str) -> Result<Expr, String> {
    match magnitude(&side) {
        Some((negative, Magnitude::Whole(number))) if !ty.starts_with('f') => {
            let number = i128::try_from(number).map_err(|_| "the bound is too large; write it with `..=`")?;
            let last = if negative { -number } else { number } - 1;
            bound(ours(&last.to_string()), ty)
        }
        Some((negative, number)) => {
            #[expect(clippy::cast_precision_loss, reason = "a float of that size has no finer steps either")]
            let number = match number {
                Magnitude::Whole(number) => number as f64,
                Magnitude::Float(number) => number,
            };
            let number = if negative { -number } else { number };
            #[expect(clippy::cast_possible_truncation, reason = "the bound is a number of the smaller type")]
            let last = if ty == "f32" {
                format!("{:?}", (number as f32).next_down())
            } else {
                format!("{:?}", number.next_down())
            };
            Ok(ours(&last))
        }
        None if ty.starts_with('f') => Err("write the upper bound with `..=`".to_owned()),
        None => {
            let mut last: Expr = ours("(0) - 1");
            if let Expr::Binary(binary) = &mut last
                && let Expr::Paren(paren) = &mut *binary.left
            {
                *paren.expr = side;
            }
            Ok(last)
        }
    }
}

enum Magnitude {
    Whole(u128),
    Float(f64),
}

/// Whether a number is negative, and the rest of it; nothing if the Rust is more than a number.
fn magnitude(expression: &Expr) -> Option<(bool, Magnitude)> {
    match expression {
        Expr::Unary(syn::ExprUnary { op: syn::UnOp::Neg(_), expr, .. }) => {
            let (negative, number) = magnitude(expr)?;
            Some((!negative, number))
        }
        Expr::Paren(paren) => magnitude(&paren.expr),
        Expr::Lit(literal) => match &literal.lit {
            syn::Lit::Int(number) => Some((false, Magnitude::Whole(number.base10_parse().ok()?))),
            syn::Lit::Float(number) => Some((false, Magnitude::Float(number.base10_parse().ok()?))),
            _ => None,
        },
        _ => None,
    }
}

/// For comparing bounds; numbers that are close enough to be rounded alike pass.
#[expect(clippy::cast_precision_loss, reason = "only the order of clearly different numbers matters")]
fn number(expression: &Expr) -> Option<f64> {
    let (negative, number) = magnitude(expression)?;
    let number = match number {
        Magnitude::Whole(number) => number as f64,
        Magnitude::Float(number) => number,
    };
    Some(if negative { -number } else { number })
}

fn sign(negative: bool, text: &str) -> String {
    if negative { format!("-{text}") } else { text.to_owned() }
}

fn fits_integer(negative: bool, number: u128, ty: &str) -> bool {
    let bits: u32 = ty.trim_start_matches(['u', 'i']).parse().unwrap_or(64);
    let signed = ty.starts_with('i');
    let most = if signed { (1_u128 << (bits - 1)) - 1 } else { u128::MAX >> (128 - bits) };
    match (negative && number > 0, signed) {
        (true, true) => number <= most + 1,
        (true, false) => false,
        (false, _) => number <= most,
    }
}

fn integer(number: i64, ty: &str) -> Result<String, String> {
    if fits_integer(number < 0, u128::from(number.unsigned_abs()), ty) {
        Ok(format!("{number}{ty}"))
    } else {
        Err(format!("{number} does not fit `{ty}`"))
    }
}

fn float(number: f64, ty: &str) -> String {
    if number.is_nan() {
        format!("{ty}::NAN")
    } else if number.is_infinite() {
        format!("{ty}::{}", if number > 0.0 { "INFINITY" } else { "NEG_INFINITY" })
    } else {
        format!("{number:?}{ty}")
    }
}

fn byte_string(text: &str) -> String {
    format!("b\"{}\"", text.as_bytes().escape_ascii())
}

fn fits(given: usize, length: &Expr) -> Result<(), String> {
    match plain_length(length) {
        Some(length) if length != given => Err(format!("{given} elements are given, {length} are needed")),
        _ => Ok(()),
    }
}

fn untyped(literal: &Literal) -> Result<String, String> {
    Ok(match literal {
        Literal::Text(text) => format!("{text:?}.to_string()"),
        Literal::Bytes(bytes) => format!("b\"{}\".to_vec()", bytes.escape_ascii()),
        Literal::Integer(number) => format!("{number}i64"),
        Literal::Float(number) => float(*number, "f64"),
        Literal::Boolean(flag) => flag.to_string(),
        Literal::Array(parts) if parts.is_empty() => {
            return Err("nothing says what it is an empty list of".to_owned());
        }
        Literal::Array(parts) => {
            let parts: Result<Vec<_>, _> = parts.iter().map(untyped).collect();
            format!("vec![{}]", parts?.join(", "))
        }
    })
}

/// What a value is called in messages.
fn sort(literal: &Literal) -> &'static str {
    match literal {
        Literal::Text(_) => "a text",
        Literal::Bytes(_) => "a list of bytes",
        Literal::Integer(_) => "a whole number",
        Literal::Float(_) => "a number with a fraction",
        Literal::Boolean(_) => "true or false",
        Literal::Array(_) => "a list",
    }
}
