//! Deadlines: the latency that they give, to the sample, and whether results are there in time.

mod support;

use std::path::Path;

use support::{
    deinterleave,
    host::{Host, Transcript},
    model,
    patch::{Patch, escaped},
    read_raw,
};

/// A box with `control` and `told`, between the sound card's first input and output, in a subpatch of that block.
fn one_box(folder: &Path, arguments: &str, block: usize) -> std::path::PathBuf {
    let mut inner = Patch::new();
    let (inlet, outlet) = (inner.object("inlet~"), inner.object("outlet~"));
    let set = inner.object(&format!("block~ {block}"));
    let nn = inner.object(&format!("nn~ {arguments}"));
    let (control, told) = (inner.object("r control"), inner.object("s told"));
    let _unconnected = set;
    for (from, out, to) in [(inlet, 0, nn), (nn, 0, outlet), (control, 0, nn), (nn, 1, told)] {
        inner.connect(from, out, to, 0);
    }
    let mut patch = Patch::new();
    let (adc, dac) = (patch.object("adc~ 1"), patch.object("dac~ 1"));
    let middle = patch.subpatch("middle", &inner);
    patch.connect(adc, 0, middle, 0);
    patch.connect(middle, 0, dac, 0);
    let file = folder.join("deadline.pd");
    patch.write(&file);
    file
}

fn path(name: &str) -> String {
    escaped(&model(name).display().to_string())
}

/// What Pd itself adds for a subpatch of larger blocks.
fn reblocking(block: usize) -> usize {
    block.saturating_sub(64)
}

#[test]
fn an_impulse_comes_exactly_when_the_deadline_says() {
    for (name, buffer, block, deadline, latency) in [
        ("identity", 2048, 64, "deadline 2048", 2048 - 64 + 2048),
        ("identity", 2048, 64, "deadline 512", 2048 - 64 + 512),
        ("identity", 2048, 64, "deadline 1", 2048 - 64 + 64),
        ("identity", 2048, 64, "deadline 0", 2048 - 64 + 64),
        ("identity", 2048, 64, "deadline 100", 2048 - 64 + 128),
        ("identity", 100, 64, "deadline 64", 100 - 4 + 64),
        ("identity", 512, 1024, "deadline 1", 1024),
        ("identity", 3000, 256, "deadline 300", 3000 - 8 + 512),
        ("identity", 64, 64, "deadline 4096", 4096),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        let file = one_box(folder.path(), &format!("{} forward {buffer}", path(name)), block);
        let recording = folder.path().join("out.raw");
        let mut host = Host::new(1, 1);
        host.line("listen told").line(format!("open \"{}\"", file.display()));
        host.line("message control wait 1").line(format!("message control {deadline}")).line("dsp 1");
        // The box goes over to its deadline, then the impulse.
        host.line("run 400").line("impulse 640").line(format!("output \"{}\"", recording.display()));
        host.line("run 400").line("message control latency");
        let transcript = host.run();
        let what = format!("{name} {buffer}, block {block}, {deadline}");
        let said = transcript.after("recv told latency").pop().unwrap_or_default().to_owned();
        assert!(said.starts_with(&format!("{latency} ")), "{what}: {said}");
        let output = deinterleave(&read_raw(&recording), 1).remove(0);
        let heard: Vec<usize> = (0..output.len()).filter(|&n| output[n] != 0.0).collect();
        assert_eq!(heard, [640 + latency + reblocking(block)], "{what}");
        assert_eq!(transcript.errors(), Vec::<&str>::new(), "{what}");
    }
}

/// Buffers that were played and late ones.
#[derive(Clone, Copy, Debug)]
struct Window {
    blocks: f64,
    late: f64,
}

/// Windows of one play in real time, and how many plays may be tried.
const WINDOWS: usize = 3;
const TRIES: usize = 5;

