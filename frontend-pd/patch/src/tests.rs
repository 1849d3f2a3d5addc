use super::*;
use nn_core::message::typed as atoms;

/// The ports of `[nn~ ARGUMENTS]` as object number `index`; the only abstraction is `[inside]`.
fn found(text: &str, arguments: &str, index: usize) -> Option<(Option<usize>, Option<usize>)> {
    let made = Made { class: "nn~", arguments: &atoms(arguments), index };
    let inside = |name: &str| {
        (name == "inside")
            .then(|| "#N canvas 0 0 9 9 12;\n#X obj 90 9 inlet;\n#X obj 9 9 inlet~;\n".to_owned())
    };
    ports(text, made, &inside).map(|ports| (ports.inlets, ports.outlets))
}

/// A patch of these objects and wires.
fn patch(objects: &[&str], wires: &[&str]) -> String {
    let objects = objects.iter().map(|object| format!("#X {object};\n")).collect::<String>();
    let wires = wires.iter().map(|wire| format!("#X connect {wire};\n")).collect::<String>();
    format!("#N canvas 0 0 450 300 12;\n{objects}{wires}")
}

#[test]
fn the_outlet_that_speaks_is_told_by_where_it_leads() {
    let box_and = |target: &str, wires: &[&str]| patch(&["obj 9 9 nn~ m", target], wires);
    for (target, inlet, outlets) in [
        ("obj 9 9 dac~", 0, 3),
        ("obj 9 9 print", 0, 2),
        ("msg 9 9 set \\$1", 0, 2),
        ("floatatom 9 9 5 0 0 0 - - - 0", 0, 2),
        ("obj 9 9 clone 4 voice", 0, 3),
        ("obj 9 9 \\$1", 0, 3),
        // Its left inlet is one for signals, its right one is not.
        ("obj 9 9 inside", 0, 3),
        ("obj 9 9 inside", 1, 2),
    ] {
        let text = box_and(target, &["0 0 1 0", &format!("0 2 1 {inlet}")]);
        assert_eq!(found(&text, "m", 0), Some((None, Some(outlets))), "{target} {inlet}");
    }
    assert_eq!(found(&box_and("obj 9 9 osc~", &["1 0 0 4"]), "m", 0), Some((Some(5), None)));
    assert_eq!(found(&box_and("obj 9 9 osc~", &[]), "m", 0), Some((None, None)));
    // One wire that cannot carry a signal is enough.
    let both = patch(&["obj 9 9 nn~ m", "obj 9 9 dac~", "obj 9 9 print"], &["0 1 1 0", "0 1 2 0"]);
    assert_eq!(found(&both, "m", 0), Some((None, Some(1))));
    // Ports that no box has are those of a damaged file.
    assert_eq!(found(&box_and("obj 9 9 dac~", &["0 99999 1 0", "1 0 0 99999"]), "m", 0), Some((None, None)));
}

#[test]
fn a_subpatch_has_its_inlets_from_left_to_right() {
    for (inlet, outlets) in [(0, 1), (1, 0), (2, 1)] {
        let text = format!(
            "#N canvas 0 0 9 9 12;\n#X obj 9 9 nn~ m;\n#N canvas 0 0 9 9 inner 0;\n#X obj 80 9 inlet;\n\
             #X obj 20 9 inlet~;\n#X restore 9 9 pd inner;\n#X connect 0 0 1 {inlet};\n"
        );
        assert_eq!(found(&text, "m", 0), Some((None, Some(outlets))), "{inlet}");
    }
}

