//! Functions that give futures.

use super::check;

#[test]
fn what_gives_a_future_is_awaited_and_gives_what_that_comes_to() {
    let rust = "
        use std::{future::Future, pin::Pin, task::{Context, Poll}};
        pub async fn plain() -> Option<u8> { None }
        pub fn opaque(x: u8) -> impl Future<Output = Result<u8, String>> + Send { async { Ok(1) } }
        pub fn boxed<'a>(x: &'a str) -> Pin<Box<dyn Future<Output = Option<u8>> + Send + 'a>> { todo!() }
        pub fn alias(x: &str) -> futures::future::BoxFuture<'_, Result<(), String>> { todo!() }
        pub struct Sleep { left: u8 }
        impl Future for Sleep { type Output = (); fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> { Poll::Ready(()) } }
        pub fn sleep(left: u8) -> Sleep { Sleep { left } }
        pub fn no_future() -> Option<impl Future<Output = u8>> { None::<std::future::Ready<u8>> }";
    let targets = ["plain", "opaque", "boxed", "alias", "sleep", "no_future"];
    let found = targets.map(|target| check(rust, &format!("target = \"crate::{target}\"")));
    insta::assert_snapshot!(found.join("\n"));
}
