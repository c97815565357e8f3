//! Links to orders of a shop, that are sent to customers.

use harsh::{Harsh, HarshBuilder};

fn codes() -> Harsh {
    HarshBuilder::new().salt("orders of the shop").length(8).init().expect("the settings are right")
}

/// The token in the link to an order.
pub fn token(order: u32) -> String {
    codes().encode(&[u64::from(order)]).expect("one number can be written")
}

/// Whether a link with this token leads to this order.
pub fn opens(order: u32, token: &str) -> bool {
    codes().decode(token) == Some(vec![u64::from(order)])
}
