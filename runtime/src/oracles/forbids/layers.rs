//! Takes which modules may use which, says where one uses another that it may not.

use crate::names::split;

/// Rules about modules, each by its segments, `crate` first.
#[derive(Debug)]
pub(super) struct Layers {
    /// Each may use those before it.
    order: Vec<Vec<String>>,
    /// Each may use itself, and these.
    allowed: Vec<(Vec<String>, Vec<Vec<String>>)>,
}

impl Layers {
    pub(super) fn new(order: &[&str], allowed: &[(&str, &[&str])]) -> Self {
        let all = |paths: &[&str]| paths.iter().map(|path| split(path)).collect();
        Self {
            order: all(order),
            allowed: allowed.iter().map(|(module, others)| (split(module), all(others))).collect(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.order.is_empty() && self.allowed.is_empty()
    }

    /// Every module that a rule names.
    pub(super) fn named(&self) -> impl Iterator<Item = &Vec<String>> {
        let allowed = self.allowed.iter().flat_map(|(module, others)| [module].into_iter().chain(others));
        self.order.iter().chain(allowed)
    }

    /// What is wrong with something in `here` that names something of `there`, both below the root of the crate.
    pub(super) fn overreach(&self, here: &[String], there: &[String]) -> Option<String> {
        let (here, there) = (whole(here), whole(there));
        let layer = |module: &[String]| {
            let around = self.order.iter().enumerate().filter(|(_, layer)| module.starts_with(layer));
            around.max_by_key(|(_, layer)| layer.len())
        };
        if let (Some((at, lower)), Some((later, upper))) = (layer(&here), layer(&there))
            && later > at
        {
            let (upper, lower) = (upper.join("::"), lower.join("::"));
            return Some(format!("a use of `{upper}` in `{lower}`, a layer before it"));
        }
        let around = self.allowed.iter().filter(|(module, _)| here.starts_with(module));
        let (module, allowed) = around.max_by_key(|(module, _)| module.len())?;
        // The root of the crate is around everything, so that only what stands in it itself is meant.
        let is_of = |one: &Vec<String>| if one.len() == 1 { there == *one } else { there.starts_with(one) };
        let may = there.starts_with(module) || allowed.iter().any(is_of);
        let (there, module) = (there.join("::"), module.join("::"));
        (!may).then(|| format!("a use of `{there}` in `{module}`, which may not use it"))
    }
}

fn whole(module: &[String]) -> Vec<String> {
    [&["crate".to_owned()], module].concat()
}
