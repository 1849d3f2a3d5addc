//! A table of boxes, of what is sent to them, and of what they say.

/// A box, what is sent to it once every model is there, and what it says.
pub struct Case {
    /// Creation arguments; `MODELS` is the project's folder of models.
    pub arguments: &'static str,
    /// Messages, one after the other.
    pub messages: &'static [&'static str],
    /// Lines of the information outlet, in this order, perhaps with others between them.
    pub answers: &'static [&'static str],
    /// The one line on the console that must be there, after `nn~: `; none when empty.
    pub error: &'static str,
}

pub const CASES: &[Case] = &[
    Case {
        arguments: "MODELS/gain.ts forward 2048",
        messages: &[
            "get gain",
            "set gain 0.25",
            "get gain",
            "set muted 1",
            "get muted",
            "set muted off",
            "get muted",
        ],
        answers: &["gain 1", "gain 0.25", "muted 1", "muted 0"],
        error: "",
    },
    Case {
        arguments: "MODELS/gain forward 0",
        messages: &[
            "set offset_steps -3",
            "get offset_steps",
            "set mode square",
            "get mode",
            "set range -0.5 0.75",
            "get range",
        ],
        answers: &["offset_steps -3", "mode square", "range -0.5 0.75"],
        error: "",
    },
    Case {
        arguments: "MODELS/gain inverse",
        messages: &["bang"],
        answers: &[
            "loaded 1",
            "enabled 1",
            "gpu 0",
            "methods forward inverse",
            "method inverse",
            "attributes gain muted offset_steps mode range curve table",
            "bufsize 4096",
            "dim 1 1",
            "ratio 1 1",
            "latency 8128",
            "device cpu",
        ],
        error: "",
    },
    Case {
        arguments: "MODELS/features bands8 512",
        messages: &["latency", "dump"],
        answers: &["latency 960", "dim 1 8", "ratio 1 512", "rate 44100"],
        error: "",
    },
    Case {
        arguments: "MODELS/identity 100",
        messages: &["enable 0", "bang", "enable 1", "bang", "wait 1", "wait auto", "wait 0", "stats"],
        answers: &["enabled 0", "enabled 1", "bufsize 100", "stats blocks 0 late 0"],
        error: "",
    },
    Case {
        arguments: "MODELS/gain",
        messages: &["set gain -1", "get gain"],
        answers: &["gain 1"],
        error: "gain: the model refused -1 (code 1): it takes a float (a number), but not every one",
    },
    Case {
        arguments: "MODELS/gain",
        messages: &["set gain loud"],
        answers: &["error"],
        error: "gain: value 1 must be",
    },
    Case {
        arguments: "MODELS/gain",
        messages: &["set range 1"],
        answers: &["error"],
        error: "range takes float float",
    },
    Case {
        arguments: "MODELS/gain",
        messages: &["set 3 4"],
        answers: &["error"],
        error: "set: '3 4': type set",
    },
    Case {
        arguments: "MODELS/gain",
        messages: &["set gan 1"],
        answers: &["error"],
        error: "no attribute 'gan': the model has gain,",
    },
    Case {
        arguments: "MODELS/gain",
        messages: &["get"],
        answers: &["error"],
        error: "get: nothing after it",
    },
    Case {
        arguments: "MODELS/gain",
        messages: &["fly 3", "fly 3", "fly 3"],
        answers: &["error"],
        error: "no message 'fly'",
    },
    Case {
        arguments: "MODELS/gain",
        messages: &["5", "symbol x", "bang"],
        answers: &["loaded 1"],
        error: "no message 'symbol'",
    },
    Case { arguments: "", messages: &["bang"], answers: &["loaded 0"], error: "" },
    Case {
        arguments: "void",
        messages: &["bang", "set x 1"],
        answers: &["loaded 0"],
        error: "x: there is no model yet",
    },
    Case {
        arguments: "void 2 3 512",
        messages: &["latency"],
        answers: &["error"],
        error: "latency: there is no model yet",
    },
    Case {
        arguments: "nowhere",
        messages: &["bang"],
        answers: &["loaded 0"],
        error: "no model 'nowhere': put nowhere.ts beside",
    },
    Case {
        arguments: "MODELS/gain fly",
        messages: &["bang"],
        answers: &["loaded 0"],
        error: "no method 'fly' in",
    },
    Case {
        arguments: "MODELS/gain forward -5",
        messages: &["bang"],
        answers: &["loaded 0"],
        error: "argument '-5' is no buffer",
    },
    Case {
        arguments: "7 forward",
        messages: &["bang"],
        answers: &["loaded 0"],
        error: "argument '7' is a number where",
    },
    Case { arguments: "MODELS/README.md", messages: &["bang"], answers: &["loaded 0"], error: "README.md: " },
    Case { arguments: r"beside\ me", messages: &["bang"], answers: &["loaded 1", "dim 2 2"], error: "" },
    Case { arguments: "übung swap", messages: &["bang"], answers: &["loaded 1", "method swap"], error: "" },
];
