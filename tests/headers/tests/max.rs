//! Max's declarations: in the header that `tests/max-host` is written from, and, where `NN_MAX_SDK` names its folder, in
//! those of the public Max SDK, which is not part of this project.
#![cfg(target_os = "linux")]

mod places;

use std::path::PathBuf;

use host_headers::{Header, Interface, Place, Row, Size, Table, differences};
use places::{read, root};

const FILES: [&str; 5] = ["types", "constants", "max_api", "max_audio", "newer"];

const ROWS: &[Row] = &[
    Row {
        ours: "Symbol",
        theirs: &["symbol"],
        size: Size::Same,
        fields: &[("name", "s_name"), ("thing", "s_thing")],
    },
    Row {
        ours: "Word",
        theirs: &["word"],
        size: Size::Same,
        fields: &[("long", "w_long"), ("float", "w_float"), ("symbol", "w_sym"), ("object", "w_obj")],
    },
    Row { ours: "Atom", theirs: &["atom"], size: Size::Same, fields: &[("kind", "a_type"), ("word", "a_w")] },
    Row {
        ours: "Object",
        theirs: &["object"],
        size: Size::Same,
        fields: &[
            ("messages", "o_messlist"),
            ("magic", "o_magic"),
            ("inlet", "o_inlet"),
            ("outlet", "o_outlet"),
        ],
    },
    Row {
        ours: "PxObject",
        theirs: &["pxobject", "t_pxobject"],
        size: Size::Same,
        fields: &[
            ("object", "z_ob"),
            ("inlet", "z_in"),
            ("proxy", "z_proxy"),
            ("disabled", "z_disabled"),
            ("count", "z_count"),
            ("misc", "z_misc"),
        ],
    },
    Row { ours: "Class", theirs: &["class_", "maxclass"], size: Size::Opaque, fields: &[] },
    Row { ours: "Outlet", theirs: &["outlet"], size: Size::Opaque, fields: &[] },
    Row { ours: "Clock", theirs: &["clock"], size: Size::Opaque, fields: &[] },
    Row { ours: "Qelem", theirs: &["qelem"], size: Size::Opaque, fields: &[] },
    Row { ours: "DspChain", theirs: &["dspchain", "_dspchain"], size: Size::Opaque, fields: &[] },
    Row { ours: "Dictionary", theirs: &["dictionary", "_dictionary"], size: Size::Opaque, fields: &[] },
    Row { ours: "BufferRef", theirs: &["buffer_ref", "_buffer_ref"], size: Size::Opaque, fields: &[] },
    Row { ours: "Buffer", theirs: &["object"], size: Size::Opaque, fields: &[] },
    Row { ours: "AtomArray", theirs: &["atomarray", "_atomarray"], size: Size::Opaque, fields: &[] },
];

/// In the header that is part of this project.
const OWN: Table = Table {
    rows: ROWS,
    looked_up: &[
        ("t_perfroutine64", Place::Type("Perform")),
        ("arrayobj_findregistered_retain", Place::Type("Find")),
        ("arrayobj_release", Place::Type("Release")),
        ("maxversion", Place::Type("MaxVersion")),
    ],
    in_no_header: &["nobox", "MaxAPI.dll"],
    own_constants: &["ASSIST_INLET", "ASSIST_ROOM", "FILEUSAGE_AS_FILE", "MAX_PATH_CHARS"],
    renamed: &[],
};

/// In Max's: it does not declare what only a newer Max has.
const SDK: Table = Table {
    looked_up: &[("t_perfroutine64", Place::Type("Perform")), ("maxversion", Place::Type("MaxVersion"))],
    in_no_header: &["nobox", "MaxAPI.dll", "arrayobj_findregistered_retain", "arrayobj_release"],
    own_constants: &["ASSIST_ROOM", "FILEUSAGE_AS_FILE"],
    ..OWN
};

fn frontend() -> Interface {
    let files = FILES.map(|file| root().join(format!("frontend-max/src/ffi/{file}.rs")));
    Interface::of_files(files.iter().map(PathBuf::as_path), false)
}

