//! Every example of docs/MESSAGES.md, carried out in both Pds.

mod support;

use std::{path::Path, time::Duration};

use support::{direct, host::Host, model, patch::Patch, pd, root};

/// When the first message is sent, and how long after one comes the next. The document promises no times: where a busy
/// machine is too slow for one step, the next counts.
const BEGIN_MS: usize = 2500;
const STEPS_MS: [usize; 3] = [300, 1000, 3000];

/// A box, what is sent to it, and what it says.
#[derive(Debug)]
struct Example {
    arguments: String,
    sent: Vec<String>,
    /// Each with the number of messages that were sent before it.
    said: Vec<(usize, String)>,
}

/// All examples of the document.
fn examples() -> Vec<Example> {
    let text = std::fs::read_to_string(root().join("docs/MESSAGES.md")).expect("the document");
    let mut examples = Vec::new();
    for block in text.split("```").skip(1).step_by(2) {
        let mut lines = block.trim().lines();
        let head = lines.next().expect("a box");
        let arguments =
            head.strip_prefix("[nn~").and_then(|rest| rest.strip_suffix(']')).expect("a box").trim();
        let mut example = Example { arguments: arguments.into(), sent: Vec::new(), said: Vec::new() };
        for line in lines {
            match line.split_at(2) {
                ("> ", message) => example.sent.push(message.into()),
                ("< ", answer) => example.said.push((example.sent.len(), answer.into())),
                _ => panic!("neither sent nor said: {line}"),
            }
        }
        examples.push(example);
    }
    examples
}

/// The information outlet is the one after the signals.
fn signal_outlets(arguments: &str) -> usize {
    let words: Vec<_> = arguments.split(' ').filter(|word| *word != "-d").collect();
    match words[..] {
        ["void", _, outlets, ..] => outlets.parse().expect("a number"),
        ["-m", ..] => 1,
        [name, ..] if name.ends_with(".py") => 1,
        [name, ..] => {
            let wanted =
                words.get(1).copied().filter(|word| word.parse::<f32>().is_err()).unwrap_or("forward");
            let methods = direct::describe(&model(name)).methods;
            // A generator has no method.
            methods.iter().find(|method| method.name == wanted).map_or(0, |method| method.out_channels)
        }
        [] => 1,
    }
}

/// Every box with its messages, in a folder with the models.
fn write_patch(folder: &Path, examples: &[Example], step_ms: usize) -> std::path::PathBuf {
    for name in ["gain", "multi", "codec", "counter", "delay", "latent", "keys"] {
        std::fs::copy(model(name), folder.join(name).with_extension("ts")).expect("a copy");
    }
    for name in ["drive.nm", "chord.nm"] {
        std::fs::copy(model(name), folder.join(name)).expect("a copy");
    }
    std::fs::copy(root().join("help/scripts/gain.py"), folder.join("gain.py")).expect("a copy");
    write_shop(folder);
    let mut patch = Patch::new();
    let begin = patch.object("loadbang");
    let audio = patch.message(r"\; pd dsp 1");
    patch.connect(begin, 0, audio, 0);
    let mut last_ms = BEGIN_MS;
    for (number, example) in examples.iter().enumerate() {
        let nn = patch.object(&format!("nn~ {}", example.arguments));
        let print = patch.object(&format!("print e{number}"));
        patch.connect(nn, signal_outlets(&example.arguments), print, 0);
        for (step, message) in example.sent.iter().enumerate() {
            let time_ms = BEGIN_MS + step * step_ms;
            last_ms = last_ms.max(time_ms);
            let delay = patch.object(&format!("del {time_ms}"));
            let both = patch.object("t b b");
            let mark = patch.message(&format!("sent {}", step + 1));
            let message = patch.message(message);
            for (from, outlet, to) in [
                (begin, 0, delay),
                (delay, 0, both),
                (both, 1, mark),
                (mark, 0, print),
                (both, 0, message),
                (message, 0, nn),
            ] {
                patch.connect(from, outlet, to, 0);
            }
        }
    }
    let (end, quit) =
        (patch.object(&format!("del {}", last_ms + step_ms + 1200)), patch.message(r"\; pd quit"));
    patch.connect(begin, 0, end, 0);
    patch.connect(end, 0, quit, 0);
    let file = folder.join("examples.pd");
    patch.write(&file);
    file
}

/// A source of models, and where it is written down.
fn write_shop(folder: &Path) {
    std::fs::create_dir_all(folder.join("shop/voices")).expect("folders");
    for (name, file) in [("gain", "gain.ts"), ("codec", "voices/codec.ts")] {
        std::fs::copy(model(name), folder.join("shop").join(file)).expect("a copy");
    }
    let shop = folder.join("shop");
    let sources =
        format!("built_in: false\nsources: [{{name: shop, kind: folder, path: '{}'}}]\n", shop.display());
    std::fs::write(folder.join("sources.yaml"), sources).expect("a file");
}

