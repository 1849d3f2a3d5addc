//! What is a circle and what is none, however it is written.

use super::*;

fn found(files: &[(&str, &str)]) -> Vec<Vec<String>> {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
        std::fs::write(path, text).expect("it can be written");
    }
    std::fs::write(folder.path().join("Cargo.toml"), "[package]\nname = \"one\"\n").expect("written");
    let circles = in_workspace(folder.path()).expect("files that can be read");
    circles.into_iter().map(|circle| circle.files).collect()
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
    let a =
        "use ::std::sync::Arc; pub struct A(Arc<u8>); fn f(lib: A) { let Own = 1; lib.a(); serde::a::b(); }";
    assert!(found(&[("src/lib.rs", lib), ("src/std.rs", ""), ("src/a.rs", a)]).is_empty());
}

/// Two files that need each other, `a` in the given way; `more` files besides.
fn a_needs_b(lib: &str, a: &str, more: &[(&str, &str)]) {
    let b = "use crate::a::A; pub struct B(A); pub enum E { V } pub fn g() -> u8 { 1 } \
             thread_local! { pub static T: u8 = 1; }";
    let files = [[("src/lib.rs", lib), ("src/a.rs", a), ("src/b.rs", b)].as_slice(), more].concat();
    let circles = found(&files);
    assert_eq!(circles, [["src/a.rs", "src/b.rs", "src/a.rs"].map(str::to_owned)], "{lib} // {a}");
}

#[test]
fn imports_lead_where_they_lead_however_they_are_given() {
    let ways = [
        "use crate::b::E::*; pub struct A;",
        "use crate::b::E::V as Other; pub struct A;",
        "pub struct A; fn f() { use crate as all; all::b::g(); }",
        "pub struct A; fn f() { use super::*; b::g(); }",
        "use super::*; use b::*; pub struct A;",
        "pub struct A; use std as x; #[cfg(windows)] use crate::b as x; fn f() { x::g(); }",
        "#[cfg(unix)] use crate::b::g as h; #[cfg(windows)] use std::f as h; pub struct A;",
        "pub struct A; mod deep { pub mod deeper { pub(crate) use crate::b::B; } }",
        "pub struct A; fn f() { mod local { use super::super::b::B; } }",
        "pub struct A; fn f() { <u8 as crate::b::Trait>::f(); }",
        "pub struct A; fn f() { crate::b::T.with(|_| ()); }",
        "use crate::r#b::B; pub struct A;",
    ];
    for a in ways {
        a_needs_b("mod a; mod b; pub use b::B;", a, &[]);
    }
}

#[test]
fn the_crates_own_names_for_itself_lead_into_it() {
    let ways = ["use me::b::B; pub struct A;", "pub struct A; fn f() { ::me::b::g(); }"];
    for a in ways {
        a_needs_b("extern crate self as me; mod a; mod b;", a, &[]);
    }
}

#[test]
fn arguments_of_macros_and_attributes_are_read() {
    let ways = [
        "pub struct A; m! { use crate::{b::B, c}; }",
        "pub struct A; m! { use super::b::{self as other}; }",
        "pub struct A; macro_rules! n { () => { $crate::b::g() } }",
        "pub struct A; fn f() { m!(vec![x(crate::b::E::V)]); }",
        "#[derive(Serialize)] pub struct A(#[serde(with = \"crate::b\")] u8);",
        "#[cfg_attr(x, derive(crate::b::B))] pub struct A;",
    ];
    for a in ways {
        a_needs_b("mod a; mod b;", a, &[]);
    }
}

#[test]
fn a_macro_is_needed_whether_a_path_or_the_order_of_the_text_leads_to_it() {
    let b = "use crate::a::A; #[macro_export] macro_rules! m { () => {} } pub struct B(A);";
    for a in ["pub struct A; m!();", "pub struct A; crate::m!();", "pub struct A; fn f() { n!(x, m!()); }"] {
        let lib = "#[macro_use] mod b; mod a;";
        let circles = found(&[("src/lib.rs", lib), ("src/a.rs", a), ("src/b.rs", b)]);
        assert_eq!(circles, [["src/a.rs", "src/b.rs", "src/a.rs"].map(str::to_owned)], "{a}");
    }
    let own = "pub struct A; macro_rules! m { () => {} } m!(); fn f() { let m = 1; m != 2; }";
    assert!(found(&[("src/lib.rs", "mod a; mod b;"), ("src/a.rs", own), ("src/b.rs", b)]).is_empty());
}

#[test]
fn files_for_every_platform_are_read() {
    let needs_a = "use crate::a::A; pub fn f() {}";
    let ways = [
        "#[cfg(unix)] #[path = \"b.rs\"] mod p; #[cfg(windows)] #[path = \"c.rs\"] mod p;",
        "#[cfg(windows)] #[path = \"c.rs\"] mod p; #[cfg(unix)] #[path = \"b.rs\"] mod p;",
        "#[cfg_attr(unix, path = \"b.rs\")] #[cfg_attr(windows, path = \"c.rs\")] mod p;",
    ];
    for lib in ways {
        let a = "use crate::p::f; pub struct A;";
        let lib = format!("mod a; {lib}");
        let files = [
            ("src/lib.rs", lib.as_str()),
            ("src/a.rs", a),
            ("src/b.rs", needs_a),
            ("src/c.rs", "pub fn f() {}"),
        ];
        assert_eq!(found(&files), [["src/a.rs", "src/b.rs", "src/a.rs"].map(str::to_owned)], "{lib}");
    }
    let chosen = "mod a; choose! { if #[cfg(unix)] { mod b; } }";
    let files =
        [("src/lib.rs", chosen), ("src/a.rs", "use crate::b::f; pub struct A;"), ("src/b.rs", needs_a)];
    assert_eq!(found(&files), [["src/a.rs", "src/b.rs", "src/a.rs"].map(str::to_owned)]);
}

