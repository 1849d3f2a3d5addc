//! `nn models` as people type it: what it prints, how it ends, and what is left when it is killed.

mod support;

use std::{
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    time::{Duration, Instant},
};

use model_server::{File, ModelServer, Route};
use support::dice::Dice;
use tempfile::TempDir;

/// Folders of a user who has only these sources.
struct User {
    folder: TempDir,
}

impl User {
    fn new(sources: &[String]) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let list: String = sources.iter().map(|source| format!("  - {source}\n")).collect();
        let text = format!("built_in: false\nlimits: {{tries: 3, back_off_ms: 20}}\nsources:\n{list}");
        std::fs::write(folder.path().join("sources.yaml"), text).expect("written");
        Self { folder }
    }

    /// With one page of links on a server, to `voice.ts`.
    fn of(server: &ModelServer, voice: impl Into<Route>) -> Self {
        server.put("/models/", Route::html("<a href='voice.ts'>"));
        server.put("/models/voice.ts", voice);
        Self::new(&[format!("{{name: page, kind: index, url: '{}'}}", server.url("/models/"))])
    }

    fn models(&self) -> PathBuf {
        self.folder.path().join("models")
    }

    fn voice(&self) -> PathBuf {
        self.models().join("voice.ts")
    }

    /// The tool, for this user.
    fn nn(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_nn"));
        self.equip(&mut command);
        command.args(words.split_whitespace());
        command
    }

    fn equip(&self, command: &mut Command) {
        for (name, file) in
            [("NN_SOURCES", "sources.yaml"), ("NN_MODELS", "models"), ("XDG_CACHE_HOME", "cache")]
        {
            command.env(name, self.folder.path().join(file));
        }
        for proxy in ["HTTP_PROXY", "http_proxy", "HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"] {
            command.env_remove(proxy);
        }
        command.stdin(Stdio::null());
    }

    /// Everything in the models folder but the record.
    fn files(&self) -> Vec<String> {
        let hidden = self.models().join(".nn-catalog");
        let all = [self.models(), hidden].into_iter().flat_map(|folder| {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect::<Vec<_>>()
        });
        let mut all: Vec<_> = all.filter(|name| name != ".nn-catalog" && name != "record.json").collect();
        all.sort();
        all
    }
}

fn gain() -> Vec<u8> {
    std::fs::read(support::model("gain")).expect("a model")
}

fn codec() -> Vec<u8> {
    std::fs::read(support::model("codec")).expect("a model")
}

/// Exit code, standard output, standard error.
fn said(command: &mut Command) -> (Option<i32>, String, String) {
    let Output { status, stdout, stderr } = command.output().expect("it starts");
    (status.code(), String::from_utf8_lossy(&stdout).into(), String::from_utf8_lossy(&stderr).into())
}

#[test]
fn models_are_listed_for_people_and_for_programs() {
    let (server, shop) = (ModelServer::http(), tempfile::tempdir().expect("a folder"));
    std::fs::write(shop.path().join("bell.ts"), gain()).expect("written");
    server.put("/models/", Route::html("<a href='voice.ts'>"));
    let user = User::new(&[
        format!("{{name: page, kind: index, url: '{}'}}", server.url("/models/")),
        format!("{{name: shop, kind: folder, path: '{}'}}", shop.path().display()),
    ]);
    let listed = said(&mut user.nn("models list"));
    assert_eq!(listed, (Some(0), "page/voice          ?\nshop/bell     11.8 kB\n".into(), String::new()));
    drop(server);
    let (code, text, errors) = said(&mut user.nn("models list --json"));
    assert_eq!(code, Some(0));
    assert!(errors.contains("its 1 models are from") && errors.lines().count() == 1, "{errors}");
    let json: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(json["models"][1]["card"], "shop/bell");
    assert_eq!(json["models"][1]["bytes"], 11_812);
    assert!(json["sources"][0]["age_s"].is_u64() && json["sources"][0]["error"].is_string());
    assert_eq!(said(&mut user.nn("models list --source shop")).1, "shop/bell    11.8 kB\n");
    assert_eq!(said(&mut user.nn("models list --source none")).0, Some(4));
}

