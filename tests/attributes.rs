//! Values of attributes in a patch: sent as lists, told apart by `[route]`, in both Pds.

mod support;

use std::time::Duration;

use support::{
    host::Host,
    model,
    patch::{Patch, escaped},
    pd,
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