/// Plays in real time: windows of so many seconds each, and what the box said.
fn in_real_time(arguments: &str, messages: &[&str], seconds: f64, burst: usize) -> (Transcript, Vec<Window>) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = one_box(folder.path(), arguments, 64);
    let ticks = |seconds: f64| (seconds * 44_100.0 / 64.0) as usize / burst * burst;
    let mut host = Host::new(1, 1);
    host.line("listen told").line(format!("open \"{}\"", file.display())).line("until 60 told loaded 1");
    for message in messages {
        host.line(format!("message control {message}"));
    }
    // Four windows of half a second show a burst.
    host.line("dsp 1").line("noise 1").line(format!("realtime {} {burst}", ticks(4.0)));
    host.line("message control stats");
    for _ in 0..WINDOWS {
        host.line(format!("realtime {} {burst}", ticks(seconds))).line("message control stats");
    }
    host.line("message control latency");
    let transcript = host.run();
    let counts = stats(&transcript, "blocks").into_iter().zip(stats(&transcript, "late"));
    let counts: Vec<_> = counts.collect();
    assert_eq!(counts.len(), WINDOWS + 1, "{:#?}", transcript.lines);
    let windows = counts
        .windows(2)
        .map(|pair| Window { blocks: pair[1].0 - pair[0].0, late: pair[1].1 - pair[0].1 })
        .collect();
    (transcript, windows)
}

/// A number of all answers to `stats`.
fn stats(transcript: &Transcript, name: &str) -> Vec<f64> {
    let number = |answer: &&str| {
        let mut words = answer.split(' ').skip_while(|word| *word != name);
        words.nth(1).and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{name}: {answer}"))
    };
    transcript.after("recv told stats").iter().map(number).collect()
}

/// Plays until there was a whole window without a late buffer, in a play that was otherwise as it should be. A machine
/// that stalls makes some late, whatever the deadline, and a host that catches up plays other bursts than it was told to;
/// a deadline that leaves no time makes some late in every window.
fn assert_in_time(what: &str, least_blocks: f64, mut play: impl FnMut() -> Result<Vec<Window>, String>) {
    let mut seen = Vec::new();
    for _ in 0..TRIES {
        let played = play();
        let in_time = |window: &Window| window.late == 0.0 && window.blocks >= least_blocks;
        if played.as_ref().is_ok_and(|windows| windows.iter().any(in_time)) {
            return;
        }
        seen.push(played);
    }
    panic!("{what}: in no window of {TRIES} plays every buffer was in time: {seen:#?}");
}

#[test]
fn a_deadline_shorter_than_the_host_s_bursts_is_raised_to_them_and_then_whole_seconds_have_nothing_late() {
    for (burst, messages, latency) in [
        (1, &["deadline 64"][..], 512 - 64 + 64),
        (4, &["deadline 64"], 512 - 64 + 256),
        (16, &["deadline 64"], 512 - 64 + 1024),
        (16, &[], 512 - 64 + 1024),
        (4, &[], 512 - 64 + 512),
    ] {
        let what = format!("burst {burst}, {messages:?}");
        assert_in_time(&what, 80.0, || {
            let (transcript, windows) =
                in_real_time(&format!("{} forward 512", path("gain")), messages, 1.0, burst);
            let said = transcript.after("recv told latency").pop().unwrap_or_default().to_owned();
            let raised = transcript.lines.iter().filter(|line| line.contains("samples at a time")).count();
            let raises = usize::from(latency > 512 - 64 + 512 || (burst == 4 && !messages.is_empty()));
            if said.starts_with(&format!("{latency} ")) && raised == raises {
                Ok(windows)
            } else {
                Err(format!("not {latency} after raising it {raises} times: {:#?}", transcript.lines))
            }
        });
    }
}

