//! The makers of user types found so far, and which of their alternatives lead to an end.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use super::made::{Maker, Obstacle, Recipe};
use super::parts::of_given;

/// What is known of user types by how a test writes them; filled while types are asked for.
#[derive(Default)]
pub(super) struct Makers {
    found: RefCell<BTreeMap<String, Result<Rc<Maker>, Obstacle>>>,
    /// Types in the order in which they were begun.
    begun: RefCell<Vec<String>>,
    open: Cell<usize>,
}

impl Makers {
    /// The maker for `written`, which `make` completes if nobody asked before.
    ///
    /// A type that contains itself gets its own maker while that is still being completed.
    pub(super) fn get(
        &self,
        written: &str,
        maker: impl FnOnce() -> Maker,
        make: impl FnOnce() -> Result<Recipe, Obstacle>,
    ) -> Result<Rc<Maker>, Obstacle> {
        if let Some(known) = self.found.borrow().get(written) {
            return known.clone();
        }
        let maker = Rc::new(maker());
        let first = self.begun.borrow().len();
        self.found.borrow_mut().insert(written.to_owned(), Ok(Rc::clone(&maker)));
        self.begun.borrow_mut().push(written.to_owned());
        self.open.set(self.open.get() + 1);
        let ended = make();
        self.open.set(self.open.get() - 1);
        let ended = ended.and_then(|recipe| {
            maker.complete(recipe);
            // Only when nothing is open every maker that this one leads to is complete.
            if self.open.get() == 0 { Self::end(&maker) } else { Ok(()) }
        });
        match ended {
            Ok(()) => Ok(maker),
            Err(obstacle) => {
                // What was completed meanwhile may lead to this one.
                let failed = self.begun.borrow_mut().split_off(first);
                let mut found = self.found.borrow_mut();
                for written in failed {
                    found.remove(&written);
                }
                found.insert(written.to_owned(), Err(obstacle.clone()));
                Err(obstacle)
            }
        }
    }

    /// Says of every maker that leads back to itself which of its alternatives end soonest.
    fn end(maker: &Rc<Maker>) -> Result<(), Obstacle> {
        let all = reachable(maker);
        let mut steps: BTreeMap<*const Maker, usize> = BTreeMap::new();
        for step in 0.. {
            let before = steps.len();
            let now: Vec<_> = all
                .iter()
                .filter(|maker| !steps.contains_key(&Rc::as_ptr(maker)))
                .filter(|maker| !soonest(maker.recipe(), &steps).is_empty())
                .map(Rc::as_ptr)
                .collect();
            steps.extend(now.into_iter().map(|maker| (maker, step)));
            if steps.len() == before {
                break;
            }
        }
        if !steps.contains_key(&Rc::as_ptr(maker)) {
            return Err(Obstacle::new(format!("`{}` contains itself without an end", maker.path)));
        }
        for maker in &all {
            let leads_back = maker.recipe().parts().iter().any(|part| {
                let mut found = Vec::new();
                collect(part, &mut found);
                found.iter().any(|found| Rc::ptr_eq(found, maker))
            });
            if leads_back && maker.endings.get().is_none() {
                let own = steps.get(&Rc::as_ptr(maker)).copied().unwrap_or(usize::MAX);
                let earlier = steps.iter().filter(|(_, step)| **step < own).map(|(at, step)| (*at, *step));
                let _ = maker.endings.set(soonest(maker.recipe(), &earlier.collect()));
            }
        }
        Ok(())
    }
}

/// Every maker that `maker` leads to, itself first.
fn reachable(maker: &Rc<Maker>) -> Vec<Rc<Maker>> {
    let mut all = vec![Rc::clone(maker)];
    for part in maker.recipe().parts() {
        collect(part, &mut all);
    }
    all
}

fn collect(recipe: &Recipe, all: &mut Vec<Rc<Maker>>) {
    if let Recipe::Made(maker) = recipe {
        if all.iter().any(|known| Rc::ptr_eq(known, maker)) {
            return;
        }
        all.push(Rc::clone(maker));
        for part in maker.recipe().parts() {
            collect(part, all);
        }
        return;
    }
    for part in recipe.parts() {
        collect(part, all);
    }
}

/// The alternatives of a recipe that need nothing but makers in `ended`.
fn soonest(recipe: &Recipe, ended: &BTreeMap<*const Maker, usize>) -> Vec<usize> {
    let ends = |parts: Vec<&Recipe>| parts.into_iter().all(|part| ends(part, ended));
    alternatives(recipe)
        .into_iter()
        .enumerate()
        .filter(|(_, parts)| ends(parts.clone()))
        .map(|(at, _)| at)
        .collect()
}

/// Whether a value of the recipe can be made out of makers in `ended`; what may be left out is.
fn ends(recipe: &Recipe, ended: &BTreeMap<*const Maker, usize>) -> bool {
    match recipe {
        Recipe::Made(maker) => ended.contains_key(&Rc::as_ptr(maker)),
        Recipe::Vec(_) | Recipe::Option(_) => true,
        Recipe::Result(ok, error) => ends(ok, ended) || ends(error, ended),
        recipe => recipe.parts().into_iter().all(|part| ends(part, ended)),
    }
}

/// The parts of each alternative; one alternative for what has no choice.
fn alternatives(recipe: &Recipe) -> Vec<Vec<&Recipe>> {
    match recipe {
        Recipe::Enum { variants, .. } => {
            variants.iter().map(|(_, fields)| fields.iter().map(|(_, recipe)| recipe).collect()).collect()
        }
        // Steps may be left out.
        Recipe::Ways(ways) => ways.iter().map(|way| of_given(&way.arguments).collect()).collect(),
        recipe => vec![recipe.parts()],
    }
}
