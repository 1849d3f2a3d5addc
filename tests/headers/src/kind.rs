//! Types as both sides have them, without their names.

/// A type of C.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `void`.
    Void,
    /// A whole number.
    Int { bytes: usize, signed: bool },
    /// A number.
    Float { bytes: usize },
    /// A pointer, through which the other side may write.
    Pointer { to: Box<Kind>, writable: bool },
    /// A pointer to a function.
    Function(Box<Signature>),
    /// A structure, a union, an enumeration, or what only has a name.
    Named(String),
    /// Some of the same.
    Array { of: Box<Kind>, count: usize },
}

/// What a function takes and gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// In order.
    pub arguments: Vec<Kind>,
    /// [`Kind::Void`] when it gives nothing.
    pub result: Kind,
    /// Any number of further arguments.
    pub variadic: bool,
}

impl Kind {
    /// The types of Rust and of C that `name` may be.
    pub fn primitive(name: &str) -> Option<Self> {
        let pointer = size_of::<usize>();
        let long = size_of::<std::ffi::c_long>();
        let int = |bytes, signed| Some(Self::Int { bytes, signed });
        match name {
            "c_void" => Some(Self::Void),
            "c_char" => int(1, std::ffi::c_char::MIN != 0),
            "i8" | "c_schar" => int(1, true),
            "u8" | "c_uchar" | "bool" => int(1, false),
            "i16" | "c_short" => int(2, true),
            "u16" | "c_ushort" => int(2, false),
            "i32" | "c_int" => int(4, true),
            "u32" | "c_uint" => int(4, false),
            "i64" | "c_longlong" => int(8, true),
            "u64" | "c_ulonglong" => int(8, false),
            "c_long" => int(long, true),
            "c_ulong" => int(long, false),
            "isize" => int(pointer, true),
            "usize" => int(pointer, false),
            "f32" | "c_float" => Some(Self::Float { bytes: 4 }),
            "f64" | "c_double" => Some(Self::Float { bytes: 8 }),
            _ => None,
        }
    }
}
