//! Figures: complete, and the same in the table, in the file and in the pictures.

use serde_json::Value;

use super::{Ended, Folder, at_rank, numbers};

const RATE_HZ: f64 = 44_100.0;
const SECONDS: f64 = 1.0;

/// The row of the table that begins with this buffer, cut at wide gaps.
fn row(text: &str, buffer: &str) -> Vec<String> {
    let is_row = |line: &&str| line.trim_start().starts_with(buffer) && line.contains(" = ");
    let line = text.lines().find(is_row).unwrap_or_else(|| panic!("no row {buffer}: {text}"));
    line.split("  ").map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned).collect()
}

/// As the table shows them.
fn ms(ns: u64) -> String {
    let ms = ns as f64 * 1e-6;
    let places = [(100.0, 0), (10.0, 1), (1.0, 2), (0.0, 3)].into_iter().find(|(least, _)| ms >= *least);
    format!("{ms:.*}", places.expect("one of them").1)
}

/// Everything that one run must have; returns its only row.
fn checked(ended: &Ended, results: &Value, buffer: u64, model_delay: u64) -> Value {
    assert_eq!((ended.code, ended.errors.as_str()), (Some(0), ""), "{}", ended.text);
    let of_buffer = results["rows"][0].clone();
    let cells = row(&ended.text, &buffer.to_string());
    let wall_ns = numbers(&of_buffer["live"]["wall_ns"]);
    for (at, part) in [0.5, 0.9, 0.99, 0.999, 1.0].into_iter().enumerate() {
        assert_eq!(cells[1 + at], ms(at_rank(&wall_ns, part)), "{part}: {}", ended.text);
    }
    assert_eq!(cells[6], ms(at_rank(&numbers(&of_buffer["flat"]["wall_ns"]), 0.5)), "{}", ended.text);
    let budget_ns = buffer as f64 / RATE_HZ * 1e9;
    assert!((of_buffer["budget_ns"].as_f64().expect("a number") - budget_ns).abs() <= 1.0);
    let share = format!("{:.0} %", at_rank(&wall_ns, 0.5) as f64 / budget_ns * 100.0);
    assert_eq!(cells[7], share, "{}", ended.text);
    // Nothing is left out: as many buffers as were full in the time that was asked for, and a run for each that was begun.
    let stretches = of_buffer["stretches"].as_array().expect("a list");
    let asked_for = SECONDS * RATE_HZ / buffer as f64;
    let first = stretches[0]["buffers"].as_f64().expect("a number");
    assert!((first - asked_for).abs() <= 1.0, "{first} of {asked_for}");
    let sum =
        |what: &str| stretches.iter().map(|stretch| stretch[what].as_u64().expect("a number")).sum::<u64>();
    let (all, dropped, runs) = (sum("buffers"), sum("dropped"), wall_ns.len() as u64);
    // A run may cross the beginning or the end of a stretch.
    let crossing = 2 * stretches.len() as u64;
    assert!(
        runs + crossing + dropped >= all && runs <= all + crossing,
        "{runs} runs, {dropped} dropped, {all}"
    );
    let there = numbers(&of_buffer["after_ns"]).len() as u64;
    assert!(there.abs_diff(all) <= stretches.len() as u64, "a result for each: {there} of {all}");
    assert_eq!(numbers(&of_buffer["live"]["used_ns"]).len(), wall_ns.len());
    // Latency is buffer - gcd(buffer, block) + deadline, and the model's own delay.
    if let Some(deadline) = of_buffer["held"]["deadline_frames"].as_u64() {
        let latency = buffer - 64 + deadline + model_delay;
        let of_ms = latency as f64 / RATE_HZ * 1e3;
        assert_eq!(cells[9], deadline.to_string());
        assert_eq!(cells[10], format!("{} + {deadline} + {model_delay} = {latency}", buffer - 64));
        assert_eq!(cells[11], format!("{of_ms:.1} ms"), "{}", ended.text);
        assert_eq!(deadline % 64, 0);
    }
    assert_eq!(ended.text.lines().last(), results["verdict"].as_str());
    of_buffer
}

