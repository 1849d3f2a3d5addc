//! What libtorch adds to what a file says.
#![cfg(feature = "torch")]

mod archive_files;
mod torch_stand;

use std::path::Path;

use nn_core::{info::Description, model::ModelSource};
use torch_stand::source;

fn inspected(path: &Path) -> Description {
    source().inspect(&path.into())
}

#[test]
fn libtorch_has_every_operator_of_every_model() {
    for path in archive_files::models() {
        let description = inspected(&path);
        assert_eq!(description.problems, Vec::<String>::new(), "{}", path.display());
        let (version, lacking) = description.operators.and_then(|o| o.checked).expect("libtorch was asked");
        assert!(version.starts_with("2."), "{version}");
        assert_eq!(lacking, Vec::<String>::new(), "{}", path.display());
    }
}

#[test]
fn an_operator_that_libtorch_lacks_is_a_problem_and_loading_fails_for_the_same_reason() {
    let bytes = std::fs::read(archive_files::model("identity.ts")).expect("a model");
    let mut entries = archive_files::entries(&bytes);
    let code =
        entries.iter_mut().find(|(name, _)| name.ends_with("behaviours.py") || name.ends_with("plain.py"));
    let (_, code) = code.expect("the model's code");
    let text = String::from_utf8(code.clone()).expect("text");
    let changed = text.replacen("    return x\n", "    return torch.warble(x)\n", 1);
    assert_ne!(changed, text, "{text}");
    *code = changed.into_bytes();
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("warble.ts");
    std::fs::write(&file, archive_files::torch_zip(&entries)).expect("a file can be written");

    let description = inspected(&file);
    assert_eq!(description.problems.len(), 1, "{:?}", description.problems);
    let problem = &description.problems[0];
    assert!(problem.starts_with("it calls aten::warble, which libtorch 2."), "{problem}");
    assert_eq!(description.spec.methods.len(), 1);
    let error = source().load(&(&file).into()).err().expect("no such operator").to_string();
    assert!(error.contains("aten::warble"), "{error}");
}
