//! SuperCollider's declarations: in the headers for plug-ins that are installed (`supercollider-dev`), which are C++.
#![cfg(target_os = "linux")]

mod places;

use std::path::Path;

use host_headers::{Header, Interface, ROOM, Row, Size, Table, differences, is_required};
use places::{read, root};

const ROWS: &[Row] = &[
    Row {
        ours: "MessageIterator",
        theirs: &["sc_msg_iter"],
        size: Size::Same,
        fields: &[
            ("data", "data"),
            ("read", "rdpos"),
            ("end", "endpos"),
            ("tags", "tags"),
            ("size", "size"),
            ("count", "count"),
        ],
    },
    Row {
        ours: "InterfaceTable",
        theirs: &["InterfaceTable"],
        size: Size::Same,
        fields: &[
            ("sine_size", "mSineSize"),
            ("tables", ROOM),
            ("print", "fPrint"),
            ("random_seed", "fRanSeed"),
            ("define_unit", "fDefineUnit"),
            ("define_plug_in_command", "fDefinePlugInCmd"),
            ("define_unit_command", "fDefineUnitCmd"),
            ("define_buffer_generator", "fDefineBufGen"),
            ("clear_unit_outputs", "fClearUnitOutputs"),
            ("allocation", ROOM),
            ("rt_alloc", "fRTAlloc"),
            ("rt_realloc", "fRTRealloc"),
            ("rt_free", "fRTFree"),
            ("nodes", ROOM),
            ("group_delete_all", "fGroup_DeleteAll"),
            ("done_action", "fDoneAction"),
            ("do_asynchronous_command", "fDoAsynchronousCommand"),
            ("more", ROOM),
        ],
    },
    Row {
        ours: "Unit",
        theirs: &["Unit"],
        size: Size::Unaligned,
        fields: &[
            ("world", "mWorld"),
            ("definition", "mUnitDef"),
            ("parent", "mParent"),
            ("num_inputs", "mNumInputs"),
            ("num_outputs", "mNumOutputs"),
            ("calc_rate", "mCalcRate"),
            ("special_index", "mSpecialIndex"),
            ("parent_index", "mParentIndex"),
            ("done", "mDone"),
            ("wires", "mInput"),
            ("out_wires", "mOutput"),
            ("rate", "mRate"),
            ("extensions", "mExtensions"),
            ("in_buffers", "mInBuf"),
            ("out_buffers", "mOutBuf"),
            ("calc", "mCalcFunc"),
            ("block_frames", "mBufLength"),
            ("tail", ROOM),
        ],
    },
    Row {
        ours: "Wire",
        theirs: &["Wire"],
        size: Size::Unaligned,
        fields: &[
            ("from", "mFromUnit"),
            ("calc_rate", "mCalcRate"),
            ("gap", ROOM),
            ("buffer", "mBuffer"),
            ("scalar", "mScalarValue"),
            ("tail", ROOM),
        ],
    },
    Row {
        ours: "Rate",
        theirs: &["Rate"],
        size: Size::Same,
        fields: &[
            ("sample_rate_hz", "mSampleRate"),
            ("sample_duration", "mSampleDur"),
            ("buffer_duration", "mBufDuration"),
            ("buffer_rate", "mBufRate"),
            ("slope_factor", "mSlopeFactor"),
            ("radians_per_sample", "mRadiansPerSample"),
            ("block_frames", "mBufLength"),
            ("filter_loops", "mFilterLoops"),
            ("filter_remain", "mFilterRemain"),
            ("filter_slope", "mFilterSlope"),
        ],
    },
    Row {
        ours: "Node",
        theirs: &["Node"],
        size: Size::Same,
        fields: &[
            ("id", "mID"),
            ("hash", "mHash"),
            ("world", "mWorld"),
            ("definition", "mDef"),
            ("calc", "mCalcFunc"),
            ("previous", "mPrev"),
            ("next", "mNext"),
            ("parent", "mParent"),
            ("is_group", "mIsGroup"),
        ],
    },
    Row { ours: "Graph", theirs: &["Graph"], size: Size::Beginning, fields: &[("node", "mNode")] },
    Row {
        ours: "World",
        theirs: &["World"],
        size: Size::Beginning,
        fields: &[
            ("hidden", "hw"),
            ("table", "ft"),
            ("sample_rate_hz", "mSampleRate"),
            ("block_frames", "mBufLength"),
            ("block_counter", "mBufCounter"),
            ("counts", ROOM),
            ("num_sound_buffers", "mNumSndBufs"),
            ("sound_buffers", "mSndBufs"),
            ("sound_buffers_mirror", "mSndBufsNonRealTimeMirror"),
            ("updates", "mSndBufUpdates"),
            ("top_group", "mTopGroup"),
            ("full_rate", "mFullRate"),
            ("control_rate", "mBufRate"),
            ("generators", ROOM),
            ("sample_offset", "mSampleOffset"),
            ("lock", "mNRTLock"),
            ("unused", ROOM),
            ("real_time", "mRealTime"),
        ],
    },
    buffers(Size::Same),
];