#[test]
fn a_model_is_brought_and_deleted_and_exit_codes_tell_why_not() {
    let server = ModelServer::http();
    let user = User::of(&server, File::new(gain()));
    let path = format!("{}\n", user.voice().display());
    assert_eq!(said(&mut user.nn("models download voice")), (Some(0), path.clone(), String::new()));
    assert_eq!(said(&mut user.nn("models download page/voice")), (Some(0), path, String::new()));
    std::fs::write(user.models().join("mine.ts"), b"mine").expect("written");
    for (words, code, line) in [
        ("models download none", 4, "no model 'none' in the catalogue"),
        ("models download voice --name ../x", 1, "cannot be a model's name"),
        ("models download voice --name mine", 5, "mine.ts exists already"),
        ("models delete mine", 5, "was not brought by the catalogue"),
        ("models delete none", 4, "no none.ts among the models"),
        ("models download", 2, "Usage"),
        ("fly", 2, "Usage"),
        ("info /no/such/file", 4, "no such file"),
        ("check /no/such/file", 4, "no such file"),
        ("info .", 4, ".: it is not a file"),
        ("check .", 4, ".: it is not a file"),
    ] {
        let (found, _, errors) = said(&mut user.nn(words));
        assert_eq!(found, Some(code), "{words}: {errors}");
        assert!(errors.contains(line), "{words}: {errors}");
    }
    assert_eq!(said(&mut user.nn("models remove voice")), (Some(0), "voice.ts\n".into(), String::new()));
    assert_eq!(user.files(), ["mine.ts"]);
    server.put("/models/voice.ts", Route::Status(500));
    assert_eq!(said(&mut user.nn("models download voice")).0, Some(3));
}

#[test]
fn a_model_that_a_source_may_have_that_is_down_may_be_there_later() {
    let server = ModelServer::http();
    let with = |other: &str| {
        let user = User::of(&server, File::new(gain()));
        let page = format!("{{name: page, kind: index, url: '{}'}}", server.url("/models/"));
        let other = format!("{{name: other, kind: index, url: '{other}'}}");
        let list = format!("built_in: false\nlimits: {{tries: 1}}\nsources:\n  - {page}\n  - {other}\n");
        std::fs::write(user.folder.path().join("sources.yaml"), list).expect("written");
        said(&mut user.nn("models download unknown")).0
    };
    assert_eq!(with("http://127.0.0.1:1/"), Some(3));
    assert_eq!(with(&server.url("/models/")), Some(4));
}

#[test]
fn help_shows_what_to_begin_with_and_what_exit_codes_mean() {
    let user = User::new(&[]);
    for (words, line) in [
        ("--help", "nn models download voice"),
        ("--help", "3  the network or a server failed"),
        ("models download --help", "NN_MODELS"),
        ("check --help", "A model is not fit if it raises"),
    ] {
        let (code, text, _) = said(&mut user.nn(words));
        assert!(code == Some(0) && text.contains(line), "{words}: {text}");
    }
}

#[test]
fn proxies_of_the_environment_are_used() {
    let proxy = ModelServer::http();
    proxy.put("http://models.invalid/models/", Route::html("<a href='voice.ts'>"));
    proxy.put("http://models.invalid/models/voice.ts", File::new(gain()));
    let user = User::new(&["{name: page, kind: index, url: 'http://models.invalid/models/'}".into()]);
    assert_eq!(said(&mut user.nn("models download voice")).0, Some(3), "without it there is no such server");
    let (code, _, errors) = said(user.nn("models download voice").env("HTTP_PROXY", proxy.url("")));
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    assert_eq!(std::fs::read(user.voice()).expect("a file"), gain());
    // By its name too, wherever that is: here on this very machine, where no redirect would be followed to.
    let by_name = proxy.url("").replace("127.0.0.1", "localhost");
    let (code, _, errors) = said(user.nn("models download voice --force").env("HTTP_PROXY", by_name));
    assert_eq!((code, errors.as_str()), (Some(0), ""));
}

