//! Pure Data's declarations, in each of its headers that is here: those of the release that the tests play in, and those
//! that the system has.
#![cfg(target_os = "linux")]

mod places;

use std::path::{Path, PathBuf};

use host_headers::{Header, Interface, Place, Row, Size, Table, differences, is_required};
use places::{libpd, read, root};

const ROWS: &[Row] = &[
    Row {
        ours: "Symbol",
        theirs: &["_symbol"],
        size: Size::Same,
        fields: &[("name", "s_name"), ("thing", "s_thing"), ("next", "s_next")],
    },
    Row {
        ours: "Word",
        theirs: &["word"],
        size: Size::Same,
        fields: &[("float", "w_float"), ("symbol", "w_symbol")],
    },
    Row {
        ours: "Atom",
        theirs: &["_atom"],
        size: Size::Same,
        fields: &[("kind", "a_type"), ("word", "a_w")],
    },
    Row {
        ours: "Object",
        theirs: &["_text"],
        size: Size::Room,
        fields: &[
            ("class", "te_g.g_pd"),
            ("next", "te_g.g_next"),
            ("text", "te_binbuf"),
            ("outlets", "te_outlet"),
            ("inlets", "te_inlet"),
        ],
    },
    Row {
        ours: "Signal",
        theirs: &["_signal"],
        size: Size::Beginning,
        fields: &[("frames", "s_n"), ("samples", "s_vec"), ("sample_rate_hz", "s_sr")],
    },
    Row {
        ours: "MultichannelSignal",
        theirs: &["_signal"],
        size: Size::Beginning,
        fields: &[
            ("frames", "s_n"),
            ("samples", "s_vec"),
            ("sample_rate_hz", "s_sr"),
            ("channels", "s_nchans"),
        ],
    },
    Row { ours: "Class", theirs: &["_class"], size: Size::Opaque, fields: &[] },
    Row { ours: "Outlet", theirs: &["_outlet"], size: Size::Opaque, fields: &[] },
    Row { ours: "Clock", theirs: &["_clock"], size: Size::Opaque, fields: &[] },
    Row { ours: "Canvas", theirs: &["_glist"], size: Size::Opaque, fields: &[] },
];

const TABLE: Table = Table {
    rows: ROWS,
    looked_up: &[
        ("pd_findbyclass", Place::Field("ArrayFunctions", "find")),
        ("garray_getfloatwords", Place::Field("ArrayFunctions", "words")),
        ("garray_resize_long", Place::Field("ArrayWriting", "resize")),
        ("garray_redraw", Place::Field("ArrayWriting", "redraw")),
        ("canvas_path_iterate", Place::Type("IteratePath")),
        ("t_perfroutine", Place::Type("Perform")),
    ],
    // A variable; a function that Pd's own files declare for each other; one that answers something in newer headers, which is not
    // looked at; Pd's library on Windows, and a function whose place alone is asked for.
    in_no_header: &["garray_class", "glist_getindex", "sys_getversion", "pd.dll", "pd_new"],
    own_constants: &[],
    renamed: &[],
};

/// What a Pd older than 0.54 does not have yet, which the frontend asks for where it is.
const MULTICHANNEL: [&str; 2] = ["MultichannelSignal.channels: ", "CLASS_MULTICHANNEL: "];

fn header(folder: PathBuf, double: bool) -> Header {
    Header {
        files: vec!["m_pd.h", "g_canvas.h"],
        folders: vec![folder],
        defines: if double { vec!["PD=1", "PD_FLOATSIZE=64"] } else { vec!["PD=1"] },
        is_cpp: false,
    }
}

fn frontend(double: bool) -> Interface {
    let files = ["frontend-pd/src/ffi.rs", "frontend-pd/src/optional.rs"].map(|file| root().join(file));
    Interface::of_files(files.iter().map(PathBuf::as_path), double)
}

#[test]
fn the_frontend_declares_what_the_headers_of_the_played_release_do() {
    for double in [false, true] {
        let Some(theirs) = header(libpd().join("pure-data/src"), double).read() else { return };
        assert_eq!(differences(&frontend(double), &theirs, &TABLE), Vec::<String>::new(), "double: {double}");
    }
}