#[test]
fn objects_are_numbered_as_pd_numbers_them() {
    let ahead = [
        ("#X obj 1 1 osc~ 440", 1),
        ("#X obj 1 1", 1),
        ("#X msg 1 1 a \\; b \\, c", 1),
        ("#X text 1 1 #X obj in a comment \\; #X obj", 1),
        ("#X floatatom 1 1 5 0 0 0 - - - 0", 1),
        ("#X symbolatom 1 1 5 0 0 0 - - - 0", 1),
        ("#X listbox 1 1 20 0 0 0 - - - 0", 1),
        ("#X obj 1 1 tgl 15 0 empty empty empty 0 -6 0 8 #fff #000 #000 0 1", 1),
        ("#X obj 1 1 print, f 12", 1),
        (
            "#N canvas 0 0 9 9 (subpatch) 0;\n#X array a 3 float 3;\n#A 0 0 0 0;\n#X coords 0 1 3 -1 9 9 1;\n\
          #X restore 1 1 graph",
            1,
        ),
        (
            "#N canvas 0 0 9 9 a 0;\n#N canvas 0 0 9 9 b 0;\n#X obj 1 1 bang;\n#X restore 1 1 pd b;\n\
          #X restore 1 1 pd a",
            1,
        ),
        ("#X graph graph1 0 -1 9 1 1 1 9 9;\n#X array a 3 float;\n#X pop", 1),
        ("#X scalar dot 1 2 \\;", 1),
        ("#N struct dot float x float y", 0),
        ("#X declare -path here", 0),
        ("#X f 12", 0),
        ("#X coords 0 1 100 -1 200 140 1", 0),
        ("#A 0 1 2 3", 0),
    ];
    for (line, count) in ahead {
        let text = format!("#N canvas 0 0 9 9 12;\n{line};\n#X obj 1 1 nn~ m;\n#X connect 7 0 {count} 3;\n");
        assert_eq!(found(&text, "m", count), Some((Some(4), None)), "{line}");
        assert_eq!(found(&text, "m", count + 1), None, "{line}");
    }
}

#[test]
fn a_box_is_known_by_its_words() {
    for (typed, made, same) in [
        ("nn~ m", "m", true),
        ("nn~ m", "n", false),
        ("nn~ m", "m forward", false),
        ("nn~ m forward", "m", false),
        ("folder/nn~ m", "m", true),
        ("mc.nn~ m", "m", false),
        ("nn~ m forward 2048", "m forward 2048", true),
        ("nn~ m forward 2048", "m forward 1024", false),
        ("nn~ m forward 1.6e+07", "m forward 16000000", true),
        ("nn~ \\$1 forward \\$2", "m forward 64", true),
        ("nn~ \\$1 forward \\$2", "m decode 64", false),
        ("nn~ /models/\\$1.ts", "/models/m.ts", true),
        ("nn~ \\$@", "m decode 64", true),
        ("nn~ m -1", "m -1", true),
        ("nn~ m, f 12", "m", true),
    ] {
        let text = patch(&[&format!("obj 9 9 {typed}")], &["0 0 0 1"]);
        assert_eq!(found(&text, made, 0).is_some(), same, "{typed} as {made}");
    }
    let made = Made { class: "nn~", arguments: &[Atom::symbol("my, model;")], index: 0 };
    let text = patch(&["obj 9 9 nn~ my\\,\\ model\\;"], &[]);
    assert!(ports(&text, made, &|_| None).is_some());
}

#[test]
fn of_boxes_alike_the_largest_numbers_count() {
    let text = "#N canvas 0 0 9 9 12;\n#N canvas 0 0 9 9 a 0;\n#X obj 1 1 nn~ m;\n#X obj 1 1 osc~;\n\
                #X connect 1 0 0 2;\n#X connect 0 0 1 0;\n#X restore 1 1 pd a;\n#N canvas 0 0 9 9 b 0;\n\
                #X obj 1 1 nn~ m;\n#X obj 1 1 osc~;\n#X connect 1 0 0 1;\n#X connect 0 3 1 0;\n#X restore 1 1 pd b;\n";
    assert_eq!(found(text, "m", 0), Some((Some(3), Some(4))));
}

#[test]
fn damaged_text_is_no_patch_of_the_box() {
    for text in [
        "",
        ";;;",
        "\\",
        "#X obj 1 1 nn~ m",
        "#X restore;#X pop;#X connect 0 0 0 0",
        "#N canvas;#X restore 1 1 pd;#X pop;#X obj",
        "#N canvas;#X connect -1 0 1e9 99999999999999999999999;",
        "#N canvas;#X graph;#X graph;#X restore;#X restore;#X restore;#X restore",
        "\u{feff}#N canvas;#X obj é é ü~",
    ] {
        assert_eq!(found(text, "m", 0), None, "{text}");
    }
    // Without an end, in depth: by loops, not by recursion.
    let deep = "#N canvas;".repeat(100_000) + "#X obj 1 1 nn~ m;#X connect 0 1 0 1";
    assert_eq!(found(&deep, "m", 0), Some((Some(2), Some(2))));
}