/// Only Linux has folders whose names are no texts.
#[cfg(target_os = "linux")]
#[test]
fn the_path_that_is_printed_is_that_of_the_file_whatever_its_bytes() {
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    let server = ModelServer::http();
    let user = User::of(&server, File::new(gain()));
    let folder = user.models().into_os_string().into_vec();
    let folder = std::ffi::OsString::from_vec([&folder[..], b"\xff"].concat());
    let output = user.nn("models download voice").env("NN_MODELS", &folder).output().expect("it starts");
    let path = output.stdout.strip_suffix(b"\n").expect("a line");
    assert_eq!(std::fs::read(std::ffi::OsStr::from_bytes(path)).expect("a file"), gain());
}

/// The variable is how Linux is told of other certificates.
#[cfg(target_os = "linux")]
#[test]
fn certificates_of_the_system_are_trusted_and_no_others() {
    let authority = model_server::Authority::new();
    let server = ModelServer::https(&authority);
    let user = User::of(&server, File::new(gain()));
    let pem = user.folder.path().join("system.pem");
    std::fs::write(&pem, authority.pem()).expect("written");
    let (code, _, errors) = said(&mut user.nn("models download voice"));
    assert!(code == Some(3) && errors.contains("certificate"), "{errors}");
    assert_eq!(said(user.nn("models download voice").env("SSL_CERT_FILE", &pem)).0, Some(0));
}

/// Runs the tool with files that may not grow beyond 100 kB: a limit that every user may set, and that looks like a
/// full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_is_one_line_and_leaves_nothing() {
    let server = ModelServer::http();
    let user = User::of(&server, File::new(codec()));
    let mut command = Command::new("sh");
    user.equip(&mut command);
    let script = "trap '' XFSZ; ulimit -f 200; exec \"$0\" models download voice";
    let (code, _, errors) = said(command.args(["-c", script, env!("CARGO_BIN_EXE_nn")]));
    assert_eq!(code, Some(1), "{errors}");
    assert!(errors.contains("no room on the disk") && errors.lines().count() == 1, "{errors}");
    assert_eq!(user.files(), [""; 0]);
}

/// A file system of one megabyte, where users may make one.
#[cfg(target_os = "linux")]
#[test]
fn a_disk_that_is_really_full_is_one_line_and_leaves_nothing() {
    let server = ModelServer::http();
    let user = User::of(&server, File::new(codec()));
    std::fs::create_dir(user.models()).expect("a folder");
    let mut command = Command::new("unshare");
    user.equip(&mut command);
    let script = "mount -t tmpfs -o size=1m none \"$NN_MODELS\" || exit 77; \"$0\" models download voice; code=$?; \
                  find \"$NN_MODELS\" -type f; exit $code";
    let words = ["--user", "--map-root-user", "--mount", "sh", "-c", script, env!("CARGO_BIN_EXE_nn")];
    let (code, left, errors) = said(command.args(words));
    if code == Some(77) || errors.contains("unshare") {
        // This system lets nobody but its administrator do that; the test above does without.
        return;
    }
    assert_eq!((code, left.as_str()), (Some(1), ""), "{errors}");
    assert!(errors.contains("no room on the disk") && errors.lines().count() == 1, "{errors}");
}

