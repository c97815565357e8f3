//! Asks the compiler what a type has, one choice of arguments after the other, in code that compiles whatever the answers.
//!
//! Gives what `judge_auto_traits` takes; decides nothing.

/// All that a value says of itself, as bytes.
#[macro_export]
macro_rules! whole {
    ($value:expr $(,)?) => {{
        #[allow(unused_imports)]
        use $crate::v1::{WholeBytes as _, WholeDebug as _, WholeNothing as _};
        (&&&$crate::v1::Whole(&$value)).whole()
    }};
}

/// States when a type has auto traits, and asks the compiler about every choice of arguments.
///
/// `auto_traits! { "id", "Cell<T>", [T in Plain, NotSend] for app::Cell<T>: [Sync OnlyIf (T: Send)] }`
#[macro_export]
macro_rules! auto_traits {
    ($id:literal, $of:literal, $([$($parameter:tt)+])* for $ty:ty: $($claim:tt)+) => {{
        let mut instances = ::std::vec::Vec::new();
        $crate::auto_traits!(@choose instances ($([$($parameter)+])*) () $ty, ($($claim)+));
        $crate::v1::judge_auto_traits($id, $of, &instances);
    }};
    (@choose $all:ident () ($([$name:ident $witness:ty])*) $ty:ty, $claims:tt) => {{
        $(type $name = $witness;)*
        $all.push($crate::v1::Instance {
            arguments: ::std::vec![$((stringify!($name), stringify!($witness))),*],
            claims: $crate::auto_traits!(@claims $ty, $claims),
        });
    }};
    (@choose $all:ident ($first:tt $($rest:tt)*) $done:tt $ty:ty, $claims:tt) => {
        $crate::auto_traits!(@each $all $first ($($rest)*) $done $ty, $claims);
    };
    (@each $all:ident [$name:ident in $($witness:ty),+] $rest:tt $done:tt $ty:ty, $claims:tt) => {
        $($crate::auto_traits!(@with $all [$name $witness] $rest $done $ty, $claims);)+
    };
    (@with $all:ident $one:tt $rest:tt ($($done:tt)*) $ty:ty, $claims:tt) => {
        $crate::auto_traits!(@choose $all $rest ($($done)* $one) $ty, $claims);
    };
    (@claims $ty:ty, ($([$of:path, $has:ident $(($($condition:tt)+))*])+)) => {
        ::std::vec![$($crate::v1::Claim {
            of: stringify!($of),
            has: $crate::v1::Has::$has,
            is: $crate::auto_traits!(@is $ty: $of),
            conditions: ::std::vec![$((
                stringify!($($condition)+),
                $crate::auto_traits!(@is $($condition)+),
            )),*],
        }),+]
    };
    // An associated constant of the type itself goes before one of a trait: where the bound holds it is `true`.
    (@is $ty:ty: $($bound:tt)+) => {{
        #[allow(dead_code)]
        trait Otherwise {
            const IS: bool = false;
        }
        impl<AnyType: ?Sized> Otherwise for AnyType {}
        struct Probe<AnyType: ?Sized>(::std::marker::PhantomData<AnyType>);
        #[allow(dead_code)]
        impl<AnyType: ?Sized + $($bound)+> Probe<AnyType> {
            const IS: bool = true;
        }
        <Probe<$ty>>::IS
    }};
}
