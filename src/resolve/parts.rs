//! What a recipe is put together from.

use super::made::{Given, Recipe, Way, WayStep};

impl Recipe {
    /// Everything it is put together from; the parts of a user's type stand in its maker.
    pub fn parts(&self) -> Vec<&Self> {
        match self {
            Self::Vec(inner)
            | Self::Array(inner, _)
            | Self::Option(inner)
            | Self::Boxed(inner)
            | Self::Known { inner, .. }
            | Self::Kept { inner, .. }
            | Self::Map { inner, .. }
            | Self::Fitted { inner, .. }
            | Self::Fields { inner, .. }
            | Self::Items(inner)
            | Self::Pieces(inner)
            | Self::Closure { output: inner, .. } => vec![inner],
            Self::Near { fresh, made, .. } => made.iter().chain([fresh]).map(|part| &**part).collect(),
            Self::Result(ok, error) => vec![ok, error],
            Self::Folder { files, .. } => files.iter().map(|(_, content)| content).collect(),
            Self::Tuple(parts) => parts.iter().collect(),
            Self::Struct { fields, .. } => fields.iter().map(|(_, recipe)| recipe).collect(),
            Self::Enum { variants, .. } => {
                variants.iter().flat_map(|(_, fields)| fields.iter().map(|(_, recipe)| recipe)).collect()
            }
            Self::Ways(ways) => ways.iter().flat_map(of_way).collect(),
            Self::Column { fresh, .. } => fresh.iter().map(|fresh| &**fresh).collect(),
            _ => Vec::new(),
        }
    }

    /// The same with each of its parts changed, where they are made for it alone.
    #[must_use]
    pub fn with_parts(&self, change: &dyn Fn(&Self) -> Self) -> Self {
        let boxed = |part: &Self| Box::new(change(part));
        let members = |fields: &[(syn::Member, Recipe)]| -> Vec<(syn::Member, Recipe)> {
            fields.iter().map(|(name, part)| (name.clone(), change(part))).collect()
        };
        let given = |given: &[Given]| -> Vec<Given> {
            given.iter().map(|it| Given { recipe: change(&it.recipe), ..it.clone() }).collect()
        };
        match self {
            Self::Vec(inner) => Self::Vec(boxed(inner)),
            Self::Option(inner) => Self::Option(boxed(inner)),
            Self::Boxed(inner) => Self::Boxed(boxed(inner)),
            Self::Fields { path, inner } => Self::Fields { path: path.clone(), inner: boxed(inner) },
            Self::Struct { path, fields } => Self::Struct { path: path.clone(), fields: members(fields) },
            Self::Enum { path, variants } => {
                let variants = variants.iter().map(|(name, fields)| (name.clone(), members(fields)));
                Self::Enum { path: path.clone(), variants: variants.collect() }
            }
            Self::Folder { files, text, only } => {
                let files = files.iter().map(|(path, content)| (path.clone(), change(content)));
                Self::Folder { files: files.collect(), text: *text, only: *only }
            }
            Self::Ways(ways) => {
                let way = |way: &Way| {
                    let step = |step: &WayStep| WayStep { arguments: given(&step.arguments), ..step.clone() };
                    let steps = way.steps.iter().map(step).collect();
                    Way { arguments: given(&way.arguments), steps, ..way.clone() }
                };
                Self::Ways(ways.iter().map(way).collect())
            }
            other => other.clone(),
        }
    }
}

fn of_way(way: &Way) -> impl Iterator<Item = &Recipe> {
    of_given(&way.arguments).chain(way.steps.iter().flat_map(|step| of_given(&step.arguments)))
}

pub(super) fn of_given(given: &[Given]) -> impl Iterator<Item = &Recipe> {
    given.iter().map(|given| &given.recipe)
}
