//! # `authorized`
//!
//! ## What it requires
//! Every role may do what its row of the table `allowed` lists, and nothing else; a role or an action that the table does not name is refused.
//! `role` and `action` say who asks for what: the name of an argument, or Rust over the values that gives the name; by default the arguments that are called so.
//! Variants of enums are named as in Rust or in snake case; `"*"` stands for every action.
//! What is no refusal (`Err`, `None`, `false`, a panic, or what `refused` says) is allowed.
//!
//! ## Why it matters
//! Who may do what is decided in a hundred places, and each new role or action is one more cell in a table that nobody looks at as a whole.
//! The table in the declaration is one page, and every cell of it is tried.
//!
//! ## Declaration
//! ```toml
//! [constraint.who_may_what]
//! says   = "Only editors write posts, and only admins delete them"
//! kind   = "authorized"
//! target = "crate::may"
//!
//! [constraint.who_may_what.allowed]
//! admin  = ["read", "write", "delete"]
//! editor = ["read", "write"]
//! guest  = ["read"]
//! ```
//!
//! ## Holds
//! ```rust
//! #[derive(Debug, Clone, Copy, PartialEq)]
//! pub enum Role {
//!     Admin,
//!     Editor,
//!     Guest,
//!     Banned,
//! }
//!
//! pub fn may(role: Role, action: &str) -> bool {
//!     match action {
//!         "read" => role != Role::Banned,
//!         "write" => matches!(role, Role::Admin | Role::Editor),
//!         "delete" => role == Role::Admin,
//!         _ => false,
//!     }
//! }
//! ```
//!
//! ## Violated
//! ```rust
//! #[derive(Debug, Clone, Copy, PartialEq)]
//! pub enum Role {
//!     Admin,
//!     Editor,
//!     Guest,
//!     Banned,
//! }
//!
//! pub fn may(role: Role, action: &str) -> bool {
//!     match action {
//!         "read" => role != Role::Banned,
//!         "write" => role != Role::Guest, // red: main.who_may_what
//!         "delete" => role == Role::Admin,
//!         _ => false,
//!     }
//! }
//! ```
//!
//! ## How it is checked
//! Roles and actions of the table, other variants of their types and other texts are combined with any other arguments, and what the target does is compared with the table.
//! A text that is a name of the table but for case, space or marks says nothing: it may count as that name or not.
//!
//! ## What it cannot see
//! Whether the target is asked everywhere it should be, and whether the role is that of who asks.
//!
//! ## References
//! - CWE-862, missing authorization: <https://cwe.mitre.org/data/definitions/862.html>
//! - CWE-863, incorrect authorization: <https://cwe.mitre.org/data/definitions/863.html>

use std::collections::BTreeSet;

use constraints_wire::Witness;
use syn::{Expr, parse_quote};

use super::lowering::{answered, called, draws, fresh, ident, on_values};
use super::{Body, Kind, OracleCall, Show, Step, Via};
use crate::model::{
    About, Area, Code, Fault, Key, KeyShape, KeyValue, Shape, Spanned, Status, Subject, nearest,
};
use crate::resolve::{Bound, Recipe, Value};

/// Every role may do what the table lists, and nothing else.
#[derive(Debug)]
pub(super) struct Authorized;

