//! Filters that users type above a table of goods.

use minijinja::{context, Environment};

/// Whether an item passes a filter.
pub fn passes(filter: &str, price: f64, stock: u64) -> Result<bool, String> {
    let environment = Environment::new();
    let filter = environment.compile_expression(filter).map_err(|error| error.to_string())?;
    let value = filter.eval(context! { price, stock }).map_err(|error| error.to_string())?;
    Ok(value.is_true())
}
