//! Functions and classes in a source, each with its depth and what it mentions.

use std::collections::HashSet;

use super::{
    super::lexer::{Piece, Pieces},
    lines::{Cost, Line},
};

/// A function, a method, or a class without its methods.
#[derive(Debug)]
pub(super) struct Unit<'a> {
    /// The file's qualifier.
    qualifier: String,
    /// The class, for a class and its methods.
    pub(super) class: Option<&'a [u8]>,
    /// The function or method.
    pub(super) function: Option<&'a [u8]>,
    /// Levels inside it.
    pub(super) levels: u64,
    /// The stack for them.
    pub(super) bytes: u64,
    /// All names in it.
    pub(super) names: HashSet<&'a [u8]>,
    /// All paths in it that begin with `__torch__`, with dots between.
    pub(super) paths: HashSet<String>,
    any: Any,
}

/// Where the type `Any` stands.
#[derive(Clone, Copy, Debug, Default)]
struct Any {
    taken: bool,
    given: bool,
    inside: bool,
    loops: bool,
}

/// Reads a source to its end.
pub(super) fn read<'a>(source: &'a [u8], qualifier: &str) -> Vec<Unit<'a>> {
    let mut reader = Reader {
        units: Vec::new(),
        unit: Unit::new(qualifier, None, None),
        qualifier,
        class: None,
        indents: Vec::new(),
        line: Line::default(),
        start: Start::default(),
        path: None,
        declares: false,
        arrow: false,
        most: Cost::default(),
        exits: 0,
    };
    let mut pieces = Pieces::new(source);
    while let Some((piece, column)) = pieces.next() {
        reader.take(piece, column);
    }
    reader.end_line();
    reader.end_unit(None, None);
    reader.units
}

impl<'a> Unit<'a> {
    fn new(qualifier: &str, class: Option<&'a [u8]>, function: Option<&'a [u8]>) -> Self {
        Self {
            qualifier: qualifier.to_owned(),
            class,
            function,
            levels: 0,
            bytes: 0,
            names: HashSet::new(),
            paths: HashSet::new(),
            any: Any::default(),
        }
    }

    /// The path of the class or function that libtorch reads in one piece.
    pub(super) fn path(&self) -> String {
        let name = self.class.or(self.function).unwrap_or_default();
        format!("{}.{}", self.qualifier, String::from_utf8_lossy(name))
    }

    /// For the user.
    pub(super) fn title(&self) -> String {
        let text = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
        let parts = [self.class, self.function].into_iter().flatten().map(text);
        let name = parts.collect::<Vec<_>>().join(".");
        // One line, whatever the names are.
        name.chars().filter(|c| !c.is_control()).take(80).collect()
    }

    /// Whether a value in it can be put into another of the same type again and again: in a loop, by calls of calls, or
    /// from one block to the next. libtorch frees such values by recursion, on the thread that runs the model.
    pub(super) fn grows(&self) -> bool {
        let Any { taken, given, inside, loops } = self.any;
        match self.function {
            Some(_) => taken && given || loops && (given || inside),
            None => inside,
        }
    }
}

/// How a line begins.
#[derive(Clone, Copy, Debug, Default)]
enum Start {
    #[default]
    Nothing,
    /// With `class` or `def`: its name comes next.
    Def { class: bool, blocks: usize },
    /// With the head of a function.
    Head,
    /// With anything else.
    Other,
}

struct Reader<'q, 'a> {
    units: Vec<Unit<'a>>,
    unit: Unit<'a>,
    qualifier: &'q str,
    class: Option<&'a [u8]>,
    indents: Vec<usize>,
    line: Line,
    start: Start,
    /// A path that is being read, and whether a dot came last.
    path: Option<(String, bool)>,
    /// The next name is that of a class that is declared.
    declares: bool,
    arrow: bool,
    most: Cost,
    /// Statements that leave a block, or that stand in one without being indented more.
    exits: u64,
}

