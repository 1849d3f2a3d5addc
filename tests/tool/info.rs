//! `nn info`: what it says of files of Neutone, and the sounds inside them that it saves.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use crate::{
    archive_files::{Module, torch_zip},
    user::said,
};

/// A file of Neutone with this metadata.
fn file(folder: &Path, metadata: &str) -> PathBuf {
    let methods = ["set_daw_sample_rate_and_buffer_size", "forward_bt", "forward"];
    let module = methods.iter().fold(Module::new(), |module, name| module.method(name, "return 1"));
    let mut entries = module.entries();
    entries.push(("model/extra/metadata.json".into(), metadata.as_bytes().to_vec()));
    let file = folder.join("warm.nm");
    std::fs::write(&file, torch_zip(&entries)).expect("a file can be written");
    file
}

/// What `nn info` says in a folder.
fn info(folder: &Path, words: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_nn"));
    said(command.current_dir(folder).arg("info").args(words))
}

/// Two pairs; the files are some bytes each, which begin as MP3 files do.
const SOUNDS: &str = r#"{"sample_sound_files": [{"in": "SUQzBAAAAAA=", "out": "//uQAAAAAAA="},
    {"in": "SUQzBAAAAAE=", "out": "//uQAAAAAAE="}]}"#;

#[test]
fn sounds_inside_a_file_are_saved_and_replace_nothing_unasked() {
    let folder = tempfile::tempdir().expect("a folder");
    file(folder.path(), SOUNDS);
    let words = ["warm.nm", "--samples", "demo"];
    let (code, text, errors) = info(folder.path(), &words);
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    let names = ["warm-1-in.mp3", "warm-1-out.mp3", "warm-2-in.mp3", "warm-2-out.mp3"];
    let paths: Vec<_> = names.iter().map(|name| Path::new("demo").join(name)).collect();
    assert_eq!(text.lines().map(PathBuf::from).collect::<Vec<_>>(), paths);
    let read = |name: &str| std::fs::read(folder.path().join("demo").join(name)).expect("a sound");
    assert_eq!(read(names[0]), b"ID3\x04\0\0\0\0");
    assert_eq!(read(names[3]), b"\xFF\xFB\x90\0\0\0\0\x01");

    std::fs::remove_file(folder.path().join("demo").join(names[0])).expect("removed");
    std::fs::write(folder.path().join("demo").join(names[3]), "mine").expect("written");
    let (code, text, errors) = info(folder.path(), &words);
    assert_eq!((code, text.as_str()), (Some(5), ""));
    assert!(errors.contains("it exists: --force replaces it"), "{errors}");
    assert!(!folder.path().join("demo").join(names[0]).exists(), "all or none");
    assert_eq!(read(names[3]), b"mine");
    let forced = [&words[..], &["--force"]].concat();
    assert_eq!(info(folder.path(), &forced).0, Some(0));
    assert_eq!(read(names[3]), b"\xFF\xFB\x90\0\0\0\0\x01");
}

#[test]
fn sounds_that_are_none_are_not_saved() {
    let folder = tempfile::tempdir().expect("a folder");
    for (metadata, words) in [
        ("{}", "it holds no sounds"),
        (r#"{"sample_sound_files": [{"in": "TVqQAAMAAAA=", "out": ""}]}"#, "one of its sounds is no MP3"),
        ("no JSON", "its sounds are no pairs of texts"),
    ] {
        file(folder.path(), metadata);
        let (code, text, errors) = info(folder.path(), &["warm.nm", "--samples", "demo"]);
        assert_eq!((code, text.as_str(), errors.lines().count()), (Some(1), "", 1), "{errors}");
        assert!(errors.contains(words), "{errors}");
        assert!(!folder.path().join("demo").exists());
    }
    let (code, _, errors) = info(folder.path(), &["gone.nm", "--samples", "demo"]);
    assert_eq!(code, Some(4), "{errors}");
    let (code, _, errors) = info(folder.path(), &["warm.nm", "--force"]);
    assert_eq!(code, Some(2), "{errors}");
}

#[test]
fn texts_of_a_file_are_written_out_where_they_cannot_be_seen() {
    let folder = tempfile::tempdir().expect("a folder");
    file(
        folder.path(),
        r#"{"model_name": "a\u202eb\u001b[31m", "tags": ["x\ny"], "neutone_parameters": {}}"#,
    );
    for form in ["--yaml", "--json"] {
        let (code, text, errors) = info(folder.path(), &["warm.nm", form]);
        assert!(code.is_some_and(|code| code <= 1), "{errors}");
        assert!(text.contains("a[U+202E]b[U+001B][31m") && text.contains("x y"), "{text}");
    }
}

#[test]
fn classes_of_supercollider_get_a_list_with_the_whole_path_and_the_same_errors() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::copy(crate::support::model("latent"), folder.path().join("latent.ts")).expect("copied");
    let (code, text, errors) = info(folder.path(), &["latent.ts", "--supercollider"]);
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    // The folder may be known by another path, too.
    let path = folder.path().canonicalize().expect("a path").join("latent.ts");
    assert!(text.starts_with(&format!("- idx: 0\n  modelPath: \"{}\"\n", path.display())), "{text}");
    for line in ["  minBufferSize: 512", "    - name: \"decode\"", "      inRatio: 512", "  problem: \"\""] {
        assert!(text.lines().any(|one| one == line), "{line}: {text}");
    }

    std::fs::write(folder.path().join("page.ts"), "<html>").expect("written");
    let (code, text, errors) = info(folder.path(), &["page.ts", "--supercollider"]);
    assert!(code == Some(1) && errors.starts_with("nn: page.ts: "), "{errors}");
    assert!(
        text.contains("  methods: []\n")
            && text.contains("\n  problem: \"this is not a TorchScript file but a web page"),
        "{text}"
    );
    let (code, text, _) = info(folder.path(), &["gone.ts", "--supercollider"]);
    assert_eq!((code, text.as_str()), (Some(4), ""));
    let (code, _, errors) = info(folder.path(), &["latent.ts", "--supercollider", "--json"]);
    assert_eq!(code, Some(2), "{errors}");
}
