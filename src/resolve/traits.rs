//! Which traits the plain types have: tables. It knows nothing of the crate.

use super::ty::Ty;

/// Traits that every type without borrows has.
const EVERYWHERE: [&str; 8] =
    ["Send", "Sync", "Unpin", "Sized", "UnwindSafe", "RefUnwindSafe", "Any", "Freeze"];

/// Traits of every plain value.
const VALUE: [&str; 7] = ["Clone", "Debug", "Default", "PartialEq", "PartialOrd", "ToOwned", "Borrow"];

/// Traits of values that are equal to themselves.
const KEY: [&str; 3] = ["Eq", "Ord", "Hash"];

/// Traits of what is written as a text and read from one.
const SHOWN: [&str; 3] = ["Display", "ToString", "FromStr"];

/// Traits of all numbers.
const NUMBER: [&str; 15] = [
    "Copy",
    "Add",
    "Sub",
    "Mul",
    "Div",
    "Rem",
    "AddAssign",
    "SubAssign",
    "MulAssign",
    "DivAssign",
    "RemAssign",
    "Sum",
    "Product",
    "LowerExp",
    "UpperExp",
];

/// Traits of whole numbers.
const WHOLE: [&str; 14] = [
    "Not",
    "BitAnd",
    "BitOr",
    "BitXor",
    "BitAndAssign",
    "BitOrAssign",
    "BitXorAssign",
    "Shl",
    "Shr",
    "ShlAssign",
    "ShrAssign",
    "LowerHex",
    "UpperHex",
    "Octal",
];

/// Traits of the crates that are used with numbers, where only floats, only signed or only unsigned numbers have them.
const FLOAT: [&str; 4] = ["Float", "Real", "FloatCore", "FloatConst"];

/// Whether a bound with this trait says nothing about which type to take.
pub(super) fn is_everywhere(name: &str) -> bool {
    EVERYWHERE.contains(&name)
}

/// Whether `ty` is known to have the trait of this name.
pub(super) fn has(ty: &Ty, name: &str) -> bool {
    if let Some((package, name)) = name.split_once("::") {
        return of_package(ty, package, name);
    }
    let listed = |lists: &[&[&str]]| lists.iter().any(|list| list.contains(&name));
    match ty {
        Ty::Integer(ty) => {
            listed(&[&VALUE, &KEY, &SHOWN, &NUMBER, &WHOLE]) || (name == "Neg" && ty.starts_with('i'))
        }
        Ty::Float(_) => listed(&[&VALUE, &SHOWN, &NUMBER]) || name == "Neg",
        Ty::Bool => listed(&[&VALUE, &KEY, &SHOWN]) || matches!(name, "Copy" | "Not"),
        Ty::Tracked => listed(&[&VALUE, &KEY]) || matches!(name, "Display" | "ToString"),
        Ty::Char => listed(&[&VALUE, &KEY, &SHOWN]) || name == "Copy",
        Ty::String => listed(&[&VALUE, &KEY, &SHOWN]),
        Ty::Unit => listed(&[&VALUE, &KEY]) || name == "Copy",
        Ty::Vec(inner) | Ty::Option(inner) | Ty::Boxed(inner) => listed(&[&VALUE, &KEY]) && has(inner, name),
        Ty::Tuple(parts) => listed(&[&VALUE, &KEY]) && parts.iter().all(|part| has(part, name)),
        Ty::Ref(inner) if **inner == Ty::Str => {
            listed(&[&VALUE, &KEY]) || matches!(name, "Copy" | "Display" | "ToString" | "Pattern")
        }
        Ty::Ref(inner) => {
            matches!(name, "Clone" | "Copy")
                || (matches!(
                    name,
                    "Debug" | "Display" | "ToString" | "Eq" | "Ord" | "PartialEq" | "PartialOrd" | "Hash"
                ) && (matches!(**inner, Ty::Slice(_)) || has(inner, name)))
        }
        Ty::Closure(_) => {
            matches!(name, "Clone" | "Copy" | "Debug" | "Eq" | "Ord" | "PartialEq" | "PartialOrd" | "Hash")
        }
        Ty::Std(std, _) => match std.path {
            "rt::Stream" => matches!(name, "Read" | "BufRead" | "Seek" | "Clone" | "Debug" | "Default"),
            "std::io::Error" => matches!(name, "Error" | "Debug" | "Display" | "ToString"),
            "std::fmt::Error" => {
                listed(&[&VALUE, &KEY]) || matches!(name, "Error" | "Copy" | "Display" | "ToString")
            }
            "std::io::Cursor" => matches!(name, "Read" | "BufRead" | "Seek" | "Clone" | "Debug" | "Default"),
            "std::vec::IntoIter" => matches!(
                name,
                "Iterator"
                    | "IntoIterator"
                    | "DoubleEndedIterator"
                    | "ExactSizeIterator"
                    | "FusedIterator"
                    | "Clone"
                    | "Debug"
            ),
            "std::collections::hash_map::DefaultHasher" | "std::hash::BuildHasherDefault" => {
                matches!(name, "Clone" | "Debug" | "Default")
            }
            "std::path::Path" | "std::ffi::OsStr" => {
                matches!(name, "Debug" | "Eq" | "Ord" | "PartialEq" | "PartialOrd" | "Hash")
            }
            _ => false,
        },
        _ => false,
    }
}

/// Traits of crates that most people use; of others nothing is known.
fn of_package(ty: &Ty, package: &str, name: &str) -> bool {
    let is_plain = matches!(ty, Ty::Integer(_) | Ty::Float(_) | Ty::Bool | Ty::Char | Ty::String);
    match (package, name) {
        ("io", "Write") => {
            matches!(ty, Ty::Vec(_)) && ty.is_bytes()
                || matches!(ty, Ty::Std(it, _) if matches!(it.path, "std::io::Cursor" | "rt::Stream"))
        }
        ("serde", "Serialize" | "Deserialize" | "DeserializeOwned") => {
            is_plain || matches!(ty, Ty::Vec(inner) | Ty::Option(inner) if of_package(inner, package, name))
        }
        ("tokio" | "futures", "AsyncRead" | "AsyncBufRead" | "AsyncWrite" | "AsyncSeek") => {
            matches!(ty, Ty::Std(it, _) if it.path == "std::io::Cursor")
        }
        ("num_traits" | "num" | "num_integer", name) => match ty {
            Ty::Integer(ty) if ty.starts_with('u') => !FLOAT.contains(&name) && name != "Signed",
            Ty::Integer(_) => !FLOAT.contains(&name) && name != "Unsigned",
            Ty::Float(_) => !matches!(
                name,
                "Unsigned"
                    | "PrimInt"
                    | "Integer"
                    | "CheckedAdd"
                    | "CheckedSub"
                    | "CheckedMul"
                    | "CheckedDiv"
                    | "WrappingAdd"
                    | "Saturating"
            ),
            _ => false,
        },
        _ => false,
    }
}
