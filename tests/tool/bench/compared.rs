//! Two runs side by side.

use serde_json::{Value, json};

use super::{Folder, at_rank, numbers};

/// Every time twice as long.
fn doubled(value: &Value) -> Value {
    json!(numbers(value).into_iter().map(|ns| ns * 2).collect::<Vec<_>>())
}

#[test]
fn what_has_changed_beyond_its_interval_is_said_and_so_is_what_else_differs() {
    let folder = Folder::new();
    let words = "identity.ts --buffers 256 --seconds 0.5 --boxes 0";
    let first = folder.bench(&format!("{words} --out first"));
    assert!(first.has_measured(), "{first:?}");
    // An earlier run that was a hundred times as slow.
    let mut slow = folder.json("first");
    for side in ["live", "flat"] {
        for time in ["wall_ns", "used_ns"] {
            let times = &mut slow["rows"][0][side][time];
            for _ in 0..7 {
                *times = doubled(times);
            }
        }
    }
    slow["settings"]["threads"] = json!(3);
    slow["settings"]["seed"] = json!(7);
    folder.write_json("slow.json", &slow);
    let ended = folder.bench(&format!("{words} --against slow.json --out second"));
    assert!(ended.has_measured(), "{ended:?}");
    let line = ended.text.lines().find(|line| line.starts_with("  NOT THE SAME: ")).unwrap_or_default();
    for what in ["threads 1, was 3", "seed 0, was 7"] {
        assert!(line.contains(what), "{what}: {}", ended.text);
    }
    assert!(!line.contains("the method") && !line.contains("libtorch"), "{line}");
    let second = folder.json("second");
    let p50 = |results: &Value| at_rank(&numbers(&results["rows"][0]["live"]["wall_ns"]), 0.5) as f64;
    let told = format!("  256: p50 {:.2} (", p50(&second) / p50(&slow));
    let line = ended.text.lines().find(|line| line.starts_with("  256: ")).unwrap_or_default();
    assert!(line.starts_with(&told), "{told}: {line}");
    // A hundredth of the time is a change on any machine.
    assert!(line.split(", ").next().is_some_and(|figure| figure.ends_with(") changed")), "{line}");
    // Of another model on another machine they would be figures of something else.
    slow["machine"]["processor"] = json!("Abacus");
    slow["model"]["sha256"] = json!("00000000ffff");
    folder.write_json("other.json", &slow);
    let ended = folder.bench(&format!("{words} --against other.json"));
    let line = ended.text.lines().find(|line| line.starts_with("against other.json: NOT COMPARED: "));
    let is_told =
        |line: &str| line.contains("was Abacus, ") && line.contains("was identity.ts (sha256 00000000…)");
    assert!(line.is_some_and(is_told) && !ended.text.contains("changed"), "{}", ended.text);
}

#[test]
fn rows_that_the_earlier_run_lacks_are_named_and_json_has_the_comparison() {
    let folder = Folder::new();
    let words = "identity.ts --seconds 0.3 --boxes 0";
    let first = folder.bench(&format!("{words} --buffers 256 --out first"));
    assert!(first.has_measured(), "{first:?}");
    let ended = folder.bench(&format!("{words} --buffers 256,128 --against first/bench.json --json"));
    let results: Value =
        serde_json::from_str(&ended.text).unwrap_or_else(|error| panic!("{error}: {ended:?}"));
    let against = &results["against"];
    assert_eq!(against["file"], "first/bench.json");
    assert_eq!(against["missing"], json!(["128"]));
    assert_eq!(against["differences"], json!([]));
    let rows = against["rows"].as_array().expect("rows");
    assert_eq!(rows.len(), 1);
    for figure in rows[0]["ratios"].as_array().expect("ratios") {
        let ratio = &figure[1];
        let of = |name: &str| ratio[name].as_f64().expect("a number");
        assert!(of("low") <= of("ratio") && of("ratio") <= of("high"), "{figure}");
    }
}
