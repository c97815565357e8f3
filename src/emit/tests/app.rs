//! A crate with one function for each way to pass a value.

#[derive(Clone, Debug, PartialEq)]
pub struct Account {
    pub name: String,
    pub age: u8,
    pub r#type: Color,
}
#[derive(Clone, Debug, PartialEq)]
pub struct Point(pub i32, pub f64);
#[derive(Clone, Debug, PartialEq)]
pub struct Empty;
#[derive(Clone, Debug, PartialEq)]
pub enum Color {
    Red,
    Rgb(u8, u8),
    Named { name: String },
}
#[derive(Debug)]
pub struct Refusal;
pub const LENGTH: usize = 4;

pub fn text(_: &str) -> String {
    unreachable!("compiled and never run")
}
pub fn slice_of(text: &str) -> &str {
    text
}
pub fn owned(_: String) -> String {
    unreachable!("compiled and never run")
}
pub fn bytes(_: &[u8]) -> Result<Vec<u8>, Refusal> {
    unreachable!("compiled and never run")
}
pub fn bytes_back(_: &[u8]) -> Result<Vec<u8>, String> {
    unreachable!("compiled and never run")
}
pub fn slow_bytes(_: Vec<u8>) -> Result<Vec<u8>, std::fmt::Error> {
    unreachable!("compiled and never run")
}
pub fn maybe(_: &str) -> Option<String> {
    unreachable!("compiled and never run")
}
pub fn change(_: &mut Vec<u8>, _: usize) -> bool {
    unreachable!("compiled and never run")
}
pub fn texts(_: &[&str]) -> usize {
    unreachable!("compiled and never run")
}
pub fn list_of_texts(_: Vec<&str>) -> usize {
    unreachable!("compiled and never run")
}
pub fn accounts(_: &[&Account], _: Option<&Account>) -> usize {
    unreachable!("compiled and never run")
}
pub fn optional(_: Option<&str>, _: Option<&[u8]>, _: Option<(&str, u32)>) {}
pub fn pair(_: (&str, u32), _: &[(&str, &[u8])]) {}
pub fn nested(_: &[Vec<&str>], _: Vec<Option<&str>>) {}
pub fn account(_: Account, _: &Point, _: Empty, _: Color) -> Account {
    unreachable!("compiled and never run")
}
pub fn numbers(_: u32, _: i64, _: f32, _: bool, _: char, _: ()) -> u64 {
    unreachable!("compiled and never run")
}
pub fn wrapped(_: Box<u8>, _: Result<u8, String>, _: [u8; 3], _: [u16; LENGTH]) -> u8 {
    unreachable!("compiled and never run")
}
pub fn filtered(_: &[u8], _: impl Fn(&u8) -> bool) -> Vec<u8> {
    unreachable!("compiled and never run")
}
pub fn called(_: Box<dyn Fn(&str, u8) -> String + Send>, _: &mut dyn FnMut(), _: fn(u8) -> u8) {}
pub fn sorted<F: FnMut(&u8, &u8) -> std::cmp::Ordering>(_: F, _: Option<Box<dyn Fn(u8)>>, _: Option<fn(&str)>) {}
pub fn keyword(r#type: &str, case: &str, rt: u8) -> bool {
    unreachable!("compiled and never run")
}
pub async fn later(_: &str) -> Result<String, Refusal> {
    unreachable!("compiled and never run")
}
impl Account {
    pub fn rename(&mut self, _: &str) -> Result<(), Refusal> {
        unreachable!("compiled and never run")
    }
    pub fn grown(self, _: u8) -> Self {
        unreachable!("compiled and never run")
    }
}
