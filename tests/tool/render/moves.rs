//! Attributes and inputs, set and moved.

use super::{Folder, noise};

#[test]
fn attributes_are_set_before_the_first_sample_of_all_models_or_of_one() {
    let folder = Folder::new();
    let input = noise(1, 5_000);
    folder.write("in.wav", std::slice::from_ref(&input));
    let factor = |factor: f32| vec![input.iter().map(|sample| sample * factor).collect::<Vec<_>>()];
    for (words, gain) in
        [("--set gain=0.5", 0.25), ("--set 2:gain=0.5", 0.5), ("--set 1:gain=2 --set gain=0.25", 0.0625)]
    {
        folder.rendered(&format!("in.wav gain.ts gain.ts -o out.wav --force --tail 0 {words}"));
        assert!(folder.read("out.wav") == factor(gain), "{words}");
    }
    for (words, code, line) in [
        ("--set loudness=1", 2, "no attribute 'loudness': there are gain, muted"),
        ("--set gain", 2, "--set NAME=VALUE"),
        ("--set 3:gain=1", 2, "models count from 1 to 2"),
        ("--set gain=loud", 1, "gain: value 1 must be"),
    ] {
        let ended = folder.render(&format!("in.wav gain.ts gain.ts -o no.wav {words}"));
        assert!(ended.code == Some(code) && ended.errors.contains(line), "{words}: {}", ended.errors);
    }
}

#[test]
fn a_float_glides_buffer_by_buffer() {
    let folder = Folder::new();
    folder.write("in.wav", &[vec![0.5; 44_100]]);
    std::fs::write(folder.at("moves.csv"), "time,name,value\n0,gain,0\n1,gain,1\n").expect("written");
    folder.rendered("gain.ts in.wav out.wav --buffer 441 --tail 0 --automation moves.csv");
    let heard = folder.read("out.wav");
    for (at, buffer) in heard[0].chunks(441).enumerate().take(99) {
        let level = buffer[220];
        let wanted = 0.5 * (at as f32 * 441.0 / 44_100.0);
        assert!((level - wanted).abs() < 1e-4, "buffer {at}: {level} {wanted}");
    }
}

#[test]
fn an_input_of_a_model_follows_a_table_sample_by_sample() {
    let folder = Folder::new();
    folder.write("in.wav", &[vec![0.25; 2_000]]);
    std::fs::write(folder.at("moves.csv"), "0,in2,0\n0.01,in2,0.441\n").expect("written");
    folder.rendered("multi.ts:swap in.wav out.wav --tail 0 --automation moves.csv");
    let heard = folder.read("out.wav");
    assert!(heard[1].iter().all(|&sample| sample == 0.25));
    for (n, sample) in heard[0].iter().enumerate() {
        let wanted = (n as f32 / 1_000.0).min(0.441);
        assert!((sample - wanted).abs() < 1e-5, "{n}: {sample} {wanted}");
    }
}

#[test]
fn a_parameter_of_an_effect_follows_a_table_sample_by_sample_by_any_of_its_names() {
    let folder = Folder::new();
    folder.write("in.wav", &[vec![0.5; 6_000]]);
    // The input times Level plus DC Offset; the set value counts until the table begins.
    for name in ["level", "Level", "p1", "in2"] {
        let table = format!("0.01,{name},0\n0.11,{name},1\n0,dc_offset,0.25\n");
        std::fs::write(folder.at("moves.csv"), table).expect("written");
        let words = "any.nm in.wav -o out.wav --force --tail 0 --set level=0.75 --automation moves.csv";
        folder.rendered(words);
        for (n, sample) in folder.read("out.wav")[0].iter().enumerate() {
            let wanted = if n < 441 { 0.75 } else { ((n - 441) as f32 / 4_410.0).min(1.0) };
            assert!((sample - (0.5 * wanted + 0.25)).abs() < 1e-5, "{name} {n}: {sample} {wanted}");
        }
    }
    // Another model that has it steps buffer by buffer, wherever its buffers begin.
    std::fs::write(folder.at("moves.csv"), "0,level,0\n0.1,level,1\n").expect("written");
    folder.rendered("any.nm any.nm in.wav -o two.wav --tail 0 --buffer 441 --automation moves.csv");
    let heard = folder.read("two.wav");
    let others: Vec<_> = (1_000..4_000).map(|at| (at, heard[0][at] / (0.5 * at as f32 / 4_410.0))).collect();
    assert!(others.iter().all(|&(at, other)| (other - at as f32 / 4_410.0).abs() < 0.15), "{others:?}");
    let steps = others.windows(2).filter(|pair| (pair[1].1 - pair[0].1).abs() > 0.05).count();
    assert!((6..=7).contains(&steps), "{steps} of 3000 samples");
    std::fs::write(folder.at("moves.csv"), "0,level,0\n0,in2,1\n").expect("written");
    let ended = folder.render("any.nm in.wav no.wav --automation moves.csv");
    assert!(ended.errors.contains("inlet 2 twice"), "{}", ended.errors);
}

#[test]
fn a_table_that_moves_nothing_is_refused_with_its_line() {
    let folder = Folder::new();
    folder.write("in.wav", &[noise(1, 100)]);
    for (table, line) in [
        ("0,loudness,1\n", "no attribute 'loudness'"),
        ("0,gain,1\nsoon,gain,1\n", "line 2: 'soon' is no time"),
        ("0,in7,1\n", "no attribute 'in7'"),
    ] {
        std::fs::write(folder.at("moves.csv"), table).expect("written");
        let ended = folder.render("gain.ts in.wav out.wav --automation moves.csv");
        assert_eq!((ended.code, ended.errors.lines().count()), (Some(1), 1), "{}", ended.errors);
        assert!(
            ended.errors.starts_with("nn: moves.csv: ") && ended.errors.contains(line),
            "{}",
            ended.errors
        );
    }
    let ended = folder.render("gain.ts in.wav out.wav --automation nowhere.csv");
    assert_eq!(ended.code, Some(4), "{}", ended.errors);
}

#[test]
fn a_model_of_nothing_but_inputs_that_move_plays_as_long_as_it_is_told() {
    let folder = Folder::new();
    std::fs::write(folder.at("moves.csv"), "0,level of partial 1,0\n0.5,in1,0\n1,in1,1\n").expect("written");
    let ended = folder.render("generator.ts:additive -o two.wav --seconds 1 --automation moves.csv");
    assert!(ended.errors.contains("inlet 1 twice"), "{}", ended.errors);
    std::fs::write(folder.at("moves.csv"), "0,level of partial 1,0\n0,in2,0.5\n").expect("written");
    folder.rendered("generator.ts:additive -o out.wav --seconds 1 --automation moves.csv");
    let heard = folder.read("out.wav");
    assert_eq!((heard.len(), heard[0].len()), (2, 44_100));
    assert!(heard.iter().flatten().any(|&sample| sample.abs() > 0.1));
}
