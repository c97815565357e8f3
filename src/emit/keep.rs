//! What values of the user's types borrow from, and the module in which they are made.

use std::rc::Rc;

use crate::resolve::{Maker, Recipe};

/// Name of the module that holds the functions of a file.
pub(super) const MODULE: &str = "make";

/// Whether values of the type borrow from values that the case keeps.
pub(super) fn keeps(maker: &Maker) -> bool {
    let mut open = Vec::new();
    keeps_in(maker.recipe(), &mut open)
}

/// Whether a value of the recipe needs the case to keep something for it.
pub(super) fn needs_keep(recipe: &Recipe) -> bool {
    keeps_in(recipe, &mut Vec::new())
}

fn keeps_in<'r>(recipe: &'r Recipe, open: &mut Vec<&'r Rc<Maker>>) -> bool {
    match recipe {
        Recipe::Kept { leaked: false, .. } => true,
        Recipe::Made(maker) => {
            if open.iter().any(|known| Rc::ptr_eq(known, maker)) {
                return false;
            }
            open.push(maker);
            keeps_in(maker.recipe(), open)
        }
        recipe => recipe.parts().into_iter().any(|part| keeps_in(part, open)),
    }
}
