//! The kinds of requirement: one file each, reached through the trait [`Kind`] only.
//!
//! A kind uses the data types of the stages before it and none of their functions, and no kind knows another.
//! What several need stands in `lowering`.

mod borrow;
mod kind;
mod limits;
mod lowering;
mod planting;
mod rename;

#[cfg(test)]
pub(crate) mod example;
#[cfg(test)]
mod tests;

pub use kind::{
    Arm, Body, Builds, Call, Claim, Kind, OracleCall, Plays, Sense, Setting, Show, Stance, Step, Steps, Via,
};
pub use lowering::{ident, is_copy, on_values};

use crate::model::About;

/// Makes each file a module and puts its kind into the list, so that a new kind is one line.
///
/// `cargo fmt` does not see modules that a macro makes; `cargo xtask test` has rustfmt look at the files themselves.
macro_rules! kinds {
    ($($file:ident::$kind:ident,)+) => {
        $(mod $file;)+

        /// Every kind, in the order of their names.
        pub static ALL: &[&dyn Kind] = &[$(&$file::$kind,)+];
    };
}

kinds! {
    accepts::Accepts,
    algebra::Algebra,
    allocations::Allocations,
    attested::Attested,
    authorized::Authorized,
    auto_traits::AutoTraits,
    bounded_memory::BoundedMemory,
    bounded_stack::BoundedStack,
    bounded_time::BoundedTime,
    cancel_safe::CancelSafe,
    confined::Confined,
    constant_time::ConstantTime,
    deterministic::Deterministic,
    documented::Documented,
    env_documented::EnvDocumented,
    equivalent::Equivalent,
    escaped::Escaped,
    forbids::Forbids,
    idempotent::Idempotent,
    injective::Injective,
    latency::Latency,
    law::Law,
    lawful_order::LawfulOrder,
    leak_free::LeakFree,
    model::Model,
    no_panic::NoPanic,
    no_secret::NoSecret,
    prefix_stable::PrefixStable,
    redacted::Redacted,
    rejects::Rejects,
    round_trip::RoundTrip,
    safe_html::SafeHtml,
    terminates::Terminates,
    tool::Tool,
    unforgeable::Unforgeable,
    unpredictable::Unpredictable,
    wiped::Wiped,
}

/// The kind named `id`.
pub fn find(id: &str) -> Option<&'static dyn Kind> {
    ALL.iter().copied().find(|kind| kind.about().id == id)
}

/// What the reader has to know of every kind.
pub fn about_all() -> Vec<&'static About> {
    ALL.iter().map(|kind| kind.about()).collect()
}