#[test]
fn an_automatic_deadline_is_shorter_than_a_buffer_and_two_seconds_on_end_have_nothing_late() {
    assert_in_time("auto", 40.0, || {
        let (transcript, windows) =
            in_real_time(&format!("{} forward 2048", path("codec")), &["deadline auto"], 2.0, 1);
        let said = transcript.after("recv told latency").pop().unwrap_or_default().to_owned();
        let latency: usize = said.split(' ').next().and_then(|word| word.parse().ok()).expect("a number");
        if (2048..2048 - 64 + 2048).contains(&latency) { Ok(windows) } else { Err(said) }
    });
}

#[test]
fn a_bounce_has_no_late_block() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = one_box(folder.path(), &format!("{} forward 2048", path("codec")), 64);
    let mut host = Host::new(1, 1);
    host.line("listen told").line(format!("open \"{}\"", file.display())).line("until 60 told loaded 1");
    host.line("message control deadline 64").line("dsp 1").line("noise 1").line("realtime 1400");
    // The first moments of a bounce are not recognised yet: those may be late.
    host.line("run 300").line("message control stats").line("run 20000").line("message control stats");
    let transcript = host.run();
    let late = stats(&transcript, "late");
    assert_eq!(late[0], late[1], "{:#?}", transcript.lines);
    let blocks = stats(&transcript, "blocks");
    assert!(blocks[1] - blocks[0] >= 620.0, "{:#?}", transcript.lines);
}

/// Plays a model in real time that takes far longer than its deadline: two seconds with `wait auto`, then two with
/// `wait 1`.
fn slow_in_real_time() -> Transcript {
    let folder = tempfile::tempdir().expect("a folder");
    let file = one_box(folder.path(), &format!("{} forward 2048", path("slow")), 64);
    let mut host = Host::new(1, 1);
    host.line("listen told").line(format!("open \"{}\"", file.display())).line("until 60 told loaded 1");
    host.line("message control deadline 64").line("dsp 1").line("noise 1").line("realtime 1400");
    for wait in ["auto", "1"] {
        host.line(format!("message control wait {wait}")).line("realtime 100").line("message control stats");
        host.line("watch on").line("times reset").line("realtime 1400").line("report").line("watch off");
        host.line("times").line("message control stats");
    }
    host.run()
}

/// A number of each line that begins with this word.
fn numbers(transcript: &Transcript, word: &str, key: &str) -> Vec<f64> {
    let number = |line: &&str| {
        let found = line.split(' ').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='));
        found.and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("no {key} in '{line}'"))
    };
    transcript.after(word).iter().map(number).collect()
}

#[test]
fn in_real_time_the_callback_never_waits_for_a_late_model() {
    let mut seen = Vec::new();
    for _ in 0..TRIES {
        let transcript = slow_in_real_time();
        let (late, blocks) = (stats(&transcript, "late"), stats(&transcript, "blocks"));
        assert!(
            late[1] - late[0] >= (blocks[1] - blocks[0]) / 2.0,
            "nearly all are late: {late:?} of {blocks:?}"
        );
        assert_eq!(late[3], late[2], "waiting, as told: {late:?}");
        // Nothing is called with which a thread could wait, unless it shall.
        let calls = ["wait", "futex_wait", "system"].map(|kind| numbers(&transcript, "report", kind));
        assert!(calls.iter().all(|calls| calls[0] == 0.0), "{calls:?}");
        assert!(calls.iter().map(|calls| calls[1]).sum::<f64>() >= 20.0, "{calls:?}");
        // Nor does it turn in a loop. A machine that stalls may hold up a block or two.
        let longest_ms =
            numbers(&transcript, "times", "max_ns").iter().map(|ns| ns * 1e-6).collect::<Vec<_>>();
        assert!(longest_ms[1] > 8.0, "the model is slow, which shows where it is waited for: {longest_ms:?}");
        if longest_ms[0] < longest_ms[1] / 4.0 {
            return;
        }
        seen.push(longest_ms);
    }
    panic!("longest callback without and with waiting, in ms: {seen:?}");
}
