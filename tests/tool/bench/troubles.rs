//! What cannot be measured, and what does not keep its time.

use super::Folder;

#[test]
fn a_model_that_raises_answers_nan_or_hangs_is_a_line_and_not_fit() {
    let folder = Folder::new();
    for (model, line, verdict) in [
        ("throws.ts", "512  FAULTY     forward raised: this model always fails", "not fit: it raises"),
        ("nan.ts", "512  NOT FINITE in ", "not fit: it answers NaN"),
        ("hostile/hangs.ts", "512  HANGS", "not fit: it hangs"),
    ] {
        let model = crate::support::root().join("models").join(model);
        let words = format!("{} --buffers 512 --seconds 0.3 --boxes 1 --patience 1", model.display());
        let ended = folder.bench(&words);
        assert_eq!(ended.code, Some(1), "{ended:?}");
        assert!(ended.text.lines().any(|found| found.starts_with(line)), "{model:?}: {ended:?}");
        assert!(
            ended.text.lines().last().is_some_and(|last| last.starts_with(verdict)),
            "{model:?}: {ended:?}"
        );
    }
}

#[test]
fn a_model_that_ends_its_process_ends_no_more_than_that() {
    let folder = Folder::new();
    let model = crate::support::hostile("deadly");
    let mut command =
        folder.command(&format!("bench {} --buffers 512 --seconds 0.3 --boxes 1", model.display()));
    let (code, text, errors) = crate::user::said(command.env("NN_ALLOW_ALL_OPERATORS", "1"));
    assert_eq!(code, Some(1), "{text}{errors}");
    assert!(text.contains("512  DEADLY     ") && text.contains("\nnot fit: it ends the process"), "{text}");
}

#[test]
fn one_that_takes_longer_than_its_buffers_last_is_too_slow_in_the_words_of_check() {
    let folder = Folder::new();
    // Of the 1.45 ms of a buffer it takes several times as much, of a processor.
    let ended = folder.bench("slow.ts --set work=300 --buffers 64 --seconds 0.5 --boxes 1");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    let last = ended.text.lines().last().unwrap_or_default();
    assert!(
        last.starts_with("not fit: it takes longer than its blocks last; try a larger buffer"),
        "{ended:?}"
    );
}

#[test]
fn what_is_not_there_and_what_makes_no_sense_is_said_before_anything_is_measured() {
    let folder = Folder::new();
    std::fs::write(folder.at("broken.json"), "{\"version\": 1").expect("written");
    for (words, code, said) in [
        ("nowhere.ts", 4, "nowhere.ts: no such model"),
        ("gain.ts:sing", 1, "no method 'sing': it has forward, inverse"),
        ("gain.ts --set volume=1", 2, "no attribute 'volume': there are gain,"),
        ("gain.ts --set gain", 2, "--set NAME=VALUE"),
        ("gain.ts --against none.json", 4, "none.json: no such file"),
        ("gain.ts --against broken.json", 1, "broken.json: not what nn bench --out or --json writes"),
        ("gain.ts --optimise 2", 2, "--optimise"),
        ("gain.ts --seconds 0", 2, "from 0.1 to 86400 seconds"),
        ("gain.ts --patience 18446744073709551615", 2, "--patience"),
        ("", 2, "MODEL[:METHOD]"),
    ] {
        let ended = folder.bench(words);
        assert_eq!(ended.code, Some(code), "{words}: {ended:?}");
        assert!(ended.errors.contains(said) && ended.text.is_empty(), "{words}: {ended:?}");
    }
}

#[test]
fn help_teaches() {
    let help = Folder::new().bench("--help");
    assert_eq!(help.code, Some(0));
    for words in [
        "nn bench voice.ts --optimise 0,1",
        "nearest rank",
        "least deadline",
        "Exit codes: 0 ",
        "130 interrupted",
    ] {
        assert!(help.text.contains(words), "{words}: {}", help.text);
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_it_and_leaves_no_file_and_no_process() {
    let folder = Folder::new();
    let mut command = folder.command("bench gain.ts --seconds 600 --out out");
    let child = command.stdout(std::process::Stdio::null()).stderr(std::process::Stdio::piped()).spawn();
    let child = child.expect("it starts");
    let id = child.id();
    let children = || {
        let path = format!("/proc/{id}/task/{id}/children");
        std::fs::read_to_string(path)
            .unwrap_or_default()
            .split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let until = |what: &str, satisfied: &dyn Fn() -> bool| {
        let begin = std::time::Instant::now();
        while !satisfied() {
            assert!(begin.elapsed().as_secs() < 60, "{what}");
            std::thread::sleep(std::time::Duration::from_millis(10));
        }
    };
    if cfg!(target_os = "linux") {
        until("it measures", &|| !children().is_empty());
    }
    let measuring = children();
    let interrupted = std::process::Command::new("kill").args(["-INT", &id.to_string()]).status();
    assert!(interrupted.expect("kill runs").success());
    let output = child.wait_with_output().expect("it ends");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(130), "{errors}");
    assert!(errors.contains("interrupted: no unfinished file is left"), "{errors}");
    assert_eq!(folder.files_in("out"), Vec::<String>::new());
    for process in measuring {
        let stat = format!("/proc/{process}/stat");
        // What has ended and is not yet taken note of by the system's first process counts as gone.
        let gone = || std::fs::read_to_string(&stat).map_or(true, |line| line.contains(") Z "));
        until("the process that measures ends too", &gone);
    }
}
