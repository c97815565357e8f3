//! Bound declarations made by hand, for the tests of this stage and later ones.

use crate::model::{
    Constraint, Effort, Expression, FileId, Id, KeyValue, Keys, Panics, Refusal, Span, Spanned,
};
use crate::resolve::{
    Bound, Function, Keeps, Lend, Maker, Move, Passing, Place, Recipe, Returns, Target, TypeItem, Value, Walk,
};

/// A place that no test looks at.
pub(crate) const HERE: Span = Span { file: FileId(0), start: 0, end: 0 };

/// A declaration to be bound.
pub(crate) struct Example {
    constraint: Constraint,
    target: Target,
    values: Vec<(String, Recipe, bool)>,
    inputs: Vec<(String, Id)>,
    functions: Vec<(&'static str, Function)>,
    calls_target: bool,
    walk: Option<Walk>,
}

/// A declaration of `kind` with the id `links.NAME`, about a function `app::TARGET` without parameters.
pub(crate) fn example(kind: &str, name: &str, target: &str) -> Example {
    let about = super::find(kind).expect("a kind").about();
    let constraint = Constraint {
        id: at(Id::new("links", name)),
        says: at(format!("What {name} requires")),
        kind: at(about),
        target: at(format!("crate::{target}")),
        signature: None,
        generics: Vec::new(),
        area: None,
        level: None,
        serves: Vec::new(),
        after: Vec::new(),
        answers: Vec::new(),
        conflicts: Vec::new(),
        refines: Vec::new(),
        tags: Vec::new(),
        args: Vec::new(),
        samples: Vec::new(),
        env: Vec::new(),
        call: None,
        refusal: Refusal::default(),
        when: None,
        effort: Effort::default(),
        keys: Keys::default(),
    };
    let target = Target::Function(function(&format!("app::{target}"), &[], Returns::Plain));
    Example {
        constraint,
        target,
        values: Vec::new(),
        inputs: Vec::new(),
        functions: Vec::new(),
        calls_target: true,
        walk: None,
    }
}

/// The example about a type, with these methods as steps.
pub(crate) fn walk(mut example: Example, methods: Vec<(&str, Function)>) -> Example {
    let moves = methods.into_iter().map(|(name, mut function)| {
        "it".clone_into(&mut function.parameters[0].name);
        Move {
            name: name.to_owned(),
            function: Some(function),
            call: None,
            values: Vec::new(),
            when: None,
            then: None,
            model: None,
            keeps: Keeps::Lent,
            keeps_old: false,
            lends: false,
        }
    });
    example.walk = Some(Walk { ty: None, moves: moves.collect(), tracks: false });
    example.target(Target::Type(TypeItem { traits: Vec::new(), defined: HERE }))
}

/// A function with parameters `a`, `b` and so on.
pub(crate) fn function(path: &str, lends: &[Lend], returns: Returns) -> Function {
    let parameter = |(name, lend): (char, &Lend)| Passing { name: name.to_string(), lend: lend.clone() };
    Function {
        path: syn::parse_str(path).expect("a path"),
        parameters: ('a'..).zip(lends).map(parameter).collect(),
        returns,
        is_async: false,
        is_eager: false,
        defined: HERE,
    }
}

impl Example {
    /// In another namespace.
    pub(crate) fn namespace(mut self, namespace: &str) -> Self {
        let name = self.constraint.id.value.name().to_owned();
        self.constraint.id.value = Id::new(namespace, &name);
        self
    }

    /// With this sentence.
    pub(crate) fn says(mut self, says: &str) -> Self {
        says.clone_into(&mut self.constraint.says.value);
        self
    }

    /// With another target.
    pub(crate) fn target(mut self, target: Target) -> Self {
        self.target = target;
        self
    }

    /// The target returns this.
    pub(crate) fn returns(mut self, returns: Returns) -> Self {
        if let Target::Function(function) = &mut self.target {
            function.returns = returns;
        }
        self
    }

    /// The target is async.
    pub(crate) fn awaited(mut self) -> Self {
        if let Target::Function(function) = &mut self.target {
            function.is_async = true;
        }
        self
    }

    /// One more parameter of the target, with its value.
    pub(crate) fn argument(mut self, name: &str, recipe: Recipe, lend: Lend) -> Self {
        if let Target::Function(function) = &mut self.target {
            function.parameters.push(Passing { name: name.to_owned(), lend });
        }
        self.value(name, recipe)
    }

    /// One more value.
    pub(crate) fn value(mut self, name: &str, recipe: Recipe) -> Self {
        self.values.push((name.to_owned(), recipe, true));
        self
    }

