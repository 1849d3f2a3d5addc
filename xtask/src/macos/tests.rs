//! Faults put into files are found, each by its own words.

mod files;

use std::{collections::BTreeMap, path::PathBuf};

use self::files::{Plan, linked};
use super::{
    check::{self, faults, system_has},
    image::{Image, Import, Kind},
    signature,
};
use crate::{package::files::entries, run::workspace, target::Target};

const LEAST: Option<(u32, u32)> = Some((14, 0));

#[test]
fn what_the_loader_reads_is_read() {
    let image = Image::read(&linked(&Plan::default())).unwrap();
    assert!(image.arm);
    assert_eq!((image.kind, image.least), (Kind::Library, LEAST));
    assert_eq!(image.name.as_deref(), Some("@rpath/libnn_pd.dylib"));
    assert_eq!(image.libraries, ["/usr/lib/libSystem.B.dylib"]);
    assert_eq!(image.run_paths, ["@loader_path"]);
    assert_eq!(image.exports.iter().collect::<Vec<_>>(), ["_nn_pd_setup_1"]);
    let import = |symbol: &str, library: Option<&str>| Import {
        symbol: symbol.into(),
        library: library.map(str::to_owned),
    };
    assert_eq!(image.imports, [import("_malloc", Some("/usr/lib/libSystem.B.dylib")), import("_post", None)]);
}

#[test]
fn a_changed_page_a_signature_that_is_gone_and_one_of_somebody_are_named() {
    let told = |change: &dyn Fn(&mut Vec<u8>)| {
        let mut bytes = linked(&Plan::default());
        change(&mut bytes);
        signature::faults(&bytes).unwrap()
    };
    assert_eq!(told(&|_| ()), Vec::<String>::new());
    assert_eq!(told(&|bytes| bytes[files::PAGE + 7] ^= 1), ["was changed after it was signed: page 2 of 2"]);
    assert_eq!(
        told(&|bytes| files::turn(bytes, "nn_pd_setup_1", "nn_pd_setup_2")),
        ["was changed after it was signed: page 1 of 2"]
    );
    assert_eq!(told(&|bytes| bytes.push(0)).len(), 1, "something stands behind the signature");
    let unsigned = linked(&Plan { signed: false, ..Plan::default() });
    assert_eq!(signature::faults(&unsigned).unwrap(), ["has no signature"]);
    let somebody = linked(&Plan { flags: 0, ..Plan::default() });
    assert_eq!(signature::faults(&somebody).unwrap().len(), 1);
    let nameless = linked(&Plan { identifier: "", ..Plan::default() });
    assert_eq!(signature::faults(&nameless).unwrap(), ["has a signature without an identifier"]);
}

#[test]
fn a_file_in_a_folder_is_read_and_its_faults_have_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("libnn_pd.dylib");
    std::fs::write(folder.path().join("README.txt"), "no code").unwrap();
    let run = |bytes: &[u8]| {
        std::fs::write(&place, bytes).unwrap();
        let files = check::in_folder(folder.path()).unwrap();
        assert_eq!(files.len(), 1);
        check::run(Target::named("macos-aarch64").unwrap().platform, &files)
    };
    let mut bytes = linked(&Plan::default());
    run(&bytes).unwrap();
    bytes[40] ^= 1;
    let refused = run(&bytes).unwrap_err().message;
    assert!(refused.contains("libnn_pd.dylib"), "{refused}");
}