#[test]
fn table_file_and_pictures_have_the_same_figures_and_nothing_is_left_out() {
    let folder = Folder::new();
    let ended = folder.bench("delay.ts --buffers 512 --seconds 1 --boxes 2 --out today");
    let results = folder.json("today");
    let row = checked(&ended, &results, 512, 500);
    for words in
        ["p99.9", "least deadline", "first call ", "load ", "memory 1 box ", "audio callback of a box: p50 "]
    {
        assert!(ended.text.contains(words), "{words}: {}", ended.text);
    }
    assert!(ended.text.contains("model delay measured 500"), "{}", ended.text);
    let begin = &results["begin"];
    for figure in ["load_ms", "first_call_ms", "later_call_ms"] {
        assert!(begin[figure].as_f64().is_some_and(|ms| ms > 0.0), "{figure}: {begin}");
    }
    let boxes: Vec<_> =
        row["tries"].as_array().expect("tries").iter().map(|tried| tried["boxes"].as_u64()).collect();
    assert!(!boxes.is_empty() && boxes.iter().all(|boxes| matches!(boxes, Some(1 | 2))), "{boxes:?}");
    pictures(&folder);
    // What is there is not replaced.
    let again = folder.bench("delay.ts --out today");
    assert_eq!(again.code, Some(5), "{again:?}");
    assert!(again.errors.contains("--force replaces it"), "{again:?}");
    // Where it is, what the new run doesn't draw goes too, and nothing else does.
    std::fs::write(folder.at("today").join("notes.png"), "mine").expect("written");
    folder.bench("delay.ts --buffers 512 --seconds 0.3 --boxes 0 --out today --force");
    let files = folder.files_in("today");
    assert!(files.iter().all(|name| !name.starts_with("boxes.")), "{files:?}");
    assert!(files.contains(&"notes.png".into()) && files.contains(&"times.png".into()), "{files:?}");
}

fn pictures(folder: &Folder) {
    let expected = ["times", "latency", "boxes", "run"];
    let mut names: Vec<_> =
        expected.iter().flat_map(|name| [format!("{name}.png"), format!("{name}.svg")]).collect();
    names.push("bench.json".into());
    names.sort();
    assert_eq!(folder.files_in("today"), names);
    for name in expected {
        let file = std::fs::File::open(folder.at("today").join(format!("{name}.png"))).expect("a picture");
        let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().expect("a PNG");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a size")];
        let frame = reader.next_frame(&mut pixels).expect("pixels");
        assert!(frame.width > 300 && frame.height > 200, "{name}: {frame:?}");
        assert!(pixels.iter().any(|pixel| *pixel != pixels[0]), "{name} is blank");
        let svg = std::fs::read_to_string(folder.at("today").join(format!("{name}.svg"))).expect("an SVG");
        assert!(
            svg.starts_with("<svg") && svg.trim_end().ends_with("</svg>") && svg.contains("delay.ts"),
            "{name}"
        );
    }
}

#[test]
fn two_sides_take_turns_and_each_has_its_row_in_json_too() {
    let folder = Folder::new();
    let words =
        "convolutions.ts:upsample --buffers 480 --rate 48000 --optimise 0,1 --seconds 0.5 --boxes 0 --json";
    let ended = folder.bench(words);
    let results: Value =
        serde_json::from_str(&ended.text).unwrap_or_else(|error| panic!("{error}: {ended:?}"));
    let rows = results["rows"].as_array().expect("rows");
    let sides: Vec<_> = rows.iter().map(|row| row["optimise"].as_bool()).collect();
    assert_eq!(sides, [Some(false), Some(true)]);
    assert_eq!(results["model"]["method"], "upsample");
    for row in rows {
        assert_eq!(row["rate_hz"], 48_000);
        let (flat, live) = (numbers(&row["flat"]["wall_ns"]), numbers(&row["live"]["wall_ns"]));
        assert!(!flat.is_empty() && !live.is_empty(), "{row}");
        assert!(row["tries"].as_array().is_some_and(Vec::is_empty), "--boxes 0 tries none");
    }
    let of = |row: &Value| numbers(&row["flat"]["wall_ns"]).len();
    assert_eq!(of(&rows[0]), of(&rows[1]), "as many turns of each");
}

