//! Takes a condition in Rust, gives what it says of each of its subjects, as far as that can be read.
//!
//! Read are comparisons with literals, `&&`, `!` and the pairs `is_some`/`is_none` and `is_ok`/`is_err`. Everything
//! else is kept as words that are true or not.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use syn::{BinOp, Expr, Lit, UnOp};

/// A conjunction.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Statement {
    about: BTreeMap<String, Facts>,
}

/// What is said of one subject.
#[derive(Clone, Debug, Default, PartialEq)]
struct Facts {
    /// At least this; with `true` more than it.
    low: Option<(f64, bool)>,
    /// At most this; with `true` less than it.
    high: Option<(f64, bool)>,
    /// Literals it is, and is not.
    is: BTreeSet<String>,
    is_not: BTreeSet<String>,
    /// Whether it is true.
    holds: BTreeSet<bool>,
}

impl Statement {
    /// Reads a condition; one that is no Rust says nothing that can be read.
    pub(super) fn read(text: &str) -> Self {
        let mut statement = Self::default();
        match syn::parse_str(text) {
            Ok(expression) => statement.add(&expression, true),
            Err(_) => statement.say(text.to_owned()).holds.extend([true]),
        }
        statement
    }

    /// Both together.
    pub(super) fn and(&self, other: &Self) -> Self {
        let mut both = self.clone();
        for (subject, facts) in &other.about {
            both.about.entry(subject.clone()).or_default().join(facts);
        }
        both
    }

    /// A subject of which no value makes it true, if there is one.
    pub(super) fn impossible(&self) -> Option<&str> {
        self.about.iter().find(|(_, facts)| facts.is_impossible()).map(|(subject, _)| subject.as_str())
    }

    /// Whether whatever makes this true makes `other` true.
    pub(super) fn implies(&self, other: &Self) -> bool {
        let nothing = Facts::default();
        other.about.iter().all(|(subject, facts)| self.about.get(subject).unwrap_or(&nothing).implies(facts))
    }

    fn say(&mut self, subject: String) -> &mut Facts {
        self.about.entry(subject).or_default()
    }

    fn add(&mut self, expression: &Expr, positive: bool) {
        match expression {
            Expr::Paren(inner) => self.add(&inner.expr, positive),
            Expr::Group(inner) => self.add(&inner.expr, positive),
            Expr::Unary(not) if matches!(not.op, UnOp::Not(_)) => self.add(&not.expr, !positive),
            Expr::Binary(and) if matches!(and.op, BinOp::And(_)) && positive => {
                self.add(&and.left, true);
                self.add(&and.right, true);
            }
            // Not one or the other is neither.
            Expr::Binary(or) if matches!(or.op, BinOp::Or(_)) && !positive => {
                self.add(&or.left, false);
                self.add(&or.right, false);
            }
            Expr::Lit(literal) if matches!(&literal.lit, Lit::Bool(_)) => {
                let holds = matches!(&literal.lit, Lit::Bool(flag) if flag.value == positive);
                if !holds {
                    self.say("it".to_owned()).holds.extend([true, false]);
                }
            }
            Expr::Binary(comparison) => self.compare(comparison, expression, positive),
            Expr::MethodCall(call) if call.args.is_empty() => {
                let other = match call.method.to_string().as_str() {
                    "is_none" => Some("is_some"),
                    "is_err" => Some("is_ok"),
                    _ => None,
                };
                match other {
                    Some(other) => {
                        let subject = format!("{}.{other}()", shown(&call.receiver));
                        self.say(subject).holds.insert(!positive);
                    }
                    None => drop(self.say(shown(expression)).holds.insert(positive)),
                }
            }
            _ => drop(self.say(shown(expression)).holds.insert(positive)),
        }
    }

    fn compare(&mut self, comparison: &syn::ExprBinary, whole: &Expr, positive: bool) {
        let sides = match (literal(&comparison.left), literal(&comparison.right)) {
            (None, Some(value)) => Some((&comparison.left, value, false)),
            (Some(value), None) => Some((&comparison.right, value, true)),
            _ => None,
        };
        let order = order(&comparison.op);
        let (Some((subject, value, turned)), Some(order)) = (sides, order) else {
            self.say(shown(whole)).holds.insert(positive);
            return;
        };
        let order = if turned { order.turned() } else { order };
        // What is not less may still be no number, so that only equality can be denied.
        if !positive && !matches!(order, Order::Equal | Order::Different) {
            self.say(shown(whole)).holds.insert(false);
            return;
        }
        let facts = self.say(shown(subject));
        match (order, value) {
            (Order::Equal, value) if positive => facts.is_value(value),
            (Order::Different, value) if !positive => facts.is_value(value),
            (Order::Equal | Order::Different, value) => drop(facts.is_not.insert(value.text())),
            (order, Value::Number(number, _)) => facts.bound(order, number),
            // An order of texts says nothing that is read here.
            (_, Value::Text(_)) => drop(self.say(shown(whole)).holds.insert(true)),
        }
    }
}

impl Facts {
    fn is_value(&mut self, value: Value) {
        if let Value::Number(number, _) = value {
            self.bound(Order::AtLeast, number);
            self.bound(Order::AtMost, number);
        }
        self.is.insert(value.text());
    }

    fn bound(&mut self, order: Order, number: f64) {
        let strict = matches!(order, Order::More | Order::Less);
        if matches!(order, Order::More | Order::AtLeast) {
            self.low = tighter(self.low, Some((number, strict)), 1.0);
        } else {
            self.high = tighter(self.high, Some((number, strict)), -1.0);
        }
    }

    fn join(&mut self, other: &Self) {
        self.low = tighter(self.low, other.low, 1.0);
        self.high = tighter(self.high, other.high, -1.0);
        self.is.extend(other.is.iter().cloned());
        self.is_not.extend(other.is_not.iter().cloned());
        self.holds.extend(&other.holds);
    }

