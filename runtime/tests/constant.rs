//! The oracle about what a call executes, against subjects that are known to be good or bad.

#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

use std::hint::black_box;

use constraints_runtime::v1 as rt;

use self::support::{red, says};

mod support;

#[global_allocator]
static HEAP: rt::Heap = rt::Heap;

/// The test of a comparison of a secret token.
macro_rules! of_token {
    ($name:literal, |$token:ident, $guess:ident| $call:expr) => {
        rt::constant_time($name, |case| {
            case.keeps_secret(&["token"])?;
            let $token = case.draw("token", rt::bytes())?;
            let $guess = case.draw("guess", rt::bytes())?;
            case.shows_length(rt::length_of!($token))?;
            let result = case.stepped(|| $call)?;
            case.comes_out(result.as_ref().is_some_and(|result| !rt::refuses!(*result)))
        })
    };
}

fn folded(token: &[u8], guess: &[u8]) -> bool {
    token.len() == guess.len() && token.iter().zip(guess).fold(0, |all, (a, b)| all | black_box(a ^ b)) == 0
}

fn early(token: &[u8], guess: &[u8]) -> bool {
    if token.len() != guess.len() {
        return false;
    }
    for (a, b) in token.iter().zip(guess) {
        if black_box(a) != black_box(b) {
            return false;
        }
    }
    true
}

#[test]
fn a_fold_over_all_bytes_is_green_and_may_allocate() {
    of_token!("a_fold_over_all_bytes_is_green_and_may_allocate", |token, guess| {
        let copy = black_box(token.clone());
        folded(&copy, &guess)
    });
}

#[test]
fn a_loop_that_ends_early_is_red() {
    let message = red(|| of_token!("a_loop_that_ends_early_is_red", |token, guess| early(&token, &guess)));
    says(
        &message,
        &[
            "the secret does not change what the call executes",
            "instructions with one secret and",
            "token",
            "guess",
        ],
    );
}

#[test]
fn equality_of_slices_is_red_by_what_it_looks_at() {
    let message = red(|| {
        of_token!("equality_of_slices_is_red_by_what_it_looks_at", |token, guess| {
            black_box(token.as_slice()) == black_box(guess.as_slice())
        });
    });
    says(&message, &["memory is compared up to the first difference"]);
}

#[test]
fn a_branch_on_each_bit_of_a_secret_is_red_although_nothing_is_compared_with_it() {
    let message = red(|| {
        of_token!(
            "a_branch_on_each_bit_of_a_secret_is_red_although_nothing_is_compared_with_it",
            |token, guess| {
                let mut sum = guess.len() as u64;
                for byte in &token {
                    for bit in 0..8 {
                        sum = black_box(sum.wrapping_mul(sum));
                        if byte >> bit & 1 == 1 {
                            sum = black_box(sum.wrapping_mul(3));
                        }
                    }
                }
                sum
            }
        );
    });
    says(&message, &["instructions with "]);
}
