//! Takes the model and the facts of a crate, gives declarations bound to real Rust items.
//!
//! `workspace` alone asks Cargo, `facts` alone reads source files, and `files` looks for samples; everything else is
//! derived and does no I/O.
//! Nothing of the crate is ever compiled or run here.

mod bind;
mod bound;
mod bounds;
mod build;
mod caller;
mod cfg;
mod closures;
mod collect;
mod constructors;
mod crate_types;
mod dependencies;
mod element;
mod expression;
mod facts;
mod fields;
mod files;
mod fit;
mod generator;
mod generic;
mod givers;
mod impls;
mod inside;
mod items;
mod known;
mod lent;
mod literal;
mod lower;
mod makers;
mod methods;
mod names;
mod outline;
mod paths;
mod public;
mod reads;
mod recipe;
mod scope;
mod select;
mod shape;
mod signature;
mod std_types;
mod surroundings;
mod target;
mod traits;
mod ty;
mod type_syntax;
mod types;
mod user_types;
mod values;
mod walk;
mod workspace;

#[cfg(test)]
mod tests;

pub use bind::{Binding, bind, unreadable};
pub use bound::{
    Address, Bound, EnvVariable, Function, Given, Keeps, Lend, Maker, Move, Passing, Place, Recipe, Returns,
    Target, TypeItem, Value, View, Walk, Way, WayStep, Wrapped, old_name,
};
pub use build::Build;
pub use facts::{CrateFacts, ResolveError, Tokio, gather, gather_some};
pub use generic::{Choices, Condition, GenericType, OpenParameter};
pub use outline::Interface;
pub use reads::Looked;
pub use select::{callable, fan_out};
pub use type_syntax::auto_trait;
pub use workspace::{Access, Choice, Member, Workspace, package_graph};