/// Who may do everything becomes somebody who may not.
#[cfg(unix)]
#[test]
fn a_folder_that_may_not_be_written_is_one_line() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    let server = ModelServer::http();
    let user = User::of(&server, File::new(gain()));
    std::fs::create_dir(user.models()).expect("a folder");
    let allow = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("allowed");
    };
    allow(user.folder.path(), 0o755);
    allow(&user.models(), 0o555);
    let mut command = user.nn("models download voice");
    // An administrator may write there too.
    if std::fs::write(user.models().join("trial"), b"").is_ok() {
        std::fs::remove_file(user.models().join("trial")).expect("removed");
        command.uid(65_534).gid(65_534);
    }
    let Ok(output) = command.output() else { return };
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains("may not be written") && errors.lines().count() == 1, "{errors}");
    allow(&user.models(), 0o755);
    assert_eq!(user.files(), [""; 0]);
}

/// What is only read is not said to be unwritable.
#[cfg(unix)]
#[test]
fn a_folder_of_models_that_may_not_be_read_is_one_line_that_says_so() {
    use std::os::unix::{fs::PermissionsExt, process::CommandExt};
    let shop = tempfile::tempdir().expect("a folder");
    let at = |name: &str| shop.path().join(name);
    std::fs::create_dir(at("closed")).expect("a folder");
    std::fs::write(at("file.ts"), gain()).expect("written");
    let source =
        |name: &str, path: &Path| format!("{{name: {name}, kind: folder, path: '{}'}}", path.display());
    let user = User::new(&[source("closed", &at("closed")), source("shop", shop.path())]);
    let allow = |path: &Path, mode| {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("allowed");
    };
    std::fs::create_dir(user.models()).expect("a folder");
    for (path, mode) in [
        (user.folder.path().to_owned(), 0o755),
        (user.models(), 0o777),
        (shop.path().to_owned(), 0o755),
        (at("closed"), 0),
        (at("file.ts"), 0),
    ] {
        allow(&path, mode);
    }
    for words in ["models list", "models download shop/file"] {
        let mut command = user.nn(words);
        if std::fs::read(at("file.ts")).is_ok() {
            command.uid(65_534).gid(65_534);
        }
        let Ok(output) = command.output() else { return };
        let errors = String::from_utf8_lossy(&output.stderr);
        assert!(errors.contains("may not be read") && errors.lines().count() == 1, "{words}: {errors}");
    }
    allow(&at("closed"), 0o755);
    allow(&user.models(), 0o755);
}

