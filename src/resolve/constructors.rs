//! Takes a type whose fields are closed, gives the functions of its crate that make one: a heuristic over names and types.
//!
//! It never proposes a function that by its name reaches outside the process.

use syn::{FnArg, ImplItem, Pat, ReceiverKind, ReturnType, Signature};

use super::fields::Said;
use super::items::{Impl, ItemId};
use super::lent::lent;
use super::lower::{Crate, Decided, Env};
use super::made::{Given, Lend, Way, WayStep};
use super::paths::Scope;
use super::syntax::{ident, ours};
use super::ty::Ty;

/// As many ways are used.
const MOST_WAYS: usize = 4;
/// As many optional steps are used on the way.
const MOST_STEPS: usize = 12;

/// Words in the name of a function that touches files, the network, the clock or chance.
const OUTSIDE: [&str; 24] = [
    "open", "connect", "load", "read", "write", "file", "path", "env", "stdin", "stdout", "bind", "listen",
    "spawn", "now", "random", "rand", "system", "current", "url", "socket", "fd", "dir", "mmap", "args",
];

/// The arguments of a function whose values are made, and what makes it a way.
struct Candidate {
    rank: usize,
    way: Way,
}

/// An `impl` block with what the type at hand makes of its parameters.
struct Own<'b> {
    block: &'b Impl,
    decided: Decided,
    this: Ty,
}

