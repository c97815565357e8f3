//! How values are made, as it is declared.

use schemars::JsonSchema;

use super::{Expression, Id, Span, Spanned};

/// How to make a value.
#[derive(Clone, Debug)]
pub struct Generator {
    /// The whole declaration of it.
    pub span: Span,
    /// What it starts from; `None` means from the type of the parameter.
    pub base: Option<Spanned<Base>>,
    /// The type of what it starts from, where the base is something else than a type.
    pub ty: Option<Expression>,
    /// The format whose documents the values are; the base then gives samples of it.
    pub format: Option<Spanned<Format>>,
    /// How fields of the value are made, in the order written; the others are made from their types.
    pub fields: Vec<(Spanned<String>, Generator)>,
    /// What every value has to keep to, wherever it comes from.
    pub fit: Fit,
    /// Rust over `it` that makes the argument out of the base.
    pub map: Option<Expression>,
    /// Nothing is mixed in.
    pub only: bool,
}

impl Generator {
    /// The generators that make parts of its values.
    pub fn inside(&self) -> impl Iterator<Item = &Generator> {
        let base = self.base.as_ref().map(|base| &base.value);
        let parts: [Option<&Generator>; 2] = match base {
            Some(Base::Each { key, element }) => [key.as_deref(), element.as_deref()],
            Some(Base::PiecesOf(stream)) => [Some(stream), None],
            _ => [None, None],
        };
        let files = match base {
            Some(Base::Folder(files)) => &files[..],
            _ => &[],
        };
        let files = files.iter().map(|(_, content)| content);
        parts.into_iter().flatten().chain(files).chain(self.fields.iter().map(|(_, field)| field))
    }

    /// One that says nothing yet, declared at `span`.
    pub fn at(span: Span) -> Self {
        Self {
            span,
            base: None,
            ty: None,
            format: None,
            fields: Vec::new(),
            fit: Fit::default(),
            map: None,
            only: false,
        }
    }

    /// The Rust that it holds, that of its parts included.
    pub fn expressions(&self) -> impl Iterator<Item = &Expression> {
        let mut open = vec![self];
        let all = std::iter::from_fn(move || {
            let next = open.pop()?;
            open.extend(next.inside());
            Some(next)
        });
        all.flat_map(|generator| {
            let base = match generator.base.as_ref().map(|base| &base.value) {
                Some(Base::Value(it) | Base::Strategy(it) | Base::Type(it) | Base::Server(it)) => Some(it),
                _ => None,
            };
            base.into_iter().chain(&generator.ty).chain(&generator.map)
        })
    }

    /// Whether it gives one value and nothing else.
    pub fn is_exact(&self) -> bool {
        self.map.is_none()
            && self.fields.is_empty()
            && matches!(self.base.as_ref().map(|base| &base.value), Some(Base::Is(_) | Base::Value(_)))
    }
}

/// Where a generator starts.
#[derive(Clone, Debug)]
pub enum Base {
    /// Valid texts to start from: mutated, spliced, pumped.
    Like(Vec<Spanned<String>>),
    /// Valid byte strings to start from.
    LikeHex(Vec<Spanned<Vec<u8>>>),
    /// Valid contents to start from: globs of files, from the root of the package.
    LikeFile(Vec<Spanned<String>>),
    /// Exactly this value.
    Is(Spanned<Literal>),
    /// One of these values.
    OneOf(Vec<Spanned<Literal>>),
    /// Exactly the content of one of these files: globs, from the root of the package.
    OneOfFile(Vec<Spanned<String>>),
    /// Texts that match a regular expression.
    Matching(Spanned<String>),
    /// Numbers in a range, in Rust's notation.
    Range(Spanned<String>),
    /// The value of a Rust expression, made anew for each case.
    Value(Expression),
    /// Values of a proptest strategy.
    Strategy(Expression),
    /// Any value of a type.
    Type(Expression),
    /// A mutation of another argument, now and then equal, now and then unrelated.
    Near(Spanned<String>),
    /// A named generator.
    Input(Spanned<Id>),
    /// A collection whose elements are made like this.
    Each {
        /// The keys of a map.
        key: Option<Box<Generator>>,
        /// The elements; of a map the values.
        element: Option<Box<Generator>>,
    },
    /// A stream that is made like this, cut anywhere.
    PiecesOf(Box<Generator>),
    /// A real folder with these files, and how the content of each is made.
    Folder(Vec<(Spanned<String>, Generator)>),
    /// The path of a program that records how it is called.
    Program,
    /// The address of a server that this starts: a function, or an expression.
    Server(Expression),
}

