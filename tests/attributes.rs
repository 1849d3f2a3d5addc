//! Values of attributes in a patch: sent as lists, told apart by `[route]`, in both Pds; and what they do to the sound, against
//! setters that are called directly.

mod support;

use std::time::Duration;

use nn_core::engine::noise::noise;
use nn_oracle::Value;
use support::{
    direct,
    host::Host,
    model,
    patch::{Patch, escaped},
    pd, read_raw, write_raw,
};

const ATTRIBUTES: [&str; 6] = ["gain", "muted", "offset_steps", "mode", "range", "curve"];

#[test]
fn every_value_leaves_by_its_own_outlet_of_route() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut patch = Patch::new();
    let text = format!("nn~ {} forward 512", escaped(&model("gain").display().to_string()));
    let (nn, route) = (patch.object(&text), patch.object(&format!("route {}", ATTRIBUTES.join(" "))));
    patch.connect(nn, 1, route, 0);
    for (outlet, name) in ATTRIBUTES.iter().enumerate() {
        let print = patch.object(&format!("print {name}"));
        patch.connect(route, outlet, print, 0);
    }
    let begin = patch.object("loadbang");
    // A list that is packed from numbers of the patch, as it comes from sliders.
    let (pack, prefix) = (patch.object("pack f f"), patch.object("list prepend set range"));
    let trim = patch.object("list trim");
    let (second, first) = (patch.message("0.75"), patch.message("-0.5"));
    for (from, outlet, to, inlet) in [
        (second, 0, pack, 1),
        (first, 0, pack, 0),
        (pack, 0, prefix, 0),
        (prefix, 0, trim, 0),
        (trim, 0, nn, 0),
    ] {
        patch.connect(from, outlet, to, inlet);
    }
    let set = patch.message(
        r"set gain 0.25 \, set muted on \, set offset_steps -3 \, set mode square \, set curve 1 0 1",
    );
    let get =
        patch.message(r"get gain \, get muted \, get offset_steps \, get mode \, get range \, get curve");
    let quit = patch.message(r"\; pd quit");
    for (number, step) in [set, second, first, get, quit].into_iter().enumerate() {
        let delay = patch.object(&format!("del {}", 2000 + 200 * number));
        patch.connect(begin, 0, delay, 0);
        patch.connect(delay, 0, step, 0);
    }
    patch.connect(set, 0, nn, 0);
    patch.connect(get, 0, nn, 0);
    let file = folder.path().join("route.pd");
    patch.write(&file);

    let output = pd::output_within(&mut pd::command(&file, &[]), Duration::from_secs(60));
    assert!(output.status.success());
    let in_pd: Vec<_> = String::from_utf8_lossy(&output.stderr).lines().map(str::to_owned).collect();
    let mut host = Host::new(0, 2);
    host.line(format!("open \"{}\"", file.display())).line("realtime 30000");
    let transcript = host.run_to_any_end();
    let in_host: Vec<_> = transcript.after("print").into_iter().map(str::to_owned).collect();
    for lines in [in_pd, in_host] {
        for line in
            ["gain: 0.25", "muted: 1", "offset_steps: -3", "mode: square", "range: -0.5 0.75", "curve: 1 0 1"]
        {
            assert!(lines.contains(&line.to_owned()), "no '{line}': {lines:#?}");
        }
        assert!(lines.iter().all(|line| !line.starts_with("error")), "{lines:#?}");
    }
}

#[test]
fn what_is_set_is_heard_and_read_as_when_the_model_s_setters_are_called_directly() {
    const BUFFER_FRAMES: usize = 512;
    const FRAMES: usize = 16 * BUFFER_FRAMES;
    const LATENCY_FRAMES: usize = BUFFER_FRAMES - 64 + BUFFER_FRAMES;
    let settings = [
        ("gain", "1.7", vec![Value::Float(f64::from(1.7_f32))]),
        ("offset_steps", "-1", vec![Value::Int(-1)]),
        ("mode", "half", vec![Value::Text("half".into())]),
        ("range", "-0.1 -0.05", vec![Value::Float(f64::from(-0.1_f32)), Value::Float(f64::from(-0.05_f32))]),
        ("muted", "0", vec![Value::Bool(false)]),
    ];
    let (mut bare, input) = (direct::load(&model("gain")), noise(5, FRAMES));
    for (name, _, values) in &settings {
        assert_eq!(bare.model().set(name, values), Ok(vec![Value::Int(0)]), "{name}");
        assert_eq!(bare.model().get(name).as_ref(), Ok(values), "{name}");
    }
    let forward = bare.spec().methods.iter().position(|method| method.name == "forward").expect("forward");
    let (wanted, broken) = bare.run(forward, std::slice::from_ref(&input), BUFFER_FRAMES, FRAMES);
    assert!(broken.is_none(), "{broken:?}");

    let folder = tempfile::tempdir().expect("a folder");
    let (file, source) = (folder.path().join("set.pd"), folder.path().join("in.raw"));
    let recording = folder.path().join("out.raw");
    let mut patch = Patch::new();
    let text = format!("nn~ {} forward {BUFFER_FRAMES}", escaped(&model("gain").display().to_string()));
    let (nn, adc, dac) = (patch.object(&text), patch.object("adc~ 1"), patch.object("dac~ 1"));
    let (control, told) = (patch.object("r control"), patch.object("s told"));
    for (from, outlet, to) in [(adc, 0, nn), (control, 0, nn), (nn, 0, dac), (nn, 1, told)] {
        patch.connect(from, outlet, to, 0);
    }
    patch.write(&file);
    write_raw(&source, std::slice::from_ref(&input));
    let mut host = Host::new(1, 1);
    host.line("listen told").line(format!("open \"{}\"", file.display())).line("message control wait 1");
    for (name, text, _) in &settings {
        host.line(format!("message control set {name} {text}"));
    }
    host.line("dsp 1").line(format!("input \"{}\"", source.display()));
    host.line(format!("output \"{}\"", recording.display()));
    host.line(format!("run {}", (FRAMES + LATENCY_FRAMES) / 64));
    for (name, ..) in &settings {
        host.line(format!("message control get {name}")).line("run 100");
    }
    let heard = host.run();
    assert_eq!(heard.errors(), Vec::<&str>::new());
    let played = &read_raw(&recording)[LATENCY_FRAMES..][..FRAMES];
    let differs = played.iter().zip(&wanted[0]).position(|(played, wanted)| played != wanted);
    assert_eq!(differs, None, "the first sample that differs");
    for limit in [-0.1, -0.05] {
        assert!(played.contains(&limit), "the limit {limit} is heard");
    }
    assert!(played.iter().any(|&s| s > -0.1 && s < -0.05), "and what is between");
    for (name, text, _) in &settings {
        assert!(
            heard.lines.iter().any(|line| line.ends_with(&format!("{name} {text}"))),
            "{:#?}",
            heard.lines
        );
    }
}