/// A core for Pd beside libtorch, as they should be, after a change; what is wrong with them then.
fn changed(change: impl Fn(&mut Image, &mut Image)) -> Vec<String> {
    let import = |symbol: &str, library: Option<&str>| Import {
        symbol: symbol.into(),
        library: library.map(str::to_owned),
    };
    let mut torch = Image {
        arm: true,
        kind: Kind::Library,
        least: LEAST,
        name: Some("@rpath/libnn_torch.dylib".into()),
        libraries: vec!["/usr/lib/libc++.1.dylib".into(), "@rpath/libc10.dylib".into()],
        run_paths: vec!["@loader_path".into(), "@loader_path/libtorch/lib".into()],
        imports: vec![
            import("_free", Some("/usr/lib/libc++.1.dylib")),
            import("_tensor", Some("@rpath/libc10.dylib")),
        ],
        exports: ["_nn_torch_api".to_owned()].into(),
    };
    let mut c10 = Image {
        least: Some((11, 0)),
        name: Some("/somewhere/libc10.dylib".into()),
        libraries: vec!["/System/Library/Frameworks/Metal.framework/Versions/A/Metal".into()],
        imports: vec![import("_anything", None)],
        exports: ["_tensor", "_more"].map(str::to_owned).into(),
        ..torch.clone()
    };
    change(&mut torch, &mut c10);
    let images = [("libnn_torch.dylib", torch), ("libtorch/lib/libc10.dylib", c10)];
    let images: BTreeMap<PathBuf, Image> = images.map(|(place, image)| (place.into(), image)).into();
    faults(&images, LEAST)
}

#[test]
fn what_is_right_is_not_complained_of() {
    assert_eq!(changed(|_, _| ()), Vec::<String>::new());
}

#[test]
fn each_fault_of_a_library_is_named() {
    type Change = fn(&mut Image, &mut Image);
    let planted: [(Change, &str); 14] = [
        (|torch, _| torch.arm = false, "is not for Apple's processors"),
        (|torch, _| torch.kind = Kind::Program, "should be of the kind Library"),
        (|torch, _| torch.least = Some((15, 0)), "is for macOS 15.0, not 14.0"),
        (|torch, _| torch.least = None, "is for macOS of no number, not 14.0"),
        (|_, c10| c10.least = Some((15, 2)), "is for macOS 15.2, not 14.0"),
        (
            |torch, _| torch.name = Some("/build/libnn_torch.dylib".into()),
            "calls itself \"/build/libnn_torch.dylib\"",
        ),
        (|torch, _| torch.name = None, "calls itself \"\""),
        (|torch, _| torch.run_paths.push("/build/lib".into()), "looks for libraries in /build/lib"),
        (|torch, _| torch.exports.clear(), "does not export _nn_torch_api"),
        (|torch, _| torch.exports.extend(["_inner".to_owned()]), "exports more than hosts look up: _inner"),
        (|torch, _| torch.libraries.push("/opt/lib/libz.dylib".into()), "asks for /opt/lib/libz.dylib"),
        (
            |torch, _| drop(torch.run_paths.pop()),
            "asks for @rpath/libc10.dylib, which no run path of it leads to",
        ),
        (|_, c10| c10.exports.clear(), "wants _tensor of @rpath/libc10.dylib, which does not have it"),
        (|torch, _| torch.imports[0].library = None, "wants _free, which is in no library of it"),
    ];
    for (change, words) in planted {
        let found = changed(change);
        assert!(found.iter().any(|fault| fault.contains(words)), "{words}: {found:?}");
    }
}

#[test]
fn each_list_of_names_is_of_a_library_that_macos_has() {
    let sdk = workspace().join("xtask/macos/sdk");
    let (mut folders, mut lists) = (vec![sdk], 0);
    while let Some(folder) = folders.pop() {
        for path in entries(&folder).unwrap() {
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            lists += 1;
            let text = std::fs::read_to_string(&path).unwrap();
            let name = text.split('\'').nth(1).unwrap();
            assert!(text.contains("install-name: ") && system_has(name), "{}: {name}", path.display());
        }
    }
    assert!(lists > 5);
}

#[test]
fn code_in_a_place_that_no_host_opens_is_named() {
    let images = [(PathBuf::from("left.dylib"), Image::default())].into();
    assert_eq!(faults(&images, LEAST), ["left.dylib is code that no host opens"]);
}