impl Base {
    /// The globs of files that it starts from; none for most.
    pub fn globs(&self) -> &[Spanned<String>] {
        match self {
            Self::LikeFile(globs) | Self::OneOfFile(globs) => globs,
            _ => &[],
        }
    }
}

/// A format whose documents are made as trees, so that lengths and sums are right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// JSON.
    Json,
    /// BER and DER.
    Asn1,
    /// HTTP requests.
    HttpRequest,
    /// HTTP responses.
    HttpResponse,
    /// HTML.
    Html,
    /// Archives of tar.
    Tar,
    /// Archives of zip.
    Zip,
}

impl Format {
    /// The function of the runtime that makes them.
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Asn1 => "asn1",
            Self::HttpRequest => "http_request",
            Self::HttpResponse => "http_response",
            Self::Html => "html",
            Self::Tar => "tar",
            Self::Zip => "zip",
        }
    }

    /// Whether its documents are texts where nothing else decides that.
    pub fn is_text(self) -> bool {
        matches!(self, Self::Json | Self::Html)
    }
}

/// What values have to keep to.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct Fit {
    /// Characters of a text, items of anything else.
    pub length: Option<Spanned<Length>>,
    /// Characters that a text may have.
    pub letters: Option<Spanned<Letters>>,
    /// Texts that never occur.
    pub without: Vec<Spanned<String>>,
}

impl Fit {
    /// Where it is first said, if anything is.
    pub fn span(&self) -> Option<Span> {
        let length = self.length.as_ref().map(|it| it.span);
        let letters = self.letters.as_ref().map(|it| it.span);
        length.or(letters).or(self.without.first().map(|it| it.span))
    }
}

/// How long a value is, in characters of a text and items of anything else; both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Length {
    /// At least.
    pub least: usize,
    /// At most.
    pub most: usize,
}

/// Which characters a text may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, JsonSchema, Hash)]
#[schemars(rename_all = "snake_case")]
pub enum Letters {
    /// All.
    Any,
    /// Those of ASCII.
    Ascii,
    /// Those that are seen, and spaces.
    Printable,
    /// All but those that end a line.
    Line,
    /// Letters and digits of any script, and `_`.
    Word,
}

impl Letters {
    /// All classes.
    pub const ALL: [Self; 5] = [Self::Any, Self::Ascii, Self::Printable, Self::Line, Self::Word];

    /// The name in declarations, and in the runtime with a capital.
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Ascii => "ascii",
            Self::Printable => "printable",
            Self::Line => "line",
            Self::Word => "word",
        }
    }
}

/// A value written in TOML.
#[derive(Clone, Debug, PartialEq)]
pub enum Literal {
    /// A text.
    Text(String),
    /// Bytes, written in hex.
    Bytes(Vec<u8>),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// Yes or no.
    Boolean(bool),
    /// Several values.
    Array(Vec<Literal>),
}

/// `args.NAME = …` or `given.NAME = …`.
#[derive(Clone, Debug)]
pub struct Argument {
    /// Name of the parameter or value.
    pub name: Spanned<String>,
    /// How to make it.
    pub generator: Generator,
    /// Whether it is made without being passed to the target.
    pub given: bool,
}

/// `env.NAME = …`.
#[derive(Clone, Debug)]
pub struct Variable {
    /// Name of the variable.
    pub name: Spanned<String>,
    /// How its value is made; `None` if it is never set.
    pub generator: Option<Generator>,
    /// Whether it is now and then not set.
    pub unset: bool,
}