fn own() -> Header {
    let folders = vec![root().join("tests/max-host/c")];
    Header { files: vec!["max_api.h"], folders, defines: Vec::new(), is_cpp: false }
}

#[test]
fn the_frontend_declares_what_the_test_hosts_header_does() {
    let Some(theirs) = own().read() else { return };
    assert_eq!(differences(&frontend(), &theirs, &OWN), Vec::<String>::new());
}

#[test]
fn the_frontend_declares_what_the_sdk_does() {
    let Some(sdk) = std::env::var_os("NN_MAX_SDK").map(PathBuf::from) else {
        println!("skipped: NN_MAX_SDK does not name the folder of the Max SDK");
        return;
    };
    let base = sdk.join("source/max-sdk-base/c74support");
    let folders: Vec<_> = ["max-includes", "msp-includes"].map(|name| base.join(name)).into();
    assert!(folders[0].is_dir(), "{} is missing: check out the SDK's submodule", folders[0].display());
    let files = vec!["ext.h", "ext_obex.h", "z_dsp.h", "ext_buffer.h", "ext_dictobj.h", "ext_systhread.h"];
    let Some(theirs) = (Header { files, folders, defines: Vec::new(), is_cpp: false }).read() else { return };
    assert_eq!(differences(&frontend(), &theirs, &SDK), Vec::<String>::new());
}

#[test]
fn the_small_files_that_max_opens_declare_what_the_header_does() {
    let Some(theirs) = own().read() else { return };
    let ours = Interface::of_files([root().join("frontend-max/stub/src/lib.rs").as_path()], false);
    assert_eq!(differences(&ours, &theirs, &STUB), Vec::<String>::new());
}

const STUB: Table = Table {
    rows: &[],
    looked_up: &[],
    in_no_header: &["%s", "nn_max_setup_1"],
    own_constants: &[],
    renamed: &[],
};

/// Each of these faults in the declarations is found, and called by its name: what stands there, what is put in its place, how
/// the line begins that says so.
#[rustfmt::skip]
const FAULTS: &[(&str, &str, &str)] = &[
    ("count: c_long,\n        atoms: *mut Atom,", "count: c_short,\n        atoms: *mut Atom,", "class_attr_addattr_atoms: argument 6"),
    ("pub fn sys_getsr() -> f32", "pub fn sys_getsr() -> f64", "sys_getsr: the result"),
    ("pub fn buffer_locksamples(buffer: *mut Buffer) -> *mut f32", "pub fn buffer_locksamples(buffer: *mut Buffer) -> *mut f64", "buffer_locksamples: the result"),
    ("p8: *mut c_void,\n    ) -> *mut c_void", ") -> *mut c_void", "object_method_imp: 9 arguments"),
    ("    inlet: Long,\n    proxy: *mut c_void,", "    proxy: *mut c_void,\n    inlet: Long,", "PxObject.proxy: at 32"),
    ("type PxObject = PxObjectOf<c_long>", "type PxObject = PxObjectOf<i32>", "PxObject: Extent"),
    ("pub kind: c_short,", "pub kind: i64,", "Atom.kind: "),
    ("    frames: c_long,\n    flags", "    frames: f64,\n    flags", "t_perfroutine64: argument 7"),
    ("type Release = unsafe extern \"C\" fn(*mut AtomArray)", "type Release = unsafe extern \"C\" fn(*mut Symbol)", "arrayobj_release: argument 1"),
    ("pub const Z_MC_INLETS: c_short = 32;", "pub const Z_MC_INLETS: c_short = 16;", "Z_MC_INLETS: 16"),
];

#[test]
fn faults_in_the_declarations_are_found() {
    let Some(theirs) = own().read() else { return };
    let sound = FILES.map(|file| read(&format!("frontend-max/src/ffi/{file}.rs")));
    for (from, to, said) in FAULTS {
        assert!(sound.iter().any(|text| text.contains(from)), "nothing to spoil: {from}");
        let broken = sound.each_ref().map(|text| text.replace(from, to));
        let found = differences(&Interface::of_texts(&broken, false), &theirs, &OWN);
        assert!(found.iter().any(|line| line.starts_with(said)), "{to}: {found:#?}");
    }
}