    /// The value of this name is made by the input `NAMESPACE.INPUT`.
    pub(crate) fn by_input(mut self, name: &str, namespace: &str, input: &str) -> Self {
        self.inputs.push((name.to_owned(), Id::new(namespace, input)));
        self
    }

    /// A key with a path that led to `function`.
    pub(crate) fn path(mut self, key: &'static str, function: Function) -> Self {
        self.constraint.keys.insert(key, KeyValue::Text(at("crate::path".to_owned())));
        self.functions.push((key, function));
        self
    }

    /// Any other key.
    pub(crate) fn key(mut self, key: &'static str, value: KeyValue) -> Self {
        self.constraint.keys.insert(key, value);
        self
    }

    /// A key with an expression.
    pub(crate) fn expression(self, key: &'static str, text: &str) -> Self {
        self.key(key, KeyValue::Expression(Expression { text: text.to_owned(), span: HERE }))
    }

    /// `when`
    pub(crate) fn when(mut self, text: &str) -> Self {
        self.constraint.when = Some(Expression { text: text.to_owned(), span: HERE });
        self
    }

    /// `panics`
    pub(crate) fn panics(mut self, panics: Panics) -> Self {
        self.constraint.refusal.panics = Some(at(panics));
        self
    }

    /// `call`
    pub(crate) fn call(mut self, text: &str) -> Self {
        self.constraint.call = Some(Expression { text: text.to_owned(), span: HERE });
        self
    }

    /// The target is not called by the test.
    pub(crate) fn without_call(mut self) -> Self {
        self.calls_target = false;
        self
    }

    /// What the stage before would make of it.
    pub(crate) fn bound(&self) -> Bound<'_> {
        let parsed =
            |it: &Expression| syn::parse_str(&it.text.replace("crate::", "app::")).expect("an expression");
        let constraint = &self.constraint;
        let expressions = constraint
            .keys
            .iter()
            .filter_map(|(key, _)| Some((key, parsed(constraint.expression(key)?))))
            .collect();
        let target = match &self.target {
            Target::Function(function) => Target::Function(function.clone()),
            Target::Type(item) => Target::Type(item.clone()),
            Target::Generic(ty) => Target::Generic(ty.clone()),
            Target::Module(path) => Target::Module(path.clone()),
            Target::Missing { nearest } => Target::Missing { nearest: nearest.clone() },
        };
        let values = self.values.iter().map(|(name, recipe, cloneable)| Value {
            name: name.clone(),
            recipe: recipe.clone(),
            input: self.inputs.iter().find(|(value, _)| value == name).map(|(_, input)| input.clone()),
            given: false,
            cloneable: *cloneable,
            origin: HERE,
        });
        Bound {
            place: Place::Beside,
            constraint,
            target,
            values: values.collect(),
            env: Vec::new(),
            rows: constraint.samples.len(),
            refused: constraint.refusal.refused.as_ref().map(parsed),
            olds: Vec::new(),
            call: constraint.call.as_ref().map(parsed),
            when: constraint.when.as_ref().map(parsed),
            expressions,
            functions: self.functions.clone(),
            walk: self.walk.clone(),
            calls_target: self.calls_target && constraint.call.is_none(),
        }
    }
}

/// Text from nothing.
pub(crate) fn text() -> Recipe {
    Recipe::Text { like: Vec::new(), only: false }
}

/// A value of the user's type at `path`, which `recipe` makes.
pub(crate) fn made(path: &str, recipe: Recipe) -> Recipe {
    let function = path.rsplit("::").next().unwrap_or_default().to_lowercase();
    let maker = Maker::new(syn::parse_str(path).expect("a type"), path.to_owned(), function);
    maker.complete(recipe);
    Recipe::Made(std::rc::Rc::new(maker))
}

/// `value` at a place that no test looks at.
pub(crate) fn at<T>(value: T) -> Spanned<T> {
    Spanned::new(value, HERE)
}

/// Words of a key.
pub(crate) fn words(words: &[&str]) -> KeyValue {
    KeyValue::Words(words.iter().map(|word| at((*word).to_owned())).collect())
}

/// What its kind says of a declaration: the fault and its help, or `accepted`.
pub(crate) fn refused(example: &Example) -> String {
    let bound = example.bound();
    match super::find(bound.constraint.kind.value.id).expect("a kind").plan(&bound) {
        Ok(_) => "accepted".to_owned(),
        Err(fault) => {
            let said = format!("{}: {}", fault.code.name(), fault.message);
            let help = fault.help.iter().map(|help| format!("help: {help}"));
            std::iter::once(said).chain(help).collect::<Vec<_>>().join("\n")
        }
    }
}
