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

/// Plays in real time and gives what the box said.
fn in_real_time(arguments: &str, messages: &[&str], seconds: usize, burst: usize) -> Transcript {
    let folder = tempfile::tempdir().expect("a folder");
    let file = one_box(folder.path(), arguments, 64);
    let ticks = seconds * 44_100 / 64 / burst * burst;
    let mut host = Host::new(1, 1);
    host.line("listen told").line(format!("open \"{}\"", file.display())).line("until 60 told loaded 1");
    for message in messages {
        host.line(format!("message control {message}"));
    }
    // Four windows of half a second show a burst.
    host.line("dsp 1").line("noise 1").line(format!("realtime {} {burst}", 4 * 44_100 / 64 / burst * burst));
    host.line("message control stats").line(format!("realtime {ticks} {burst}"));
    host.line("message control stats").line("message control latency");
    host.run()
}

/// A number of the two answers to `stats`.
fn stats(transcript: &Transcript, name: &str) -> [f64; 2] {
    let answers = transcript.after("recv told stats");
    assert_eq!(answers.len(), 2, "{:#?}", transcript.lines);
    [0, 1].map(|at| {
        let mut words = answers[at].split(' ').skip_while(|word| *word != name);
        words.nth(1).and_then(|number| number.parse().ok()).unwrap_or_else(|| panic!("{name}: {answers:?}"))
    })
}

/// Since the first answer, hardly a block was late. A busy machine makes some late, whatever the deadline; one that the
/// bursts leave no time for makes nearly all.
fn assert_in_time(transcript: &Transcript, least_blocks: f64, what: &str) {
    let since = |name| {
        let [before, after] = stats(transcript, name);
        after - before
    };
    let (late, blocks) = (since("late"), since("blocks"));
    assert!(blocks >= least_blocks, "{what}: {blocks} blocks: {:#?}", transcript.lines);
    assert!(late <= blocks * 0.2, "{what}: {late} of {blocks} late: {:#?}", transcript.lines);
}

#[test]
fn a_deadline_shorter_than_the_host_s_bursts_is_raised_to_them_and_then_nothing_is_late() {
    for (burst, messages, latency) in [
        (1, &["deadline 64"][..], 512 - 64 + 64),
        (4, &["deadline 64"], 512 - 64 + 256),
        (16, &["deadline 64"], 512 - 64 + 1024),
        (16, &[], 512 - 64 + 1024),
        (4, &[], 512 - 64 + 512),
    ] {
        let transcript = in_real_time(&format!("{} forward 512", path("gain")), messages, 4, burst);
        let what = format!("burst {burst}, {messages:?}: {:#?}", transcript.lines);
        let said = transcript.after("recv told latency").pop().unwrap_or_default().to_owned();
        assert!(said.starts_with(&format!("{latency} ")), "{what}");
        let raised = transcript.lines.iter().filter(|line| line.contains("samples at a time")).count();
        assert_eq!(
            raised,
            usize::from(latency > 512 - 64 + 512 || (burst == 4 && !messages.is_empty())),
            "{what}"
        );
        assert_in_time(&transcript, 300.0, &what);
    }
}

#[test]
fn an_automatic_deadline_is_shorter_than_a_buffer_and_in_time() {
    let transcript = in_real_time(&format!("{} forward 2048", path("codec")), &["deadline auto"], 6, 1);
    let said = transcript.after("recv told latency").pop().unwrap_or_default().to_owned();
    let latency: usize = said.split(' ').next().and_then(|word| word.parse().ok()).expect("a number");
    assert!((2048..2048 - 64 + 2048).contains(&latency), "{said}");
    assert_in_time(&transcript, 100.0, "auto");
}

#[test]
fn a_bounce_has_no_late_block_and_real_time_no_wait() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = one_box(folder.path(), &format!("{} forward 2048", path("codec")), 64);
    let mut host = Host::new(1, 1);
    host.line("listen told").line(format!("open \"{}\"", file.display())).line("until 60 told loaded 1");
    host.line("message control deadline 64").line("dsp 1").line("noise 1").line("realtime 1400");
    // The first moments of a bounce are not recognised yet: those may be late.
    host.line("run 300").line("message control stats").line("run 20000").line("message control stats");
    let transcript = host.run();
    let [before, after] = stats(&transcript, "late");
    assert_eq!(before, after, "{:#?}", transcript.lines);
    let [before, after] = stats(&transcript, "blocks");
    assert!(after - before >= 620.0, "{:#?}", transcript.lines);
}
