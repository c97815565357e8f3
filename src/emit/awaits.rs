//! Expressions that await.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Expr;
use syn::visit::Visit;

/// An expression that waits for what it awaits.
pub(super) fn waiting(expression: &Expr) -> TokenStream {
    if awaits(expression) { quote!(rt::block_on(async { #expression })) } else { quote!(#expression) }
}

/// Whether it does, outside of what is awaited elsewhere.
pub(super) fn awaits(expression: &Expr) -> bool {
    struct Finder(bool);
    impl<'ast> Visit<'ast> for Finder {
        fn visit_expr_await(&mut self, _: &'ast syn::ExprAwait) {
            self.0 = true;
        }
        // An `await` in there is waited for there.
        fn visit_expr_async(&mut self, _: &'ast syn::ExprAsync) {}
    }
    let mut finder = Finder(false);
    finder.visit_expr(expression);
    finder.0
}
