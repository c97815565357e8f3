//! The search form, with the words of the last search in it.

use hypertext::{html_elements, maud, GlobalAttributes, Renderable};

pub fn search_form(words: &str) -> String {
    maud! {
        form action="/search" {
            input type="text" name="words" value=(words);
        }
    }
    .render()
    .into_inner()
}
