//! Runs of the host with 1, 2, 4 and 8 boxes.

use std::{path::Path, time::Instant};

use super::alone::{Side, memory_mb};
use crate::{
    common::{
        figures::median,
        models::{self, file_name, size_mb},
        number_from,
        report::Report,
    },
    support::{
        RATE_HZ,
        host::{Host, Transcript},
        patch::{Patch, escaped},
    },
};

const BUFFER_FRAMES: usize = 2048;
const COUNTS: [usize; 4] = [1, 2, 4, 8];
const MEMORY_TARGET: f64 = 1.3;
/// Of one box against the bare module.
const ONE_BOX_TARGET: f64 = 1.35;
const TIME_TARGET: f64 = 1.5;
/// Ticks of 64 samples in two seconds.
const TWO_SECONDS_TICKS: usize = 2 * RATE_HZ as usize / 64;

/// Memory of the host in MB.
#[derive(Clone, Copy)]
struct Memory {
    /// Before there was a box.
    without: f64,
    with: f64,
    /// When all boxes but one are deleted.
    after: f64,
}

/// Measures and prints.
#[expect(clippy::too_many_lines, reason = "one measurement with its table")]
pub fn run() {
    let rounds = number_from("NN_BENCH_ROUNDS", 3).max(1);
    let mut report = Report::begin(
        "Boxes of one model",
        &format!(
            "Pd 0.55 with 1, 2, 4 and 8 boxes of one model, forward {BUFFER_FRAMES}; resident memory after two seconds of \
             playing, and time from the start of the host until all have loaded and it has ended; medians over {rounds} \
             runs."
        ),
    );
    report.table(&[
        "model",
        "boxes",
        "host alone, MB",
        "with the boxes, MB",
        "against one box",
        "each further box, MB",
        "all but one deleted, MB",
        "start + load + end, s",
        "against one box",
    ]);
    let mut targets = Vec::new();
    for path in models::all() {
        let all: Vec<_> = COUNTS.iter().map(|&count| measure(&path, count, rounds)).collect();
        let (one, one_s) = all[0];
        for (&count, &(memory, seconds)) in COUNTS.iter().zip(&all) {
            let further = (memory.with - one.with) / (count as f64 - 1.0);
            report.row(&[
                format!("{} ({:.1} MB)", file_name(&path), size_mb(&path)),
                count.to_string(),
                format!("{:.1}", memory.without),
                format!("{:.1}", memory.with),
                format!("{:.2}", memory.with / one.with),
                if count == 1 { String::new() } else { format!("{further:.1}") },
                if count == 1 { String::new() } else { format!("{:.1}", memory.after) },
                format!("{seconds:.2}"),
                format!("{:.2}", seconds / one_s),
            ]);
        }
        let (most, most_s) = all[all.len() - 1];
        targets.push((path, one, most, one_s, most_s));
    }
    let ones = one_box(&mut report, rounds);
    for (path, one, most, one_s, most_s) in targets {
        let name = file_name(&path);
        report.at_most(
            &format!("memory of 8 boxes, {name}"),
            most.with / one.with,
            MEMORY_TARGET,
            "times one",
        );
        report.at_most(
            &format!("memory after deleting 7 of 8, {name}"),
            most.after / one.with,
            1.0 + (MEMORY_TARGET - 1.0) / 2.0,
            "times one",
        );
        report.at_most(
            &format!("start and load of 8 boxes, {name}"),
            most_s / one_s,
            TIME_TARGET,
            "times one",
        );
    }
    for (name, ratio) in ones {
        report.at_most(&format!("memory of one box, {name}"), ratio, ONE_BOX_TARGET, "times the bare module");
    }
    report.end();
}

