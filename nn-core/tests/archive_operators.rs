//! What models may call: no real export is refused, and what reaches out of a model is.

mod archive_files;

use std::collections::HashSet;

use archive_files::{Module, model, models};
use nn_core::archive::{ArchiveError, describe, inspect, operators, verify, verify_file};

#[test]
fn nothing_that_real_exports_call_is_refused() {
    let allowed: HashSet<_> = operators::allowed().into_iter().collect();
    let mut families = 0;
    for line in include_str!("archive_files/real_operators.txt").lines().filter(|line| !line.starts_with('#'))
    {
        families += usize::from(line.starts_with('['));
        let names = line.split_whitespace().filter(|name| name.contains("::"));
        for name in names {
            assert!(allowed.contains(name), "{name}");
        }
    }
    assert_eq!(families, 9);
}

#[test]
fn no_model_of_this_project_is_refused() {
    for path in models() {
        verify_file(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let faults = inspect(&path).faults;
        assert!(faults.is_empty(), "{}: {faults:?}", path.display());
    }
}

/// Why a model with this method is refused.
fn refusal(body: &str) -> Option<String> {
    match verify(&Module::forward().method("work", body).archive()) {
        Ok(()) => None,
        Err(error @ ArchiveError::Refused { .. }) => Some(error.to_string()),
        Err(other) => panic!("{body}: {other}"),
    }
}

#[test]
fn what_reaches_out_of_a_model_is_refused_with_operator_and_method() {
    for (body, operator) in [
        ("torch.save(self, \"x\")", "aten::save"),
        ("torch.from_file(\"x\", True, 4)", "aten::from_file"),
        ("ops.aten.from_file(\"x\", True, 4)", "aten::from_file"),
        ("fork(self.work)", "prim::fork"),
        ("rpc_async(\"x\", self.work)", "prim::rpc_async"),
        ("ops.c10d.barrier(x)", "c10d::barrier"),
        ("ops.profiler._record_function_enter(\"x\")", "profiler::_record_function_enter"),
        ("ops.prim.TimePoint()", "prim::TimePoint"),
        ("__torch__.torch.classes.audio.Reader()", "torch.classes.audio.Reader"),
        ("ops.anything.at_all()", "anything::at_all"),
        ("torch.warble(x)", "aten::warble"),
    ] {
        let line = refusal(body).unwrap_or_else(|| panic!("{body} is not refused"));
        assert!(
            line.contains(operator) && line.contains("Model.work") && line.lines().count() == 1,
            "{line}"
        );
    }
    assert_eq!(refusal("torch.add(1, 2)"), None);
    assert_eq!(refusal("print(\"torch.save(x)\")  # torch.save(x)"), None);
}

#[test]
fn what_weighs_most_is_said_first_and_the_rest_is_counted() {
    let line =
        refusal("torch.warble(x)\n    torch.save(x, \"y\")\n    torch.from_file(\"z\")").expect("refused");
    assert!(line.contains("aten::save") && line.ends_with(" (and 2 more)"), "{line}");
}

#[test]
fn classes_of_cpp_in_the_pickles_are_refused() {
    let object = b"c__torch__.torch.classes.audio\nReader\n)\x81";
    let error = verify(&Module::forward().with("reader", object).archive()).expect_err("refused").to_string();
    assert!(error.contains("data.pkl uses torch.classes.audio.Reader"), "{error}");
}

#[test]
fn a_source_that_cannot_be_cut_into_pieces_is_refused() {
    let error = verify(&Module::forward().method("work", "\"").archive()).expect_err("refused").to_string();
    assert!(error.contains("has no end"), "{error}");
}

#[test]
fn the_description_of_a_file_does_not_ask_what_it_calls() {
    // A box is made with its inlets; that the model is refused is said when it is loaded.
    assert!(describe(&model("hostile/files.ts")).is_ok());
    assert!(verify_file(&model("hostile/files.ts")).is_err());
    assert_eq!(inspect(&model("hostile/files.ts")).faults.len(), 1);
}
