//! The oracles: one file a kind, each deciding what speaks against a constraint of that kind.

mod equivalent;
#[cfg(feature = "source")]
mod forbids;
mod idempotent;
mod law;
mod missing_target;
mod no_panic;
mod round_trip;

pub use equivalent::equivalent;
#[cfg(feature = "source")]
pub use forbids::{Forbidden, forbids};
pub use idempotent::idempotent;
pub use law::law;
pub use missing_target::missing_target;
pub use no_panic::no_panic;
pub use round_trip::round_trip;
