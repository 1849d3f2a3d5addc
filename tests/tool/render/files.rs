//! Files and folders: what is read, what is written where, and what is left alone.

use super::{Folder, noise};

#[test]
fn a_folder_becomes_a_folder_with_the_same_names() {
    let folder = Folder::new();
    std::fs::create_dir_all(folder.at("takes/late")).expect("folders");
    folder.write("takes/one.wav", &[noise(1, 3_000)]);
    folder.write("takes/late/two.wav", &[noise(2, 3_000)]);
    std::fs::write(folder.at("takes/words.txt"), "words").expect("written");
    std::fs::write(folder.at("takes/._one.wav"), "what macOS leaves").expect("written");
    let text = folder.rendered("identity.ts takes -o done --format flac");
    assert!(text.ends_with("rendered: 2 of 2\n"), "{text}");
    let done: Vec<_> = folder.files().into_iter().filter(|name| name.starts_with("done")).collect();
    assert_eq!(done, ["done/late/two.flac", "done/one.flac"]);
    let ended = folder.render("identity.ts takes/one.wav takes/one.wav -o twice");
    assert!(ended.code == Some(2) && ended.errors.contains("two files would become"), "{}", ended.errors);
    // A box of its own for each: the second file hears nothing of the first.
    folder.rendered("delay.ts takes/one.wav takes/late/two.wav -o more --tail 0");
    assert!(folder.read("more/two.wav") == [noise(2, 3_000)]);
}

#[test]
fn a_broken_file_among_others_is_one_line_and_the_others_are_rendered() {
    let folder = Folder::new();
    folder.write("a.wav", &[noise(1, 1_000)]);
    std::fs::write(folder.at("b.wav"), "broken").expect("written");
    folder.write("c.wav", &[noise(2, 1_000)]);
    let ended = folder.render("identity.ts a.wav b.wav c.wav -o out/");
    assert_eq!((ended.code, ended.errors.lines().count()), (Some(1), 1), "{}", ended.errors);
    assert!(ended.text.contains("rendered: 2 of 3"), "{}", ended.text);
    let out: Vec<_> = folder.files().into_iter().filter(|name| name.starts_with("out")).collect();
    assert_eq!(out, ["out/a.wav", "out/c.wav"]);
}

#[test]
fn a_file_that_exists_is_replaced_on_demand_only_and_a_source_never() {
    let folder = Folder::new();
    folder.write("in.wav", &[noise(1, 1_000)]);
    folder.write("out.wav", &[noise(2, 10)]);
    let ended = folder.render("identity.ts in.wav out.wav");
    assert!(ended.code == Some(5) && ended.errors.contains("--force replaces it"), "{}", ended.errors);
    assert!(folder.read("out.wav") == [noise(2, 10)]);
    folder.rendered("identity.ts in.wav out.wav --force --tail 0");
    assert!(folder.read("out.wav") == [noise(1, 1_000)]);
    let ended = folder.render("identity.ts in.wav in.wav --force");
    assert!(ended.code == Some(5) && folder.read("in.wav") == [noise(1, 1_000)], "{}", ended.errors);
}