    fn is_impossible(&self) -> bool {
        let crossed = match (self.low, self.high) {
            (Some((low, above)), Some((high, below))) => low > high || (low >= high && (above || below)),
            _ => false,
        };
        crossed || self.is.len() > 1 || self.holds.len() > 1 || !self.is.is_disjoint(&self.is_not)
    }

    fn implies(&self, other: &Self) -> bool {
        let as_tight = |ours, theirs, sign| {
            theirs == tighter(theirs, theirs, sign) && tighter(ours, theirs, sign) == ours
        };
        let outside = |text: &String| {
            self.is_not.contains(text)
                || (!self.is.is_empty() && !self.is.contains(text))
                || self.excludes(text)
        };
        as_tight(self.low, other.low, 1.0)
            && as_tight(self.high, other.high, -1.0)
            && other.is.is_subset(&self.is)
            && other.is_not.iter().all(outside)
            && other.holds.is_subset(&self.holds)
    }

    fn excludes(&self, text: &str) -> bool {
        let Ok(number) = text.parse::<f64>() else { return false };
        let below = self.low.is_some_and(|(low, strict)| number < low || (strict && number <= low));
        let above = self.high.is_some_and(|(high, strict)| number > high || (strict && number >= high));
        below || above
    }
}

/// The bound that leaves less: the greater one for `sign` 1, the smaller one for -1.
fn tighter(one: Option<(f64, bool)>, other: Option<(f64, bool)>, sign: f64) -> Option<(f64, bool)> {
    match (one, other) {
        (Some(one), Some(other)) => {
            let rank = |bound: (f64, bool)| (bound.0 * sign, bound.1);
            let (first, second) = (rank(one), rank(other));
            Some(if second.0 > first.0 || (second.0 >= first.0 && second.1) { other } else { one })
        }
        (one, other) => one.or(other),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Order {
    Equal,
    Different,
    Less,
    AtMost,
    More,
    AtLeast,
}

impl Order {
    /// The same with its sides exchanged.
    fn turned(self) -> Self {
        match self {
            Self::Less => Self::More,
            Self::AtMost => Self::AtLeast,
            Self::More => Self::Less,
            Self::AtLeast => Self::AtMost,
            same => same,
        }
    }
}

fn order(operator: &BinOp) -> Option<Order> {
    match operator {
        BinOp::Eq(_) => Some(Order::Equal),
        BinOp::Ne(_) => Some(Order::Different),
        BinOp::Lt(_) => Some(Order::Less),
        BinOp::Le(_) => Some(Order::AtMost),
        BinOp::Gt(_) => Some(Order::More),
        BinOp::Ge(_) => Some(Order::AtLeast),
        _ => None,
    }
}

enum Value {
    Number(f64, String),
    Text(String),
}

impl Value {
    fn text(self) -> String {
        match self {
            Self::Number(_, text) | Self::Text(text) => text,
        }
    }
}

/// Numbers up to which a float tells every whole one from the next.
const EXACT: f64 = 9_007_199_254_740_992.0;

fn literal(expression: &Expr) -> Option<Value> {
    let number = |text: &str, sign: f64| {
        let number = sign * text.parse::<f64>().ok().filter(|number| number.abs() < EXACT)?;
        Some(Value::Number(number, format!("{number}")))
    };
    match expression {
        Expr::Paren(inner) => literal(&inner.expr),
        Expr::Unary(minus) if matches!(minus.op, UnOp::Neg(_)) => match &*minus.expr {
            Expr::Lit(inner) => match &inner.lit {
                Lit::Int(digits) => number(digits.base10_digits(), -1.0),
                Lit::Float(digits) => number(digits.base10_digits(), -1.0),
                _ => None,
            },
            _ => None,
        },
        Expr::Lit(inner) => match &inner.lit {
            Lit::Int(digits) => number(digits.base10_digits(), 1.0),
            Lit::Float(digits) => number(digits.base10_digits(), 1.0),
            Lit::Str(text) => Some(Value::Text(format!("{:?}", text.value()))),
            Lit::Char(letter) => Some(Value::Text(format!("{:?}", letter.value()))),
            Lit::Bool(flag) => Some(Value::Text(flag.value.to_string())),
            _ => None,
        },
        _ => None,
    }
}

/// A part of an expression as it was written, without white space that says nothing.
fn shown(expression: &Expr) -> String {
    use syn::spanned::Spanned as _;
    expression.span().source_text().map_or_else(|| "it".to_owned(), |text| tokens(&text))
}

/// Rust by its words, so that white space makes no difference.
pub(super) fn tokens(text: &str) -> String {
    match text.parse::<TokenStream>() {
        Ok(tokens) => {
            let mut words = String::new();
            flatten(tokens, &mut words);
            words
        }
        Err(_) => text.split_whitespace().collect::<Vec<_>>().join(" "),
    }
}

fn flatten(tokens: TokenStream, words: &mut String) {
    let mut after_word = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    proc_macro2::Delimiter::Parenthesis => ("(", ")"),
                    proc_macro2::Delimiter::Brace => ("{", "}"),
                    proc_macro2::Delimiter::Bracket => ("[", "]"),
                    proc_macro2::Delimiter::None => ("", ""),
                };
                words.push_str(open);
                flatten(group.stream(), words);
                words.push_str(close);
                after_word = false;
            }
            TokenTree::Punct(punct) => {
                words.push(punct.as_char());
                after_word = false;
            }
            word @ (TokenTree::Ident(_) | TokenTree::Literal(_)) => {
                if after_word {
                    words.push(' ');
                }
                words.push_str(&word.to_string());
                after_word = true;
            }
        }
    }
}