impl Crate<'_> {
    /// The ways to make a value of the type at `path` by functions, the plainest first.
    ///
    /// Those that do not set all of the fields that were said are left out.
    pub(super) fn constructors(&self, id: ItemId, arguments: &[Ty], path: &str, said: &Said<'_>) -> Vec<Way> {
        let mut found = Vec::new();
        let this = Ty::Local(id, arguments.to_vec());
        for block in self.blocks_of(&this) {
            if block.block.block.trait_.is_some() {
                found.extend(self.by_trait(id, &block, said));
            } else {
                found.extend(self.by_own_functions(id, &block, path, said));
            }
        }
        if self.derives(id, "Default") {
            found.extend(self.default(&this, said));
        }
        found.retain(|candidate| said.is_all_in(&candidate.way));
        found.sort_by_key(|candidate| candidate.rank);
        if found.is_empty() && said.is_nothing() {
            return self.givers(id, arguments);
        }
        let mut ways: Vec<Way> = Vec::new();
        for Candidate { way, .. } in found {
            if ways.len() < MOST_WAYS && !ways.contains(&way) {
                ways.push(way);
            }
        }
        ways
    }

    fn by_own_functions(&self, id: ItemId, block: &Own<'_>, path: &str, said: &Said<'_>) -> Vec<Candidate> {
        let functions = self.functions(block).into_iter();
        let ways = functions.filter(|signature| !has_receiver(signature));
        let ways = ways.filter_map(|signature| {
            let name = signature.ident.to_string();
            let env = self.surroundings(block, signature);
            let given = self.gives(signature, &env);
            let start = ours(&format!("{path}::{}", ident(&name)));
            if let Some((made, refuses)) = given.as_ref().map(accepted)
                && is_of(made, id)
            {
                let arguments = self.given_to(signature, &env, said)?;
                let changes = arguments.is_empty() || !said.is_nothing();
                let steps = if changes { self.steps(id, block, said) } else { Vec::new() };
                // Beside what the function takes, only what was said is set.
                let steps = steps.into_iter().filter(|step| arguments.is_empty() || step.required).collect();
                let rank = rank(&name)?;
                let way = Way { name, start, arguments, steps, finish: None, refuses, pick: None };
                return Some(Candidate { rank, way });
            }
            // A builder is a type of its own, which ends in this one.
            let Some(Ty::Local(builder, parameters)) = given else { return None };
            let (steps, finish, refuses) = self.built(builder, &parameters, id, said)?;
            let arguments = self.given_to(signature, &env, said)?;
            let way = Way { name, start, arguments, steps, finish: Some(finish), refuses, pick: None };
            Some(Candidate { rank: 1, way })
        });
        ways.collect()
    }

    /// `Default`, `FromStr`, `From` and `TryFrom`.
    fn by_trait(&self, id: ItemId, block: &Own<'_>, said: &Said<'_>) -> Option<Candidate> {
        let block_items = &block.block.block;
        let (path, _) = block_items.trait_.as_ref()?;
        let last = path.segments.last()?;
        let (function, rank, refuses) = match last.ident.to_string().as_str() {
            "Default" => return self.default(&block.this, said),
            "FromStr" => ("from_str", 5, true),
            "TryFrom" => ("try_from", 6, true),
            "From" => ("from", 7, false),
            _ => return None,
        };
        let signature = block_items.items.iter().find_map(|item| match item {
            ImplItem::Fn(item) if item.sig.ident == function => Some(&item.sig),
            _ => None,
        })?;
        let env = self.surroundings(block, signature);
        let given = self.given_to(signature, &env, said)?;
        let FnArg::Typed(taken) = signature.inputs.first()? else { return None };
        let taken = self.lower(&taken.ty, &env);
        // A value out of the same type, or of an error, says nothing new.
        if is_of(&taken, id) {
            return None;
        }
        let written = env.this.as_ref()?.written(&self.public, self.library)?;
        let start = match function {
            "from_str" => format!("<{written} as std::str::FromStr>::from_str"),
            "try_from" => format!("<{written} as std::convert::TryFrom<_>>::try_from"),
            _ => format!("<{written} as std::convert::From<_>>::from"),
        };
        let way = Way {
            name: function.to_owned(),
            start: ours(&start),
            arguments: given,
            steps: Vec::new(),
            finish: None,
            refuses,
            pick: None,
        };
        Some(Candidate { rank, way })
    }

    fn default(&self, this: &Ty, said: &Said<'_>) -> Option<Candidate> {
        let Ty::Local(id, _) = this else { return None };
        let written = this.written(&self.public, self.library)?;
        let own = self.blocks_of(this).into_iter().filter(|block| block.block.block.trait_.is_none());
        let steps = own.flat_map(|block| self.steps(*id, &block, said));
        let way = Way {
            name: "default".to_owned(),
            start: ours(&format!("<{written} as std::default::Default>::default")),
            arguments: Vec::new(),
            steps: first_steps(steps.collect()),
            finish: None,
            refuses: false,
            pick: None,
        };
        Some(Candidate { rank: 9, way })
    }

    /// What a builder offers on the way, and how it ends in a value of the type `id`.
    fn built(
        &self,
        builder: ItemId,
        parameters: &[Ty],
        id: ItemId,
        said: &Said<'_>,
    ) -> Option<(Vec<WayStep>, syn::Ident, bool)> {
        let (mut steps, mut finish) = (Vec::new(), None);
        for block in self.blocks_of(&Ty::Local(builder, parameters.to_vec())) {
            if block.block.block.trait_.is_some() {
                continue;
            }
            for signature in self.methods(&block) {
                let env = self.surroundings(&block, signature);
                let given = self.gives(signature, &env);
                if let Some((made, refuses)) = given.as_ref().map(accepted)
                    && is_of(made, id)
                    && signature.inputs.len() == 1
                {
                    finish.get_or_insert((signature.ident.clone(), refuses));
                } else {
                    steps.extend(self.step(builder, signature, &env, said));
                }
            }
        }
        let (finish, refuses) = finish?;
        Some((first_steps(steps), finish, refuses))
    }

    /// Methods that lead from one value of the type to another by name: `with_..`, `set_..`, `add..`, `push..`.
    fn steps(&self, id: ItemId, block: &Own<'_>, said: &Said<'_>) -> Vec<WayStep> {
        let by_name = |signature: &&Signature| {
            let name = signature.ident.to_string();
            ["with_", "set_", "add", "push", "insert", "append"].iter().any(|start| name.starts_with(start))
        };
        let steps = self.methods(block).into_iter().filter(by_name).filter_map(|signature| {
            let env = self.surroundings(block, signature);
            self.step(id, signature, &env, said)
        });
        first_steps(steps.collect())
    }

    fn step(&self, id: ItemId, signature: &Signature, env: &Env, said: &Said<'_>) -> Option<WayStep> {
        let Some(FnArg::Receiver(receiver)) = signature.inputs.first() else { return None };
        let name = signature.ident.to_string();
        if signature.inputs.len() < 2 || reaches_outside(&name) {
            return None;
        }
        let given = self.gives(signature, env);
        let is_self = |ty: &Ty| is_of(ty, id);
        let consumes = match (&receiver.kind, given) {
            (ReceiverKind::Value, Some(ty)) if is_self(&ty) => true,
            (ReceiverKind::Reference(_, _, Some(_)), _) => false,
            _ => return None,
        };
        let mut arguments = self.given_to(signature, env, said)?;
        let field = ["with_", "set_"].iter().find_map(|start| name.strip_prefix(start)).unwrap_or(&name);
        let mut required = arguments.iter().any(|given| said.has(&given.name));
        if let [only] = &mut *arguments
            && said.has(field)
            && !required
        {
            required = true;
            *only = self.set_by(signature, env, field, said)?;
        }
        // A position that is not there is a panic, not a step.
        let is_position =
            |given: &Given| matches!(given.recipe, super::made::Recipe::Integer { ty: "usize", .. });
        if arguments.len() > 1 && arguments.first().is_some_and(is_position) {
            return None;
        }
        Some(WayStep { method: ident(&name), arguments, consumes, required })
    }

    fn methods<'b>(&self, block: &Own<'b>) -> Vec<&'b Signature> {
        let mut methods = self.functions(block);
        methods.retain(|signature| has_receiver(signature));
        methods
    }

    /// The functions of the block that a test may simply call.
    fn functions<'b>(&self, block: &Own<'b>) -> Vec<&'b Signature> {
        let functions = block.block.block.items.iter().filter_map(|item| match item {
            ImplItem::Fn(function) if self.is_visible(block.block.module, &function.vis) => {
                Some(&function.sig)
            }
            _ => None,
        });
        functions.filter(|signature| is_plain(signature)).collect()
    }

    /// The arguments after the receiver; nothing if one of them cannot be made.
    fn given_to(&self, signature: &Signature, env: &Env, said: &Said<'_>) -> Option<Vec<Given>> {
        let borrows = env.this.as_ref().is_some_and(|this| self.has_lifetimes(this));
        self.given_as(signature, env, said, borrows)
    }

    /// The same, where the value that is made borrows from its arguments or does not.
    pub(super) fn given_as(
        &self,
        signature: &Signature,
        env: &Env,
        said: &Said<'_>,
        borrows: bool,
    ) -> Option<Vec<Given>> {
        let typed = signature.inputs.iter().enumerate().filter_map(|(at, input)| match input {
            FnArg::Typed(typed) => Some((at, typed)),
            FnArg::Receiver(_) => None,
        });
        let given = typed.map(|(at, typed)| {
            let name = match &*typed.pat {
                Pat::Ident(pattern) => pattern.ident.to_string().trim_start_matches("r#").to_owned(),
                _ => format!("argument_{}", at + 1),
            };
            self.set(name, &self.lower(&typed.ty, env), borrows, said)
        });
        given.collect()
    }

    /// The receiver, or no argument without one; nothing if it cannot be made.
    pub(super) fn receiver_of(&self, signature: &Signature, env: &Env, borrows: bool) -> Option<Vec<Given>> {
        let Some(FnArg::Receiver(receiver)) = signature.inputs.first() else { return Some(Vec::new()) };
        let this = Box::new(env.this.clone()?);
        let ty = match &receiver.kind {
            ReceiverKind::Reference(_, _, Some(_)) => Ty::RefMut(this),
            ReceiverKind::Reference(..) => Ty::Ref(this),
            ReceiverKind::Typed(_, ty) => self.lower(ty, env),
            _ => *this,
        };
        let (owned, lend) = if borrows { (ty, Lend::Move) } else { lent(&ty)? };
        Some(vec![Given { name: "this".to_owned(), recipe: self.made(&owned).ok()?, lend }])
    }

    fn set(&self, name: String, ty: &Ty, borrows: bool, said: &Said<'_>) -> Option<Given> {
        // What a value borrows has to live as long as the value.
        let (owned, lend) = if borrows { (ty.clone(), Lend::Move) } else { lent(ty)? };
        let recipe = said.made(&name, &owned).unwrap_or_else(|| self.made(&owned)).ok()?;
        Some(Given { name, recipe, lend })
    }

    /// The one argument of a method that is named after the field that it sets.
    fn set_by(&self, signature: &Signature, env: &Env, field: &str, said: &Said<'_>) -> Option<Given> {
        let Some(FnArg::Typed(typed)) = signature.inputs.iter().nth(1) else { return None };
        let borrows = env.this.as_ref().is_some_and(|this| self.has_lifetimes(this));
        self.set(field.to_owned(), &self.lower(&typed.ty, env), borrows, said)
    }

    pub(super) fn has_lifetimes(&self, ty: &Ty) -> bool {
        matches!(ty, Ty::Local(item, _) if self.lifetimes(*item) > 0)
    }

    fn surroundings(&self, block: &Own<'_>, signature: &Signature) -> Env {
        let generics = [&block.block.block.generics, &signature.generics];
        self.env(Scope::Inside(block.block.module), &generics, Some(block.this.clone()), &block.decided)
    }

    /// The blocks for the type itself, those for anything left aside.
    fn blocks_of(&self, this: &Ty) -> Vec<Own<'_>> {
        let Ty::Local(id, _) = this else { return Vec::new() };
        let own = self.impls.of_item(*id);
        let blocks = self.blocks(this, 0).into_iter().filter(|(at, _)| own.contains(at));
        blocks.map(|(at, decided)| Own { block: self.items.block(at), decided, this: this.clone() }).collect()
    }

    fn gives(&self, signature: &Signature, env: &Env) -> Option<Ty> {
        match &signature.output {
            ReturnType::Default => None,
            ReturnType::Type(_, ty) => Some(self.lower(ty, env)),
        }
    }
}

