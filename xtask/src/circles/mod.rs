//! No circle of files: a file that needs another must not be needed by it, on any way.
//!
//! Every path in every file counts, in imports, in code and in the arguments of macros. A path that reaches an item through
//! re-exports counts for the file that has the item.

mod graph;
mod modules;
mod names;
mod paths;

use std::path::Path;

use crate::run::{Failure, workspace};

/// Looks at all crates of the workspace.
///
/// # Errors
/// When there is a circle, with the files on it; when a file cannot be read.
pub fn run() -> Result<(), Failure> {
    let found = in_workspace(workspace())?;
    if found.is_empty() {
        return Ok(());
    }
    let circles: Vec<_> = found.iter().map(|circle| format!("  {}", circle.join("\n    -> "))).collect();
    Err(Failure::new(format!("{} circles of files:\n{}", circles.len(), circles.join("\n"))))
}

/// A circle of each knot of files, its first file again at the end, as paths from the workspace's folder.
fn in_workspace(root: &Path) -> Result<Vec<Vec<String>>, Failure> {
    let mut circles = Vec::new();
    for krate in modules::roots(root)? {
        let modules = modules::Modules::read(root, &krate)?;
        circles.extend(graph::circles(&paths::edges(&modules)));
    }
    circles.sort();
    circles.dedup();
    Ok(circles)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(files: &[(&str, &str)]) -> Vec<Vec<String>> {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
            std::fs::write(path, text).expect("it can be written");
        }
        std::fs::write(folder.path().join("Cargo.toml"), "[package]\nname = \"one\"\n").expect("written");
        in_workspace(folder.path()).expect("files that can be read")
    }

    #[test]
    fn files_that_need_each_other_are_a_circle_however_the_path_is_written() {
        let ways = [
            "use crate::b::B; pub struct A(B);",
            "use super::b; pub struct A(b::B);",
            "pub struct A(crate::b::B);",
            "pub struct A; fn f() { let _ = crate::b::g(); }",
            "pub struct A; fn f() { println!(\"{}\", crate::b::g()); }",
            "pub struct A; mod inner { use super::super::b::B; }",
            "use crate::b::*; pub struct A;",
            "use crate::again; pub struct A(again::B);",
            "use crate::B; pub struct A;",
            "pub struct A; use crate as all; fn f() { all::b::g(); }",
        ];
        for a in ways {
            let lib = "mod a; mod b; pub mod again { pub use crate::b::B; } pub use b::B;";
            let b = "use crate::a::A; pub struct B(A); pub fn g() -> u8 { 1 }";
            let circles = found(&[("src/lib.rs", lib), ("src/a.rs", a), ("src/b.rs", b)]);
            assert_eq!(circles, [["src/a.rs", "src/b.rs", "src/a.rs"].map(str::to_owned)], "{a}");
        }
    }

    #[test]
    fn a_parent_that_shows_its_childs_items_is_none_unless_the_child_needs_the_parents_own() {
        let lib = "mod a; pub use a::A; pub struct Own;";
        assert!(found(&[("src/lib.rs", lib), ("src/a.rs", "pub struct A;")]).is_empty());
        let circles = found(&[("src/lib.rs", lib), ("src/a.rs", "pub struct A(super::Own);")]);
        assert_eq!(circles, [["src/a.rs", "src/lib.rs", "src/a.rs"].map(str::to_owned)]);
    }

    #[test]
    fn what_is_reached_through_the_parent_counts_for_the_sibling_that_has_it() {
        let files = [
            ("src/lib.rs", "mod a; mod b; pub use a::A; pub use b::B;"),
            ("src/a.rs", "pub struct A;"),
            ("src/b.rs", "use crate::A; pub struct B(A);"),
        ];
        assert!(found(&files).is_empty());
    }

    #[test]
    fn other_crates_and_local_names_are_no_files() {
        let lib = "mod std; mod a; use a::A; pub struct Own;";
        let a = "use ::std::sync::Arc; pub struct A(Arc<u8>); fn f(lib: A) { let Own = 1; lib.a(); serde::a::b(); }";
        assert!(found(&[("src/lib.rs", lib), ("src/std.rs", ""), ("src/a.rs", a)]).is_empty());
    }
}