impl Kind for Authorized {
    fn about(&self) -> &'static About {
        static ABOUT: About = About {
            id: "authorized",
            shape: Shape::Property,
            area: Area::Security,
            summary: "every role may do what the table lists, and nothing else",
            status: Status::Preview,
            subject: Subject::Function,
            keys: &[
                Key {
                    name: "allowed",
                    shape: KeyShape::Table,
                    required: true,
                    says: "The table: for each role the actions that it may do, `\"*\"` for all.",
                },
                Key {
                    name: "role",
                    shape: KeyShape::Expression,
                    required: false,
                    says: "Who asks: an argument, or Rust over the values that gives the name of a role; by default the argument called so.",
                },
                Key {
                    name: "action",
                    shape: KeyShape::Expression,
                    required: false,
                    says: "What is asked for: an argument, or Rust over the values that gives the name of an action; by default the argument called so.",
                },
            ],
            source: include_str!("authorized.rs"),
        };
        &ABOUT
    }

    fn plan(&self, bound: &Bound<'_>) -> Result<OracleCall, Fault> {
        answered(bound)?;
        let Some(KeyValue::Table(table)) = bound.constraint.keys.get("allowed") else {
            return Err(Fault::error(
                Code::MissingKey,
                bound.constraint.id.span,
                "there is no table `allowed`",
            ));
        };
        let roles: Vec<&Spanned<String>> = table.iter().map(|(role, _)| role).collect();
        let mut actions: Vec<&Spanned<String>> = table.iter().flat_map(|(_, actions)| actions).collect();
        actions.retain(|action| action.value != "*");
        let role = Asking::of(bound, "role", &ROLES, 0, &roles)?;
        let action = Asking::of(bound, "action", &ACTIONS, 1, &actions)?;
        let mut steps = draws(bound);
        for step in &mut steps {
            if let Step::Draw { name, recipe, .. } = step {
                for asking in [&role, &action] {
                    asking.enrich(name, recipe);
                }
            }
        }
        steps.extend(bound.when.clone().map(Step::When));
        let rows = table.iter().map(|(role, actions)| -> Expr {
            let role = &role.value;
            let actions = actions.iter().map(|action| &action.value);
            parse_quote!((#role, &[#(#actions),*]))
        });
        let arguments = vec![role.text, action.text, parse_quote!(&[#(#rows),*])];
        steps.push(Step::State { method: "asks", arguments, show: Show::Nothing });
        let result = fresh(bound, "result");
        steps.push(called(bound, Via::Tolerate, Some(result.clone()), &BTreeSet::new()));
        let result = ident(&result);
        let passes = match &bound.refused {
            Some(refused) => parse_quote!(#result.is_some_and(|result| !(#refused))),
            None => parse_quote!(#result.is_some_and(|it| !rt::Answer::is_refusal(&it))),
        };
        steps.push(Step::State { method: "decides", arguments: vec![passes], show: Show::Nothing });
        Ok(OracleCall { oracle: "authorized", body: Body::Cases(steps) })
    }

    fn message(&self, witness: &Witness) -> String {
        on_values("does not decide as the table says", witness)
    }
}

/// What roles and actions are called among arguments.
const ROLES: [&str; 8] = ["role", "user", "actor", "subject", "principal", "who", "caller", "account"];
const ACTIONS: [&str; 9] =
    ["action", "permission", "operation", "verb", "what", "op", "method", "command", "request"];

/// One side of the question.
struct Asking {
    /// The value that it is, if it is one.
    value: Option<String>,
    /// Samples of it, where it is a text that nothing else is said of.
    names: Vec<String>,
    /// Its name, as Rust that gives a `&str`.
    text: Expr,
}

impl Asking {
    fn of(
        bound: &Bound<'_>,
        key: &'static str,
        words: &[&str],
        position: usize,
        names: &[&Spanned<String>],
    ) -> Result<Self, Fault> {
        let written = bound.expression(key);
        let identifier = written.and_then(|written| match written {
            Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
            _ => None,
        });
        let value = match (&identifier, written) {
            (Some(name), _) => bound.values.iter().find(|value| value.name == *name),
            (None, None) => by_words(bound, words)
                .or_else(|| bound.values.get(position).filter(|_| bound.values.len() == 2)),
            (None, Some(_)) => None,
        };
        match (value, written) {
            (Some(value), _) => Self::of_value(bound, key, value, names),
            (None, Some(written)) => {
                Ok(Self { value: None, names: Vec::new(), text: parse_quote!(&(#written).to_string()) })
            }
            (None, None) => Err(Fault::error(
                Code::MissingKey,
                bound.constraint.id.span,
                format!("nothing says which argument is the {key}"),
            )
            .help(format!("add `{key} = \"NAME\"`, or Rust over the values that gives its name"))),
        }
    }

    fn of_value(
        bound: &Bound<'_>,
        key: &str,
        value: &Value,
        names: &[&Spanned<String>],
    ) -> Result<Self, Fault> {
        let it = ident(&value.name);
        if let Some((path, variants)) = variants(&value.recipe) {
            let known: Vec<String> = variants.iter().map(|variant| plain(&variant.to_string())).collect();
            for name in names {
                if !known.contains(&plain(&name.value)) {
                    return Err(no_variant(key, name, &variants));
                }
            }
            let arms = variants.iter().map(|variant| -> syn::Arm {
                let own = variant.to_string();
                let listed = names.iter().find(|name| plain(&name.value) == plain(&own));
                let own = listed.map_or(own, |name| name.value.clone());
                parse_quote!(#path::#variant { .. } => #own,)
            });
            let text = parse_quote!(match &#it { #(#arms)* });
            return Ok(Self { value: None, names: Vec::new(), text });
        }
        let is_declared = bound.constraint.args.iter().any(|argument| argument.name.value == value.name);
        match &value.recipe {
            Recipe::Text { .. }
            | Recipe::OneOf(_)
            | Recipe::Matching(_)
            | Recipe::Value(_)
            | Recipe::Fitted { .. } => Ok(Self {
                value: Some(value.name.clone()).filter(|_| !is_declared),
                names: names.iter().map(|name| name.value.clone()).collect(),
                text: parse_quote!(&*#it),
            }),
            _ => Err(Fault::error(
                Code::InvalidValue,
                value.origin,
                format!("the {key} is neither a text nor an enum whose variants are known"),
            )
            .help(format!(
                "say what its name is: `{key} = \"Rust over the values\"`, such as `{}.name()`",
                value.name
            ))),
        }
    }

    /// Has the names of the table among the samples of the value.
    fn enrich(&self, name: &str, recipe: &mut Recipe) {
        if self.value.as_deref() == Some(name)
            && let Recipe::Text { like, .. } = recipe
        {
            like.extend(self.names.iter().cloned());
            like.sort();
            like.dedup();
        }
    }
}

fn by_words<'b>(bound: &'b Bound<'_>, words: &[&str]) -> Option<&'b Value> {
    let rank = |name: &str| words.iter().position(|word| name.split('_').any(|part| part == *word));
    let found = bound.values.iter().filter_map(|value| Some((rank(&value.name)?, value)));
    found.min_by_key(|(rank, _)| *rank).map(|(_, value)| value)
}

/// The variants of an enum of the user.
fn variants(recipe: &Recipe) -> Option<(syn::Path, Vec<syn::Ident>)> {
    match recipe {
        Recipe::Made(maker) => variants(maker.recipe()),
        Recipe::Fields { inner, .. } => variants(inner),
        Recipe::Enum { path, variants } => {
            Some((path.clone(), variants.iter().map(|(name, _)| name.clone()).collect()))
        }
        _ => None,
    }
}

/// A name without what tells `SuperAdmin` from `super_admin`.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn no_variant(key: &str, name: &Spanned<String>, variants: &[syn::Ident]) -> Fault {
    let known: Vec<String> = variants.iter().map(ToString::to_string).collect();
    let fault = Fault::error(Code::UnknownName, name.span, format!("there is no {key} `{}`", name.value));
    let near = nearest(&name.value, known.iter().map(String::as_str));
    if near.is_empty() {
        return fault.help(format!("the variants are `{}`", known.join("`, `")));
    }
    near.iter().fold(fault, |fault, near| fault.help(format!("did you mean `{near}`?")))
}

#[cfg(test)]
mod tests {
    use crate::kinds::example::{Example, at, example, made, refused, text};
    use crate::model::KeyValue;
    use crate::resolve::{Lend, Recipe};

    fn table(rows: &[(&str, &[&str])]) -> KeyValue {
        let texts = |texts: &[&str]| texts.iter().map(|text| at((*text).to_owned())).collect::<Vec<_>>();
        KeyValue::Table(rows.iter().map(|(role, actions)| (at((*role).to_owned()), texts(actions))).collect())
    }

    fn may() -> Example {
        let role = Recipe::Enum {
            path: syn::parse_quote!(app::Role),
            variants: vec![
                (syn::parse_quote!(SuperAdmin), Vec::new()),
                (syn::parse_quote!(Guest), Vec::new()),
            ],
        };
        example("authorized", "who", "may").argument("role", made("app::Role", role), Lend::Move).argument(
            "action",
            text(),
            Lend::Ref,
        )
    }

    #[test]
    fn roles_are_variants_or_texts() {
        let said = |rows: &[(&str, &[&str])]| refused(&may().key("allowed", table(rows)));
        assert_eq!(said(&[("super_admin", &["*"]), ("guest", &["read"])]), "accepted");
        insta::assert_snapshot!(said(&[("gest", &["read"])]), @r"
        unknown-name: there is no role `gest`
        help: did you mean `Guest`?
        ");
    }

    #[test]
    fn which_argument_is_the_role_has_to_be_known() {
        let three = example("authorized", "who", "may")
            .argument("a", text(), Lend::Ref)
            .argument("b", text(), Lend::Ref)
            .argument("c", text(), Lend::Ref)
            .key("allowed", table(&[("guest", &["read"])]));
        insta::assert_snapshot!(refused(&three), @r#"
        missing-key: nothing says which argument is the role
        help: add `role = "NAME"`, or Rust over the values that gives its name
        "#);
    }
}
