//! Takes the model and the facts of a crate, gives declarations bound to real Rust items.
//!
//! `workspace` alone asks Cargo, `facts` alone reads source files, and `files` looks for samples; everything else is
//! derived and does no I/O.
//! Nothing of the crate is ever compiled or run here.

mod asked;
mod bind;
mod blocks;
mod bound;
mod bounds;
mod build;
mod callable;
mod caller;
mod cfg;
mod closures;
mod collect;
mod constructors;
mod crate_types;
mod dependencies;
mod element;
mod error;
mod expression;
mod facts;
mod fields;
mod files;
mod fit;
mod generating;
mod generator;
mod generic;
mod generic_type;
mod givers;
mod impls;
mod inside;
mod items;
mod known;
mod known_type;
mod lent;
mod literal;
mod lower;
mod made;
mod makers;
mod mentions;
mod methods;
mod names;
mod outline;
mod parts;
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
mod syntax;
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
    Bound, EnvVariable, Function, Keeps, Move, Passing, Place, Returns, Target, TypeItem, Value, Walk,
    old_name,
};
pub use build::Build;
pub use error::ResolveError;
pub use facts::{CrateFacts, Tokio, gather, gather_some};
pub use generic_type::{Choices, Condition, GenericType, OpenParameter};
pub use made::{Address, Given, Lend, Maker, Recipe, View, Way, WayStep, Wrapped};
pub use outline::Interface;
pub use reads::Looked;
pub use select::{callable, fan_out};
pub use type_syntax::auto_trait;
pub use workspace::{Access, Choice, Member, Workspace, package_graph};