impl<'a> Reader<'_, 'a> {
    fn take(&mut self, piece: Piece<'a>, column: usize) {
        if piece == Piece::End {
            if !self.line.is_open() {
                self.end_line();
            }
            return;
        }
        match (self.start, piece) {
            (Start::Nothing, _) => self.begin_line(piece, column),
            (Start::Def { class, blocks }, Piece::Name(name)) => {
                self.begin_unit(class, blocks, name);
                self.start = if class { Start::Other } else { Start::Head };
            }
            _ => {}
        }
        self.note(piece);
        self.line.add(piece);
    }

    fn begin_line(&mut self, piece: Piece<'a>, column: usize) {
        while self.indents.last().is_some_and(|&open| open > column) {
            self.indents.pop();
        }
        if column > self.indents.last().copied().unwrap_or(0) {
            self.indents.push(column);
        }
        self.arrow = false;
        self.start = match piece {
            Piece::Name(b"class") => Start::Def { class: true, blocks: self.indents.len() },
            Piece::Name(b"def") => Start::Def { class: false, blocks: self.indents.len() },
            _ => Start::Other,
        };
        if let Piece::Name(b"elif" | b"return" | b"raise" | b"break" | b"continue" | b"assert") = piece {
            self.exits += 1;
        }
    }

    fn begin_unit(&mut self, class: bool, blocks: usize, name: &'a [u8]) {
        match (class, blocks) {
            (true, _) => {
                self.class = Some(name);
                self.end_unit(Some(name), None);
            }
            (false, 0) => {
                self.class = None;
                self.end_unit(None, Some(name));
            }
            (false, 1) if self.class.is_some() => self.end_unit(self.class, Some(name)),
            // A function inside a function is a part of it.
            (false, _) => {}
        }
    }

    fn end_unit(&mut self, class: Option<&'a [u8]>, function: Option<&'a [u8]>) {
        let next = Unit::new(self.qualifier, class, function);
        let mut unit = std::mem::replace(&mut self.unit, next);
        let cost = std::mem::take(&mut self.most).plus(Cost::BLOCK.times(std::mem::take(&mut self.exits)));
        (unit.levels, unit.bytes) = (cost.eighths.div_ceil(8), cost.bytes);
        // What stands before the first class or function, and is nothing.
        if unit.class.is_some() || unit.function.is_some() || unit.levels > 0 {
            self.units.push(unit);
        }
    }

    fn end_line(&mut self) {
        self.end_path();
        let cost = self.line.finish().plus(Cost::BLOCK.times(self.indents.len() as u64));
        self.most = self.most.or(cost);
        self.start = Start::Nothing;
    }

    fn note(&mut self, piece: Piece<'a>) {
        // The name of a class of the file: in its path, or where it is declared.
        let is_class = matches!(self.path, Some((_, true))) || self.declares;
        self.declares = matches!(piece, Piece::Name(b"class"));
        self.path = match (self.path.take(), piece) {
            (Some((path, false)), Piece::Sign(b'.')) => Some((path, true)),
            (Some((mut path, true)), Piece::Name(name)) => {
                path.push('.');
                path.push_str(&String::from_utf8_lossy(name));
                Some((path, false))
            }
            (path, piece) => {
                self.unit.paths.extend(path.map(|(path, _)| path));
                matches!(piece, Piece::Name(b"__torch__")).then(|| ("__torch__".to_owned(), false))
            }
        };
        match piece {
            Piece::Name(name) => {
                self.unit.names.insert(name);
                match name {
                    b"Any" | b"list" | b"tuple" if !is_class => match (self.start, self.arrow) {
                        // Only as types: as calls they make values of a type that is known.
                        _ if name != b"Any" && self.unit.function.is_some() => {}
                        (Start::Head, false) => self.unit.any.taken = true,
                        (Start::Head, true) => self.unit.any.given = true,
                        _ => self.unit.any.inside = true,
                    },
                    b"for" | b"while" => self.unit.any.loops = true,
                    _ => {}
                }
            }
            Piece::Sign(b'>') => self.arrow = true,
            _ => {}
        }
    }

    fn end_path(&mut self) {
        self.unit.paths.extend(self.path.take().map(|(path, _)| path));
    }
}
