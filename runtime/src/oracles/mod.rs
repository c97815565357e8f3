//! The oracles: one file a kind, each deciding what speaks against a constraint of that kind.

/// Makes each file a module and gives what it offers to generated code, so that a new oracle is one line.
///
/// `cargo fmt` does not see modules that a macro makes; `cargo xtask test` has rustfmt look at the files themselves.
macro_rules! oracles {
    ($($(#[$condition:meta])? $file:ident,)+) => {
        $($(#[$condition])? mod $file;)+
        $($(#[$condition])? pub use $file::*;)+
    };
}

oracles! {
    accepts,
    algebra,
    allocations,
    #[cfg(feature = "source")]
    attested,
    authorized,
    auto_traits,
    bounded_memory,
    bounded_stack,
    bounded_time,
    cancel_safe,
    confined,
    constant_time,
    deterministic,
    #[cfg(feature = "source")]
    documented,
    #[cfg(feature = "source")]
    env_documented,
    equivalent,
    escaped,
    #[cfg(feature = "source")]
    forbids,
    idempotent,
    injective,
    latency,
    law,
    lawful_order,
    leak_free,
    missing_target,
    model,
    no_panic,
    #[cfg(feature = "source")]
    no_secret,
    prefix_stable,
    redacted,
    rejects,
    round_trip,
    #[cfg(feature = "markup")]
    safe_html,
    terminates,
    tool,
    unforgeable,
    unpredictable,
    wiped,
}
