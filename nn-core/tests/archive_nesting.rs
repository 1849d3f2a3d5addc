//! Files that are nested too deeply for any stack are refused before libtorch sees them.

mod archive_files;
mod nesting_forms;

use std::{
    io::Cursor,
    time::{Duration, Instant},
};

use nesting_forms::{circles, forms};
use nn_core::archive::{ArchiveError, inspect_from, verify};

fn is_nested(error: &ArchiveError) -> bool {
    matches!(error, ArchiveError::Nested { .. } | ArchiveError::Chain { .. })
}

#[test]
fn every_form_is_refused_above_its_limit_and_taken_below() {
    for form in forms() {
        let taken = |count| match verify(&(form.make)(count)) {
            Ok(()) => true,
            Err(error) if is_nested(&error) => false,
            Err(error) => panic!("{} {count}: {error}", form.name),
        };
        assert!(taken(40), "{}: real models may have some levels", form.name);
        let most = (40..4_096).collect::<Vec<_>>().partition_point(|&count| taken(count)) + 39;
        println!("{}: {most}", form.name);
        assert!(most < 4_000 && !taken(most + 1) && !taken(most * 2), "{}: {most}", form.name);
    }
}

#[test]
fn far_above_its_limit_each_form_is_one_line_soon() {
    for form in forms() {
        // The text of blocks grows with the square of their number.
        let count = if matches!(form.name, "if" | "while" | "for") { 2_000 } else { 20_000 };
        let bytes = (form.make)(count);
        let begin = Instant::now();
        let error = verify(&bytes).expect_err(form.name);
        assert!(begin.elapsed() < Duration::from_secs(20), "{}", form.name);
        assert!(is_nested(&error), "{}: {error}", form.name);
        let line = error.to_string();
        assert!(line.lines().count() == 1 && line.len() < 250 && line.contains("the most"), "{line}");
        assert!(line.contains(": export a model with"), "{line}");
        let said = inspect_from(Cursor::new(&bytes)).faults;
        assert!(said.iter().any(is_nested), "{}: {said:?}", form.name);
    }
}

#[test]
fn what_holds_itself_or_can_is_refused() {
    for (name, bytes) in circles() {
        let error = verify(&bytes).expect_err(name);
        assert!(matches!(error, ArchiveError::Endless { .. }), "{name}: {error}");
        assert!(error.to_string().contains("without end"), "{error}");
    }
}

#[test]
fn a_million_levels_of_a_pickle_are_refused() {
    let mut all = archive_files::Module::forward().entries();
    for (entry, value) in
        [(0, [b"N".to_vec(), b"\x85".repeat(1_000_000)].concat()), (2, b"](".repeat(1_000_000))]
    {
        let before = all[entry].1.clone();
        all[entry].1 = match entry {
            0 => [&before[..before.len() - 3], &archive_files::text("deep"), &value, b"ub."].concat(),
            _ => [b"\x80\x02(".to_vec(), value, b"e".repeat(1_000_000), b"t.".to_vec()].concat(),
        };
        let error = verify(&archive_files::torch_zip(&all)).expect_err("deep");
        assert!(matches!(error, ArchiveError::Nested { found: 1_000_000.., .. }), "{error}");
        all[entry].1 = before;
    }
}
