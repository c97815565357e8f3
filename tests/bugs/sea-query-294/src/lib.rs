//! The members of a club, in a file of SQLite.

use sea_query::{Alias, Expr, Query, SqliteQueryBuilder};

/// The statement that finds a member by name.
pub fn find(name: &str) -> String {
    Query::select()
        .column(Alias::new("id"))
        .from(Alias::new("member"))
        .and_where(Expr::col(Alias::new("name")).eq(name))
        .to_string(SqliteQueryBuilder)
}