/// What a host needs to know of it.
fn environment(folder: &Path) -> [(&'static str, String); 3] {
    [("NN_SOURCES", "sources.yaml"), ("NN_MODELS", "brought"), ("XDG_CACHE_HOME", "cache")]
        .map(|(name, file)| (name, folder.join(file).display().to_string()))
}

/// What a line of the document stands for.
fn is(line: &str, documented: &str) -> bool {
    match documented.strip_suffix("...") {
        Some(beginning) => line.starts_with(beginning.trim_end()),
        None => line == documented,
    }
}

/// How what was printed differs from the document.
enum Difference {
    /// Something has not been said, or not yet.
    Missing(String),
    /// Something was said that the document does not have.
    Wrong(String),
}

/// Compares what was printed with what the document promises; what differs.
fn difference(examples: &[Example], printed: &[String]) -> Option<Difference> {
    examples.iter().enumerate().find_map(|(number, example)| {
        let prefix = format!("e{number}: ");
        let lines = printed.iter().filter_map(|line| line.strip_prefix(&prefix));
        let lines: Vec<_> = lines.map(|line| line.replace('\\', "")).collect();
        let about = |what: String| format!("[nn~ {}]: {what}: {lines:#?}", example.arguments);
        Some(match example.difference(&lines)? {
            Difference::Missing(what) => Difference::Missing(about(what)),
            Difference::Wrong(what) => Difference::Wrong(about(what)),
        })
    })
}

impl Example {
    fn difference(&self, lines: &[String]) -> Option<Difference> {
        let errors = lines.iter().filter(|line| line.starts_with("error")).count();
        let documented = self.said.iter().filter(|(_, line)| line.starts_with("error")).count();
        if errors > documented {
            return Some(Difference::Wrong(format!("{errors} errors for {documented}")));
        }
        let (mut at, mut sent) = (0, 0);
        for (after, documented) in &self.said {
            if *after > sent {
                sent = *after;
                let mark = format!("sent {sent}");
                let Some(marked) = lines.iter().position(|line| *line == mark) else {
                    return Some(Difference::Missing(mark));
                };
                at = marked;
            }
            let Some(found) = lines[at..].iter().position(|line| is(line, documented)) else {
                return Some(Difference::Missing(format!("no '{documented}' after message {sent}")));
            };
            at += found + 1;
        }
        None
    }
}

/// Has `play` print all examples, slower and slower until they are as the document shows.
fn hold(play: impl Fn(&Path, &Path) -> Vec<String>) {
    let examples = examples();
    let mut missing = String::new();
    for step_ms in STEPS_MS {
        let folder = tempfile::tempdir().expect("a folder");
        let file = write_patch(folder.path(), &examples, step_ms);
        match difference(&examples, &play(folder.path(), &file)) {
            None => return,
            Some(Difference::Wrong(what)) => panic!("{what}"),
            Some(Difference::Missing(what)) => missing = what,
        }
    }
    panic!("{missing}");
}

#[test]
fn the_distribution_s_pd_does_what_the_document_shows() {
    hold(|folder, file| {
        let mut command = pd::command(file, &[]);
        command.envs(environment(folder));
        let output = pd::output_within(&mut command, Duration::from_secs(120));
        let printed: Vec<_> = String::from_utf8_lossy(&output.stderr).lines().map(str::to_owned).collect();
        assert!(output.status.success(), "{printed:#?}");
        printed
    });
}

#[test]
fn pd_0_55_does_what_the_document_shows() {
    hold(|folder, file| {
        let mut host = Host::new(0, 2);
        for (name, value) in environment(folder) {
            host.environment(name, &value);
        }
        host.line(format!("open \"{}\"", file.display())).line("realtime 200000");
        let transcript = host.run_to_any_end();
        assert_eq!(transcript.code, Some(0), "{:#?}", transcript.lines);
        transcript.after("print").into_iter().map(str::to_owned).collect()
    });
}

#[test]
fn the_document_has_an_example_of_every_message_and_every_form() {
    let examples = examples();
    let text = std::fs::read_to_string(root().join("docs/MESSAGES.md")).expect("the document");
    // What the box itself lists when it is sent something else.
    let listed = nn_core::message::parse("?", &[]).expect_err("no such message").to_string();
    let listed = listed.split_once("it takes ").expect("a list").1;
    for selector in listed.split(", ") {
        let sent = |example: &Example| example.sent.iter().any(|m| m.split(' ').next() == Some(selector));
        assert!(examples.iter().any(sent), "no example of {selector}");
        assert!(
            text.contains(&format!("| `{selector}")) || text.contains(&format!(", `{selector} ")),
            "{selector}"
        );
    }
    for flag in ["-d", "-m"] {
        assert!(examples.iter().any(|example| example.arguments.starts_with(flag)), "no example of {flag}");
    }
}