#[test]
fn several_processes_that_want_the_same_download_it_once_and_one_takes_over_from_another_that_dies() {
    let server = ModelServer::http();
    let user = User::of(&server, File::new(codec()).paced(1 << 15, Duration::from_millis(15)));
    said(&mut user.nn("models list"));
    let start = || {
        let mut command = user.nn("models download voice");
        command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it starts")
    };
    let mut first = start();
    while server.count("/models/voice.ts") == 0 {
        std::thread::sleep(Duration::from_millis(2));
    }
    let others: Vec<_> = (0..4).map(|_| start()).collect();
    // Half of it has come, and the others wait.
    std::thread::sleep(Duration::from_millis(400));
    first.kill().expect("killed");
    first.wait().expect("gone");
    for other in others {
        let output = other.wait_with_output().expect("it ends");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert!(std::fs::read(user.voice()).expect("a file") == codec());
    let asked: Vec<_> = server.seen().into_iter().filter(|seen| seen.target == "/models/voice.ts").collect();
    let ranges: Vec<_> = asked.iter().map(|seen| seen.header("range").is_some()).collect();
    assert_eq!(ranges, [false, true], "one began, and one went on");
    assert_eq!(user.files(), ["voice.ts"]);
}

#[test]
fn a_tool_that_is_killed_at_any_moment_leaves_no_wrong_file_and_goes_on_the_next_time() {
    const KILLS: usize = 100;
    let server = ModelServer::http();
    let user = User::of(&server, File::new(codec()).paced(1 << 15, Duration::from_millis(4)));
    let content = codec();
    said(&mut user.nn("models list"));
    // How long it takes when nobody kills it.
    let begin = Instant::now();
    assert_eq!(said(&mut user.nn("models download voice")).0, Some(0));
    let usual = begin.elapsed();
    assert_eq!(said(&mut user.nn("models delete voice")).0, Some(0));
    let (mut dice, mut finished, mut interrupted) = (Dice::new(7), 0, 0);
    for kill in 0..KILLS {
        let mut tool = user
            .nn("models download voice")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("it starts");
        std::thread::sleep(usual.mul_f64(1.1 * dice.below(1_000) as f64 / 1_000.0));
        tool.kill().expect("killed");
        tool.wait().expect("gone");
        if user.files().iter().any(|name| name.ends_with(".part")) {
            interrupted += 1;
        }
        match std::fs::read(user.voice()) {
            Ok(found) => {
                assert!(found == content, "after kill {kill}: {} bytes", found.len());
                let (code, _, errors) = said(&mut user.nn("models delete voice"));
                assert_eq!(code, Some(0), "after kill {kill}: {errors}");
                finished += 1;
            }
            Err(error) => assert_eq!(error.kind(), std::io::ErrorKind::NotFound),
        }
    }
    let (code, _, errors) = said(&mut user.nn("models download voice"));
    assert_eq!((code, errors.as_str()), (Some(0), ""));
    assert!(std::fs::read(user.voice()).expect("a file") == content);
    assert_eq!(user.files(), ["voice.ts"]);
    let went_on = server.seen().iter().filter(|seen| seen.header("range").is_some()).count();
    assert!(interrupted >= 20 && went_on >= 10 && finished >= 1, "{interrupted} {went_on} {finished}");
}

#[test]
fn what_could_not_be_written_is_no_success() {
    let server = ModelServer::http();
    let user = User::of(&server, File::new(gain()));
    let model = support::model("gain").display().to_string();
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

/// Rust's own runtime would put `/dev/null` there, into which everything can be written.
#[cfg(unix)]
#[test]
fn a_closed_output_is_no_success_and_one_that_nobody_wants_is() {
    let server = ModelServer::http();
    let user = User::of(&server, File::new(gain()));
    let model = support::model("gain").display().to_string();
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
    for format in ["--json", "--yaml"] {
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

#[test]
fn a_source_elsewhere_leads_into_no_network_of_the_user_s() {
    // Taken for a proxy, the server is whatever host is asked for.
    let (world, inside) = (ModelServer::http(), ModelServer::http());
    inside.put("/voice.ts", File::new(gain()));
    let user = User::new(&["{name: page, kind: index, url: 'http://models.example/models/'}".into()]);
    world.put("http://models.example/models/", Route::html("<a href='voice.ts'>"));
    world.put("http://models.example/models/voice.ts", Route::Redirect(inside.url("/voice.ts")));
    let mut command = user.nn("models download voice");
    command.env("http_proxy", world.url(""));
    let (code, _, errors) = said(&mut command);
    assert_eq!(code, Some(1), "{errors}");
    assert!(errors.contains("models.example redirects to http://127.0.0.1:"), "{errors}");
    assert!(errors.contains("on a private network"), "{errors}");
    assert!(inside.seen().is_empty() && user.files().is_empty());
}

#[test]
fn a_pipe_in_the_place_of_the_sources_holds_nobody_up() {
    let user = User::new(&[]);
    let sources = user.folder.path().join("sources.yaml");
    std::fs::remove_file(&sources).expect("there");
    assert!(Command::new("mkfifo").arg(&sources).status().expect("mkfifo").success());
    let begin = Instant::now();
    // No network: the built-in sources that remain cannot be reached.
    let mut command = user.nn("models list --source none");
    let (code, _, errors) = said(&mut command);
    assert!(errors.contains("sources.yaml: it is not a file"), "{errors}");
    assert_eq!(code, Some(4));
    assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
}
