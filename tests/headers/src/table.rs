//! What of a frontend's declarations is what in a host's headers.

/// How the declarations of one frontend relate to the headers of its host.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Every structure and union.
    pub rows: &'static [Row],
    /// Functions and types of functions that are not declared as `extern "C"`: the header's name, and ours.
    pub looked_up: &'static [(&'static str, Place)],
    /// What is looked up or declared by name and stands in no header.
    pub in_no_header: &'static [&'static str],
    /// Constants that are our own.
    pub own_constants: &'static [&'static str],
    /// Constants that the header calls otherwise: ours, and its.
    pub renamed: &'static [(&'static str, &'static str)],
}

/// In place of a field of the header's: ours only fills room, the fields behind it say how much.
pub const ROOM: &str = "";

/// One structure or union.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Our name.
    pub ours: &'static str,
    /// The header's tag, or its name where it has none; several where headers differ.
    pub theirs: &'static [&'static str],
    /// How the sizes relate.
    pub size: Size,
    /// Our fields, each with the header's; a point leads into a field that is a structure itself. All of ours are here,
    /// but for what only fills room: it begins with `rest`, `other` or `opaque`, or is [`ROOM`] here.
    pub fields: &'static [(&'static str, &'static str)],
}

/// How large ours is beside the header's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Size {
    /// The same, alignment too.
    Same,
    /// Ours is its beginning; the host makes it.
    Beginning,
    /// The same size; the host lays it where it should not lie, so ours is aligned to less.
    Unaligned,
    /// The same, but that the header's is so many bytes longer.
    Longer(usize),
    /// Ours has at least its room; the host fills it.
    Room,
    /// Only pointers to it are used.
    Opaque,
}

/// Where our signature of a function is.
#[derive(Clone, Copy, Debug)]
pub enum Place {
    /// A type of this name.
    Type(&'static str),
    /// A field of a structure.
    Field(&'static str, &'static str),
}