#[test]
fn a_deadline_that_is_given_is_the_only_one_and_one_that_is_too_short_does_not_hold() {
    let folder = Folder::new();
    // A call takes longer than the block of 1.45 ms that it has.
    let ended = folder.bench("slow.ts --buffers 4096 --seconds 1 --boxes 0 --deadline 64 --out short");
    assert_eq!(ended.code, Some(1), "{ended:?}");
    assert!(
        ended.text.lines().last().is_some_and(|line| line.starts_with("the deadline does not hold: ")),
        "{ended:?}"
    );
    assert!(ended.text.contains("none holds"), "{ended:?}");
    let results = folder.json("short");
    let stretches = results["rows"][0]["stretches"].as_array().expect("a list").clone();
    assert_eq!(stretches.len(), 1);
    assert_eq!(stretches[0]["deadline_frames"], 64);
    assert!(stretches[0]["late"].as_u64().is_some_and(|late| late > 0), "{stretches:?}");
    let longest = numbers(&results["rows"][0]["after_ns"]).into_iter().max();
    assert!(longest.is_some_and(|ns| ns as f64 > 64.0 / RATE_HZ * 1e9), "{longest:?}");
}

#[test]
fn options_are_what_the_run_says_of_itself() {
    for (words, key, value) in [
        ("--repeats 2", "repeats", 2.0),
        ("--threads 2", "threads", 2.0),
        ("--load 1", "load", 1.0),
        ("--hold 0.4", "hold_s", 0.4),
        ("--block 128", "block_frames", 128.0),
    ] {
        let folder = Folder::new();
        let ended =
            folder.bench(&format!("gain.ts --buffers 512 --seconds 0.3 --boxes 0 --out today {words}"));
        assert!(ended.has_measured(), "{words}: {ended:?}");
        let results = folder.json("today");
        assert_eq!(results["settings"][key].as_f64(), Some(value), "{words}: {}", results["settings"]);
        let row = &results["rows"][0];
        let stretches = row["stretches"].as_array().expect("a list");
        let deadline = row["held"]["deadline_frames"].as_u64();
        let is_done = match key {
            // The deadlines of the second time are played, too.
            "repeats" => stretches.len() > 2,
            // Of one thread of several it would be a part.
            "threads" => row["live"]["used_ns"] == serde_json::json!([]) && ended.text.contains("threads 2"),
            // The stretch with the least deadline lasts longer than the first one: 512 samples are 11.6 ms.
            "hold_s" => {
                let longer = |one: &Value| one["buffers"].as_u64() > stretches[0]["buffers"].as_u64();
                deadline.is_none() || stretches.iter().skip(1).any(longer)
            }
            "block_frames" => {
                deadline.is_none_or(|frames| frames.is_multiple_of(128)) && ended.text.contains("block 128")
            }
            _ => ended.text.contains(", beside 1 busy thread"),
        };
        assert!(is_done, "{words}: {} {row}", ended.text);
    }
}

#[test]
fn an_effect_is_measured_with_its_own_delay_and_a_generator_is_refused() {
    let folder = Folder::new();
    let ended = folder.bench("echo.nm --buffers 2048 --seconds 0.5 --boxes 0 --out today");
    assert!(ended.has_measured(), "{ended:?}");
    let row = &folder.json("today")["rows"][0];
    assert_eq!((&row["model_delay_frames"], &row["model_delay_is"]), (&500.into(), &"measured".into()));
    assert!(ended.text.contains("model delay measured 500"), "{}", ended.text);
    let ended = folder.bench("chord.nm --seconds 0.3");
    assert!(ended.code == Some(1) && ended.errors.contains("nn render has them"), "{ended:?}");
}