#[test]
fn the_frontend_declares_what_the_systems_headers_do() {
    let mut compared = 0;
    for folder in ["/usr/include/pd", "/usr/local/include/pd"] {
        let folder = Path::new(folder);
        if !folder.join("g_canvas.h").is_file() {
            continue;
        }
        let Some(theirs) = header(folder.to_owned(), false).read() else { return };
        let mut found = differences(&frontend(false), &theirs, &TABLE);
        if found.len() == MULTICHANNEL.len() {
            found.retain(|line| !MULTICHANNEL.iter().any(|known| line.starts_with(known)));
        }
        assert_eq!(found, Vec::<String>::new(), "{}", folder.display());
        compared += 1;
    }
    assert!(
        compared > 0 || !is_required(),
        "no headers of Pd: on Debian and Ubuntu: sudo apt install puredata-dev"
    );
}

#[test]
fn the_small_files_that_pd_opens_declare_what_the_header_does() {
    let Some(theirs) = header(libpd().join("pure-data/src"), false).read() else { return };
    let ours = Interface::of_files([root().join("frontend-pd/stub/src/lib.rs").as_path()], false);
    assert_eq!(differences(&ours, &theirs, &STUB), Vec::<String>::new());
}

const STUB: Table = Table {
    rows: &[],
    looked_up: &[],
    in_no_header: &["%s", "nn_pd_setup_1"],
    own_constants: &[],
    renamed: &[],
};

/// Each of these faults in the declarations is found, and called by its name: what stands there, what is put in its place, how
/// the line begins that says so.
#[rustfmt::skip]
const FAULTS: &[(&str, &str, &str)] = &[
    ("count: c_int, atoms: *mut Atom", "count: i16, atoms: *mut Atom", "outlet_anything: argument 3"),
    ("delay_ms: c_double", "delay_ms: f32", "clock_delay: argument 2"),
    ("pub fn sys_getsr() -> Float", "pub fn sys_getsr() -> f64", "sys_getsr: the result"),
    (
        "pub fn canvas_update_dsp();",
        "pub fn canvas_update_dsp(now: c_int);",
        "canvas_update_dsp: 1 arguments",
    ),
    (
        "pub fn dsp_add(routine: Perform, count: c_int, ...)",
        "pub fn dsp_add(routine: Perform, count: c_int)",
        "dsp_add: one side",
    ),
    ("pub fn gensym(", "pub fn gensymbol(", "gensymbol: the header has no such function"),
    ("outlet: *mut Outlet,", "outlet: *mut Clock,", "outlet_anything: argument 1"),
    (
        "canvas: *const Canvas) -> *mut Symbol",
        "canvas: *const Canvas) -> *mut Clock",
        "canvas_getdir: the result",
    ),
    ("(*mut Int) -> *mut Int", "(*mut c_int) -> *mut Int", "t_perfroutine: argument 1"),
    ("pub samples: *mut Float,", "pub more: c_int,\n    pub samples: *mut Float,", "Signal.more: no row"),
    ("pub frames: c_int,", "pub frames: i64,", "Signal.frames: "),
    (
        "    pub channels: c_int,",
        "    rest: u64,\n    pub channels: c_int,",
        "MultichannelSignal.channels: at 32",
    ),
    (
        "pub thing: *mut c_void,\n    next: *mut Symbol,",
        "next: *mut Symbol,\n    pub thing: *mut c_void,",
        "Symbol.thing: at 16",
    ),
    ("rest: [u64; 3]", "rest: [u64; 0]", "Object: Extent"),
    ("pub const A_CANT: c_int = 11;", "pub const A_CANT: c_int = 10;", "A_CANT: 10, the header has 11"),
    (
        "pub type IteratePath = unsafe extern \"C\" fn(\n    *const Canvas,",
        "pub type IteratePath = unsafe extern \"C\" fn(\n    c_int,",
        "canvas_path_iterate: argument 1",
    ),
    ("c\"pd_findbyclass\"", "c\"pd_findbyname\"", "pd_findbyname: it is looked up"),
];

#[test]
fn faults_in_the_declarations_are_found() {
    let Some(theirs) = header(libpd().join("pure-data/src"), false).read() else { return };
    let sound = [read("frontend-pd/src/ffi.rs"), read("frontend-pd/src/optional.rs")];
    for (from, to, said) in FAULTS {
        assert!(sound.iter().any(|text| text.contains(from)), "nothing to spoil: {from}");
        let broken = sound.each_ref().map(|text| text.replace(from, to));
        let found = differences(&Interface::of_texts(&broken, false), &theirs, &TABLE);
        assert!(found.iter().any(|line| line.starts_with(said)), "{to}: {found:#?}");
    }
}