#[test]
fn words_that_make_no_sense_together_are_told_what_to_add() {
    let folder = Folder::new();
    folder.write("in.wav", &[noise(1, 1_000)]);
    folder.write("other.wav", &[noise(1, 1_000)]);
    for (words, code, line) in [
        ("in.wav out.wav", 2, "no model"),
        ("identity.ts", 2, "no file to write"),
        ("identity.ts out.wav", 2, "no sound to render"),
        ("identity.ts in.wav other.wav -o out.wav", 2, "give a folder"),
        ("identity.ts in.wav -o out.ogg", 2, "no format that can be written"),
        ("identity.ts in.wav out.wav --seconds 3", 2, "--seconds is for models without input"),
        ("generator.ts out.wav", 2, "how long? --seconds"),
        ("generator.ts in.wav out.wav --seconds 3", 2, "takes no input"),
        ("identity.ts in.wav out.wav --whole --buffer 64", 2, "cannot be used with"),
        ("identity.ts in.wav out.wav --latents x.npz", 2, "none of these methods makes latents"),
        ("identity.ts in.wav out.wav --latents x.wav", 2, "ends in .npz"),
        ("identity.ts in.wav out.wav --rate 48000", 2, "--rate is for latents"),
        ("identity.ts nowhere.wav out.wav", 4, "nowhere.wav: no such file"),
        ("nowhere.ts in.wav out.wav", 4, "nowhere.ts: no such model"),
        ("in.txt identity.ts in.wav out.wav", 4, "in.txt: neither a model, nor"),
        ("identity.ts:sideways in.wav out.wav", 1, "no method 'sideways': it has forward"),
        ("identity.ts in.wav out.wav --against nowhere.wav", 4, "nowhere.wav: no such file"),
    ] {
        let ended = folder.render(words);
        assert_eq!(ended.code, Some(code), "{words}: {}{}", ended.text, ended.errors);
        assert!(ended.errors.contains(line), "{words}: {}", ended.errors);
    }
    assert_eq!(folder.files(), ["in.wav", "other.wav"]);
}

#[test]
fn a_model_without_input_plays_as_long_as_it_is_told() {
    let folder = Folder::new();
    folder.rendered("generator.ts --seconds 0.5 -o out.wav --rate 48000");
    let heard = folder.read("out.wav");
    assert_eq!((heard.len(), heard[0].len()), (1, 24_000));
    assert!(heard[0].iter().any(|&sample| sample.abs() > 0.1));
}

/// Files may not grow beyond 100 kB here, which looks like a full disk.
#[cfg(unix)]
#[test]
fn a_full_disk_is_one_line_and_leaves_nothing() {
    let folder = Folder::new();
    folder.write("in.wav", &[noise(1, 40_000)]);
    for out in ["out.wav", "out.flac"] {
        let render = folder.command(&format!("render identity.ts in.wav {out}"));
        let mut shell = std::process::Command::new("sh");
        shell.args(["-c", "trap '' XFSZ; ulimit -f 100; exec \"$0\" \"$@\""]).arg(render.get_program());
        shell.args(render.get_args()).current_dir(folder.at(""));
        shell.envs(render.get_envs().filter_map(|(name, value)| Some((name, value?))));
        let (code, _, errors) = crate::user::said(&mut shell);
        assert_eq!((code, errors.lines().count()), (Some(1), 1), "{errors}");
        assert!(errors.starts_with(&format!("nn: {out}: no room on the disk")), "{errors}");
    }
    assert_eq!(folder.files(), ["in.wav"]);
}

/// As SuperCollider's package has it.
#[test]
fn a_tool_below_its_package_finds_the_models_of_the_package_by_name() {
    let folder = Folder::new();
    for below in ["support", "models"] {
        std::fs::create_dir(folder.at(below)).expect("a folder");
    }
    let tool = folder.at("support").join(format!("nn{}", std::env::consts::EXE_SUFFIX));
    std::fs::copy(env!("CARGO_BIN_EXE_nn"), &tool).expect("a copy");
    std::fs::copy(crate::support::model("gain"), folder.at("models/amplify.ts")).expect("a copy");
    folder.write("in.wav", &[noise(1, 1_000)]);
    let mut command = std::process::Command::new(tool);
    command.current_dir(folder.path()).args(["render", "amplify", "in.wav", "out.wav", "--tail", "0"]);
    command.env("NN_TORCH_BACKEND", crate::support::backend()).env_remove("NN_MODELS");
    let (code, text, errors) = crate::user::said(&mut command);
    assert_eq!((code, errors.as_str()), (Some(0), ""), "{text}");
    assert!(folder.read("out.wav") == folder.read("in.wav"));
}
