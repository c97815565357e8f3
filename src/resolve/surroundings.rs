//! Takes generators of what stands around a call, gives the recipe of the value that leads there.
//!
//! Folders, programs and servers are real; what is in them, and what becomes of them, is the business of the runtime.

use super::generating::{Generating, Outcome, Refusal, Unfit};
use super::lower::Env;
use super::made::{Address, Conversion, Recipe};
use super::paths::Scope;
use super::syntax::ours;
use super::ty::Ty;
use crate::model::{Code, Expression, Fault, Generator, Span, Spanned};

impl Generating<'_> {
    /// The path of a folder with these files.
    pub(super) fn folder(
        &self,
        files: &[(Spanned<String>, Generator)],
        ty: Option<&Ty>,
        span: Span,
        only: bool,
        depth: u8,
    ) -> Result<Outcome, Refusal> {
        let mut made = Vec::new();
        for (path, content) in files {
            made.push((path.value.clone(), self.content(content, depth)?));
        }
        self.path(ty, span, "the path of a folder", &|text| Recipe::Folder {
            files: made.clone(),
            text,
            only,
        })
    }

    /// The path of a program that records how it is called.
    pub(super) fn program(&self, ty: Option<&Ty>, span: Span) -> Result<Outcome, Refusal> {
        self.path(ty, span, "the path of a program", &|text| Recipe::Program { text })
    }

    /// The content of a file: a text or bytes.
    fn content(&self, generator: &Generator, depth: u8) -> Result<Recipe, Refusal> {
        let (recipe, ty) = self.inside(generator, None, depth)?;
        if ty.as_ref().is_none_or(|ty| ty.is_text() || ty.is_bytes()) {
            return Ok(recipe);
        }
        let fault =
            Fault::error(Code::InvalidValue, generator.span, "the content of a file is a text or bytes");
        Err(fault
            .label("neither")
            .help("start from `like`, `like_hex`, a format or the like, or add a `map`")
            .into())
    }

    /// What leads to something that stands in the file system.
    fn path(
        &self,
        ty: Option<&Ty>,
        span: Span,
        what: &str,
        make: &dyn Fn(bool) -> Recipe,
    ) -> Result<Outcome, Refusal> {
        let path = || self.krate.lower(&ours("std::path::PathBuf"), &Env::new(Scope::Outside, None));
        let ty = ty.cloned().unwrap_or_else(path);
        if is_known(&ty, &["std::path::PathBuf", "std::path::Path"]) {
            return Ok((make(false), Some(ty)));
        }
        let shaped = self.shaped(&ty, &|ty| match ty {
            ty if ty.is_text() => Ok(make(true)),
            ty => Err(Unfit::of_type(self.krate, what, ty)),
        });
        Ok((shaped.map_err(|unfit| unfit.refusal(span))?, Some(ty)))
    }

    /// The address of a server that `start` starts.
    pub(super) fn server(&self, start: &Expression, ty: Option<&Ty>) -> Result<Outcome, Refusal> {
        let code = self.expression(start, "a Rust expression")?;
        // A function by its name is called.
        let called: syn::Expr = match &code {
            syn::Expr::Path(_) => syn::parse_quote!(#code()),
            _ => code,
        };
        let server =
            |form| Recipe::Server { name: start.text.clone(), start: Box::new(called.clone()), form };
        let ty = ty.cloned().unwrap_or(Ty::String);
        if is_known(&ty, &["std::net::SocketAddr"]) {
            return Ok((server(Address::Socket), Some(ty)));
        }
        if is_known(&ty, &["url::Url"])
            && let Some(Conversion { map, refuses, .. }) = self.krate.converted(&ty)
        {
            let recipe = self.krate.converting(&ty, Box::new(server(Address::Url)), &map, refuses);
            return Ok((recipe, Some(ty)));
        }
        let shaped = self.shaped(&ty, &|ty| match ty {
            Ty::Integer("u16") => Ok(server(Address::Port)),
            ty if ty.is_text() => Ok(server(Address::Text)),
            ty => Err(Unfit::of_type(self.krate, "the address of a server", ty)),
        });
        Ok((shaped.map_err(|unfit| unfit.refusal(start.span))?, Some(ty)))
    }
}

fn is_known(ty: &Ty, paths: &[&str]) -> bool {
    matches!(ty, Ty::Std(known, _) if paths.contains(&known.path))
}