#[test]
fn files_are_found_where_rust_looks_for_them() {
    let circle = |files: &[(&str, &str)], circle: [&str; 3]| {
        assert_eq!(found(files), [circle.map(str::to_owned)], "{files:?}");
    };
    // Below a path of its own: beside it. In a module of the file: in the folder of that module.
    let lib = "#[path = \"x/y.rs\"] mod a;";
    let (y, z) = ("mod z; use z::Z; pub struct A(Z);", "use crate::a::A; pub struct Z(A);");
    circle(
        &[("src/lib.rs", lib), ("src/x/y.rs", y), ("src/x/z.rs", z)],
        ["src/x/y.rs", "src/x/z.rs", "src/x/y.rs"],
    );
    let a = "mod inner { #[path = \"z.rs\"] pub mod z; } use inner::z::Z; pub struct A(Z);";
    circle(
        &[("src/lib.rs", "mod a;"), ("src/a.rs", a), ("src/a/inner/z.rs", z)],
        ["src/a.rs", "src/a/inner/z.rs", "src/a.rs"],
    );
    // A file that two crates have by different ways is one file.
    let test = "#[path = \"../src/a.rs\"] mod a; mod b { pub struct B(super::a::A); }";
    let a = "use crate::b::B; pub struct A(B);";
    circle(
        &[("src/lib.rs", "mod b;"), ("src/b.rs", ""), ("src/a.rs", a), ("tests/t.rs", test)],
        ["src/a.rs", "tests/t.rs", "src/a.rs"],
    );
    // Included text is a part of its includer, in another file.
    let files = [
        ("src/lib.rs", "mod a; pub struct Own; include!(\"more.rs\"); fn f() { include!(\"value.rs\"); }"),
        ("src/a.rs", ""),
        ("src/more.rs", "fn g(_: crate::Own) {}"),
        ("src/value.rs", "{ 1 }"),
    ];
    circle(&files, ["src/lib.rs", "src/more.rs", "src/lib.rs"]);
    let value =
        [("src/lib.rs", "pub struct Own; fn f() { include!(\"value.rs\"); }"), ("src/value.rs", "self::Own")];
    circle(&value, ["src/lib.rs", "src/value.rs", "src/lib.rs"]);
}

#[test]
fn every_target_of_a_crate_counts_and_libraries_know_each_other_by_name() {
    let pair = |folder: &str| {
        [
            (format!("{folder}/x.rs"), "use crate::y::Y; pub struct X(Y);"),
            (format!("{folder}/y.rs"), "use crate::x::X; pub struct Y(X);"),
        ]
    };
    for (root, folder) in [
        ("examples/e.rs", "examples"),
        ("src/bin/p/main.rs", "src/bin/p"),
        ("benches/b.rs", "benches"),
        ("odd/place.rs", "odd"),
    ] {
        let [x, y] = pair(folder);
        let circles = found(&[
            (root, "mod x; mod y;"),
            (&x.0, x.1),
            (&y.0, y.1),
            ("inner/Cargo.toml", "[package]\nname = \"inner\"\n[[bin]]\npath = \"../odd/place.rs\"\n"),
        ]);
        assert_eq!(circles, [[x.0.clone(), y.0.clone(), x.0.clone()]], "{root}");
    }
    // Only what tests need may lead back to a crate; for files that is a circle all the same.
    let circles = found(&[
        ("src/lib.rs", "mod a; pub use a::A;"),
        ("src/a.rs", "pub struct A; #[cfg(test)] mod tests { use the_host::Host; }"),
        ("host/Cargo.toml", "[package]\nname = \"the-host\"\n"),
        ("host/src/lib.rs", "pub struct Host(one::A);"),
    ]);
    assert_eq!(circles, [["host/src/lib.rs", "src/a.rs", "host/src/lib.rs"].map(str::to_owned)]);
}

#[test]
fn what_may_see_a_thing_and_what_a_name_may_also_mean_are_no_needs() {
    let lib = "mod a; mod std; pub use rand::rand; use x::y; use y::x; pub use a::A; pub struct Own;";
    let a =
        "pub(in super::super::one) struct A; pub(in crate) fn f() { m!(::std::f()); rand::rand(); x::x(); }";
    assert!(found(&[("src/lib.rs", lib), ("src/a.rs", a), ("src/std.rs", "use crate::a::A;")]).is_empty());
    // A parent's function is not its module of the same name.
    let files = [
        ("src/lib.rs", "pub mod load; pub fn load() { load::f(); }"),
        ("src/load.rs", "pub fn f() { super::load(); }"),
    ];
    assert_eq!(found(&files), [["src/lib.rs", "src/load.rs", "src/lib.rs"].map(str::to_owned)]);
}

#[test]
fn a_circle_says_by_which_paths() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("src")).expect("it can be made");
    let files = [
        ("Cargo.toml", "[package]\nname = \"one\"\n"),
        ("src/lib.rs", "mod a; use a::A; struct Own(A);"),
        ("src/a.rs", "pub struct A(super::Own);"),
    ];
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("it can be written");
    }
    let circles = in_workspace(folder.path()).expect("files that can be read");
    let shown: Vec<_> = circles.iter().map(Circle::to_string).collect();
    assert_eq!(shown, ["  src/a.rs\n    -> src/lib.rs  by super::Own\n    -> src/a.rs  by a::A"]);
}