/// Buffers are the only structure that is another one in supernova.
const fn buffers(size: Size) -> Row {
    Row {
        ours: "SoundBufferHeader",
        theirs: &["SndBuf"],
        size,
        fields: &[
            ("sample_rate_hz", "samplerate"),
            ("sample_duration", "sampledur"),
            ("data", "data"),
            ("channels", "channels"),
            ("samples", "samples"),
            ("frames", "frames"),
            ("masks", ROOM),
            ("file", "sndfile"),
        ],
    }
}

const SCSYNTH: Table = Table {
    rows: ROWS,
    looked_up: &[],
    in_no_header: &[],
    own_constants: &[],
    renamed: &[
        ("API_VERSION", "sc_api_version"),
        ("CALC_RATE_SCALAR", "calc_ScalarRate"),
        ("CALC_RATE_AUDIO", "calc_FullRate"),
    ],
};

/// Where Debian's package puts them.
const INSTALLED: &str = "/usr/include/SuperCollider";

/// Not the one that includes all: with it come functions that need a compiler's own headers.
const HEADERS: [&str; 6] =
    ["SC_InterfaceTable.h", "SC_World.h", "SC_Graph.h", "SC_Wire.h", "SC_Rate.h", "sc_msg_iter.h"];

/// `None` where they are not installed, which is said on standard error.
fn headers(defines: &[&'static str]) -> Option<Interface> {
    if !Path::new(INSTALLED).is_dir() {
        let missing = format!("no {INSTALLED}: on Debian and Ubuntu: sudo apt install supercollider-dev");
        assert!(!is_required(), "{missing}");
        let line = format!("skipped, headers are not compared: {missing}\n");
        let _written = std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes());
        return None;
    }
    let folders = ["plugin_interface", "common"].map(|name| Path::new(INSTALLED).join(name)).into();
    Header { files: HEADERS.into(), folders, defines: defines.into(), is_cpp: true }.read()
}

/// The texts of all files of declarations.
fn declarations() -> Vec<String> {
    let folder = root().join("frontend-supercollider/src/ffi");
    let paths = folder.read_dir().expect("the declarations").map(|entry| entry.expect("an entry").path());
    paths.map(|path| std::fs::read_to_string(path).expect("a text")).collect()
}

fn frontend() -> Interface {
    Interface::of_texts(&declarations(), false)
}

#[test]
fn the_frontend_declares_what_the_headers_do_for_scsynth() {
    let Some(theirs) = headers(&[]) else { return };
    assert_eq!(differences(&frontend(), &theirs, &SCSYNTH), Vec::<String>::new());
}