/// Steps that have to be taken come first, for there may be more than are used.
fn first_steps(mut steps: Vec<WayStep>) -> Vec<WayStep> {
    steps.sort_by_key(|step| !step.required);
    steps.truncate(MOST_STEPS);
    steps
}

/// What comes out when nothing is refused, and whether something may be.
fn accepted(ty: &Ty) -> (&Ty, bool) {
    match ty {
        Ty::Result(ok, _) => (ok, true),
        Ty::Option(some) => (some, true),
        ty => (ty, false),
    }
}

fn is_of(ty: &Ty, id: ItemId) -> bool {
    matches!(ty, Ty::Local(item, _) if *item == id)
}

pub(super) fn is_plain(signature: &Signature) -> bool {
    !matches!(signature.safety, syn::Safety::Unsafe(_)) && signature.asyncness.is_none()
}

pub(super) fn has_receiver(signature: &Signature) -> bool {
    matches!(signature.inputs.first(), Some(FnArg::Receiver(_)))
}

/// How soon a function is tried, by its name; nothing for one that reaches outside.
pub(super) fn rank(name: &str) -> Option<usize> {
    if reaches_outside(name) {
        return None;
    }
    let usual = ["try_new", "new_", "with_", "from_", "try_from_", "parse", "of", "create", "build", "make"];
    Some(match name {
        "new" => 0,
        name if usual.iter().any(|start| name.starts_with(start)) => 2,
        "default" => 9,
        _ => 8,
    })
}

fn reaches_outside(name: &str) -> bool {
    name.split('_').any(|word| OUTSIDE.contains(&word))
}
