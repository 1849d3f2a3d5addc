//! What is printed: outputs that fail, and names that hide something.

use crate::user::{User, gain, said};
use model_server::{File, ModelServer, Route};
use std::{
    path::Path,
    process::{Command, Stdio},
};

#[test]
fn what_could_not_be_written_is_no_success() {
    let server = ModelServer::http();
    let user = User::of(&server, File::new(gain()));
    let model = crate::support::model("gain").display().to_string();
    for words in [
        "models list".to_owned(),
        "models list --json".into(),
        "models download voice".into(),
        "models delete voice".into(),
        format!("info {model}"),
        format!("info --json {model}"),
        "--help".into(),
        "--version".into(),
        "models list --help".into(),
        "completions bash".into(),
    ] {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full").expect("a full disk");
        let output = user.nn(&words).stdout(full).stderr(Stdio::piped()).output().expect("it starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{words}: {said}");
        assert!(said.contains("nn: the output cannot be written: "), "{words}: {said}");
        if words.contains("download") {
            assert_eq!(std::fs::read(user.voice()).expect("it came all the same"), gain());
        }
    }
    assert_eq!(said(&mut user.nn("--help")).0, Some(0));
    assert_eq!(said(&mut user.nn("models fly")).0, Some(2));
}

#[test]
fn shells_complete_commands_and_options() {
    let user = User::of(&ModelServer::http(), File::new(gain()));
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, text, _) = said(&mut user.nn(&format!("completions {shell}")));
        assert_eq!(code, Some(0), "{text}");
        for word in ["render", "check", "doctor", "json", "buffer"] {
            assert!(text.contains(word), "{shell} does not complete {word}");
        }
    }
    // As bash asks when its user presses the key after `nn che`; its own words, since the function's name is its own.
    let asked = "source <(\"$1\" completions bash); COMP_WORDS=(nn che); COMP_CWORD=1; \
                 $(complete -p nn | sed 's/.*-F \\([^ ]*\\).*/\\1/') nn che nn; echo \"${COMPREPLY[*]}\"";
    let mut bash = Command::new("bash");
    bash.args(["-c", asked, "bash", env!("CARGO_BIN_EXE_nn")]);
    if cfg!(target_os = "linux") {
        assert_eq!(said(&mut bash).1.trim(), "check");
    }
}

/// Rust's own runtime would put `/dev/null` there, into which everything can be written.
#[cfg(unix)]
#[test]
fn a_closed_output_is_no_success_and_one_that_nobody_wants_is() {
    let server = ModelServer::http();
    let user = User::of(&server, File::new(gain()));
    let model = crate::support::model("gain").display().to_string();
    let ends = |words: &str, outputs: &str| {
        let mut command = Command::new("sh");
        user.equip(&mut command);
        let script = format!("exec \"$0\" {words} {outputs}");
        let (code, _, errors) = said(command.args(["-c", &script, env!("CARGO_BIN_EXE_nn")]));
        (code, errors)
    };
    for words in [
        "models list",
        "models list --json",
        "models download voice",
        "models delete voice",
        &format!("info {model}"),
        &format!("info --json {model}"),
        "--help",
        "--version",
    ] {
        let (code, errors) = ends(words, ">&-");
        assert_eq!(
            (code, errors.as_str()),
            (Some(1), "nn: the output cannot be written: it is closed\n"),
            "{words}"
        );
        assert_eq!(ends(words, ">&- 2>&- <&-").0.filter(|code| *code == 0), None, "{words}");
        if words != "models delete voice" {
            // Opened as shells do, and as other programs do.
            for unwanted in [">/dev/null", "1<>/dev/null", "<&-"] {
                assert_eq!(ends(words, unwanted), (Some(0), String::new()), "{words} {unwanted}");
            }
        }
    }
    assert_eq!(ends("info /no/such/file", "2>&-").0, Some(4), "the first reason counts");
    server.put("/models/", Route::Status(500));
    assert_eq!(ends("models list", "2>&-").0, Some(1), "that the listing is old was not said");
}

#[test]
fn no_name_hides_anything_from_who_reads_the_output() {
    let shop = tempfile::tempdir().expect("a folder");
    std::fs::write(shop.path().join("evil\u{202e}st.ts"), gain()).expect("written");
    let user = User::new(&[format!("{{name: shop, kind: folder, path: '{}'}}", shop.path().display())]);
    let hidden = |text: &str| text.contains(['\u{202e}', '\u{200b}']);
    let (_, text, _) = said(&mut user.nn("models list"));
    assert!(text.starts_with("shop/evil[U+202E]st ") && !hidden(&text), "{text}");
    let (code, path, _) = said(&mut user.nn("models download shop/evil[U+202E]st"));
    assert_eq!(code, Some(0));
    assert!(!hidden(&path) && Path::new(path.trim_end()).is_file(), "{path}");
    // A file of the user's own, with whatever name: a document keeps it, in letters that are seen.
    let own = shop.path().join("evil\u{202e}st.ts");
    for format in ["--json", "--yaml", "--supercollider"] {
        let (code, text, errors) = said(user.nn("info").arg(format).arg(&own));
        assert_eq!((code, errors.as_str()), (Some(0), ""), "{format}");
        assert!(!hidden(&text) && text.to_lowercase().contains("evil\\u202est.ts"), "{text}");
        if format == "--json" {
            let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
            assert_eq!(json["path"], own.display().to_string());
        }
    }
    let broken = shop.path().join("no\u{200b}model\u{202e}.ts");
    std::fs::write(&broken, "nothing").expect("written");
    for command in ["info", "check"] {
        let (_, text, errors) = said(user.nn(command).arg(&broken));
        assert!(!hidden(&text) && !hidden(&errors), "{command}: {text}{errors}");
        assert!(errors.contains("no[U+200B]model[U+202E].ts"), "{command}: {errors}");
    }
    // Names of files among words that are not understood.
    for words in ["info one.ts", "info --json --yaml", "check one.ts --buffer", "models list", ""] {
        let (code, _, errors) = said(user.nn(words).arg(&broken));
        assert!(code == Some(2) && !hidden(&errors), "{words}: {errors}");
    }
}