#[test]
fn for_supernova_only_buffers_are_longer_by_their_lock() {
    let Some(theirs) = headers(&["SUPERNOVA"]) else { return };
    let mut rows = ROWS.to_vec();
    rows.pop();
    rows.push(buffers(Size::Longer(8)));
    let supernova = Table { rows: rows.leak(), ..SCSYNTH };
    assert_eq!(differences(&frontend(), &theirs, &supernova), Vec::<String>::new());
    // `frontend-supercollider/src/buffers.rs` counts with it.
    assert!(
        read("frontend-supercollider/src/buffers.rs").contains("if server::is_supernova() { 8 } else { 0 }")
    );
}

#[test]
fn the_plug_ins_print_with_the_tables_fifth_entry() {
    let stub = read("frontend-supercollider/stub/src/lib.rs");
    assert!(stub.contains("const PRINT: usize = 4;"));
    let table = read("frontend-supercollider/src/ffi/table.rs");
    // Its place is held above; entries take as many bytes as a pointer.
    assert!(table.contains("offset_of!(InterfaceTable, print) == 32"), "4 * 8");
}

/// Each of these faults in the declarations is found, and called by its name: what stands there, what is put in its place, how
/// the line begins that says so.
#[rustfmt::skip]
const FAULTS: &[(&str, &str, &str)] = &[
    ("pub const API_VERSION: i32 = 3;", "pub const API_VERSION: i32 = 4;", "API_VERSION: 4, the header has 3"),
    ("pub const CALC_RATE_AUDIO: i16 = 2;", "pub const CALC_RATE_AUDIO: i16 = 1;", "CALC_RATE_AUDIO: 1"),
    ("    random_seed: Unused,\n", "", "InterfaceTable.define_unit: at 40"),
    ("rt_realloc: Unused,", "rt_realloc: [Unused; 2],", "InterfaceTable.rt_free: at 136"),
    ("    define_unit_command: Unused,\n    define_buffer_generator: Unused,", "    define_buffer_generator: Unused,\n    define_unit_command: Unused,", "InterfaceTable.define_unit_command: at 72"),
    ("Option<UnitFunction>, u32)", "Option<UnitFunction>, u64)", "InterfaceTable.define_unit: "),
    ("nodes: [Unused; 12]", "nodes: [Unused; 11]", "InterfaceTable.do_asynchronous_command: at 240"),
    ("        CleanUp,\n        c_int,", "        CleanUp,", "InterfaceTable.do_asynchronous_command: "),
    ("pub num_outputs: u32,", "pub num_outputs: u64,", "Unit: Extent"),
    ("pub calc_rate: i32,", "pub calc_rate: i16,", "Wire.calc_rate: "),
    ("    gap: u32,\n", "", "Wire.buffer: at 12"),
    ("#[repr(C, packed(4))]\npub struct Unit", "pub struct Unit", "Unit: it is not declared as C has it"),
    ("#[repr(C, packed(4))]\npub struct Unit", "#[repr(C)]\npub struct Unit", "Unit: Extent"),
    ("    slope_factor: f64,\n", "", "Rate: Extent"),
    ("counts: [u32; 12]", "counts: [u32; 13]", "World.num_sound_buffers: at 84"),
    ("unused: [u8; 16]", "unused: [u8; 8]", "World.real_time: at 312"),
    ("pub channels: c_int,", "pub channels: f64,", "SoundBufferHeader.channels: "),
    ("    size: c_int,\n    count: c_int,", "    count: c_int,\n    size: c_int,", "MessageIterator.count: at 32"),
];

#[test]
fn faults_in_the_declarations_are_found() {
    let Some(theirs) = headers(&[]) else { return };
    let sound = declarations();
    for (from, to, said) in FAULTS {
        assert!(sound.iter().any(|text| text.contains(from)), "nothing to spoil: {from}");
        let broken: Vec<_> = sound.iter().map(|text| text.replace(from, to)).collect();
        let found = differences(&Interface::of_texts(&broken, false), &theirs, &SCSYNTH);
        assert!(found.iter().any(|line| line.starts_with(said)), "{to}: {found:#?}");
    }
}