/// A table of one box beside the model alone; names, and how many times the memory of the latter.
fn one_box(report: &mut Report, rounds: usize) -> Vec<(String, f64)> {
    report.note(&format!(
        "One box against the bare module, each in a process of its own without Pd: anonymous memory after 20 runs of \
         forward {BUFFER_FRAMES}, medians over {rounds} processes. The bare module is loaded and run by libtorch \
         itself, or, beside it, through the library that boxes use, without kernels and engine."
    ));
    report.table(&[
        "model",
        "bare module in libtorch, MB",
        "bare module in the boxes' library, MB",
        "one box, MB",
        "against the first",
        "against the second",
    ]);
    let measure = |path: &std::path::PathBuf| {
        let [raw, bare, boxed] = [Side::Raw, Side::Bare, Side::Boxed]
            .map(|side| memory_mb(side, path, BUFFER_FRAMES, rounds).unwrap_or(f64::NAN));
        let name = file_name(path);
        let shown = |figure: String| if figure == "NaN" { "not built".into() } else { figure };
        let figures = [raw, bare, boxed].map(|mb| shown(format!("{mb:.1}")));
        let ratios = [raw, bare].map(|mb| shown(format!("{:.2}", boxed / mb)));
        report.row(&[vec![name.clone()], figures.to_vec(), ratios.to_vec()].concat());
        // The stricter side; without the first the second.
        (name, boxed / raw.min(bare))
    };
    models::all().iter().map(measure).collect()
}

/// Medians over runs of the host: memory, and seconds until all had loaded.
fn measure(model: &Path, count: usize, rounds: usize) -> (Memory, f64) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("boxes.pd");
    patch(model, count).write(&file);
    let (mut memories, mut seconds) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        let mut host = host(&file, count);
        let begin = Instant::now();
        check(&host.run());
        seconds.push(begin.elapsed().as_secs_f64());
        host.line("dsp 1").line("noise 1").line(format!("realtime {TWO_SECONDS_TICKS}")).line("stat");
        if count > 1 {
            host.line("message pd-inner clear");
        }
        // Workers leave and the loader drops what is left, while the host plays on.
        host.line(format!("realtime {TWO_SECONDS_TICKS}")).line("stat");
        let transcript = host.run();
        check(&transcript);
        let mb: Vec<_> = transcript.after("stat").into_iter().map(rss_mb).collect();
        memories.push([mb[0], mb[1], mb[2]]);
    }
    let of = |part: usize| median(&memories.iter().map(|memory| memory[part]).collect::<Vec<_>>());
    (Memory { without: of(0), with: of(1), after: of(2) }, median(&seconds))
}

/// One box, and the others in a subpatch that can be cleared.
fn patch(model: &Path, count: usize) -> Patch {
    let text = format!("nn~ {} forward {BUFFER_FRAMES}", escaped(&model.display().to_string()));
    let add = |patch: &mut Patch, boxes: usize| {
        let (adc, dac, told) = (patch.object("adc~ 1"), patch.object("dac~ 1"), patch.object("s told"));
        for _ in 0..boxes {
            let nn = patch.object(&text);
            for (from, outlet, to) in [(adc, 0, nn), (nn, 0, dac), (nn, 1, told)] {
                patch.connect(from, outlet, to, 0);
            }
        }
    };
    let (mut patch, mut inner) = (Patch::new(), Patch::new());
    add(&mut inner, count - 1);
    patch.subpatch("inner", &inner);
    add(&mut patch, 1);
    patch
}

/// Opens the patch and waits for every box.
fn host(file: &Path, count: usize) -> Host {
    let mut host = Host::new(1, 1);
    host.line("listen told").line("stat").line(format!("open \"{}\"", file.display()));
    for _ in 0..count {
        host.line("until 60 told loaded 1");
    }
    host
}

fn check(transcript: &Transcript) {
    assert_eq!(transcript.errors(), Vec::<&str>::new(), "a box is in trouble");
}

fn rss_mb(line: &str) -> f64 {
    let kb = line.split_whitespace().find_map(|word| word.strip_prefix("rss_kb="));
    kb.and_then(|kb| kb.parse::<f64>().ok()).expect("the host tells its memory") / 1024.0
}
