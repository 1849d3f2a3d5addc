//! Packages with small libraries in them, right and wrong, for all machines.

mod libraries;

use std::{collections::BTreeSet, process::Command};

use libraries::{Macho, dll};

use super::{
    check::{Findings, check},
    code::{Processor, System},
    *,
};
use crate::run;

const EXTERNAL_PATH: &str = "@loader_path/../../../../support";

fn put(folder: &Path, file: &str, bytes: &[u8]) {
    let path = folder.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// A package as it is made on a Mac with one kind of processor.
fn made_on_a_mac(place: &Path, processor: Processor) -> PathBuf {
    let folder = place.join(NAME);
    let code = |paths: &[&str], wants: &[&str]| Macho { processor, paths, wants, signed: true }.bytes();
    for name in BOXES {
        let file = place.join(format!("{name}.mxo_binary"));
        fs::write(&file, "to be replaced").unwrap();
        bundle::around(&file, &folder.join("externals"), |_| Ok(())).unwrap();
        let bytes = code(&[EXTERNAL_PATH], &["/usr/lib/libSystem.B.dylib"]);
        put(&folder, &format!("externals/{name}.mxo/Contents/MacOS/{name}"), &bytes);
    }
    put(&folder, "support/libnn_max.dylib", &code(&[], &["/usr/lib/libSystem.B.dylib"]));
    let torch = ["@rpath/libtorch_cpu.dylib", "@rpath/libc10.dylib", "/usr/lib/libc++.1.dylib"];
    put(&folder, "support/libnn_torch.dylib", &code(&["@loader_path", "@loader_path/libtorch/lib"], &torch));
    put(
        &folder,
        "support/libtorch/lib/libtorch_cpu.dylib",
        &code(&["/opt/a/builder"], &["@rpath/libc10.dylib"]),
    );
    put(&folder, "support/libtorch/lib/libc10.dylib", &code(&[], &[]));
    rest(&folder);
    folder
}

fn made_on_windows(place: &Path) -> PathBuf {
    let folder = place.join(NAME);
    for name in BOXES {
        put(&folder, &format!("externals/{name}.mxe64"), &dll(&["KERNEL32.dll", "MaxAPI.dll"]));
    }
    put(&folder, "support/nn_max.dll", &dll(&["KERNEL32.dll", "MaxAPI.dll", "MaxAudio.dll"]));
    put(
        &folder,
        "support/nn_torch.dll",
        &dll(&["torch_cpu.dll", "C10.dll", "api-ms-win-core-synch-l1-2-0.dll"]),
    );
    put(&folder, "support/libtorch/lib/torch_cpu.dll", &dll(&["c10.dll", "VCRUNTIME140.dll"]));
    put(&folder, "support/libtorch/lib/c10.dll", &dll(&["VCRUNTIME140.dll"]));
    rest(&folder);
    folder
}

fn rest(folder: &Path) {
    texts(folder).unwrap();
    write_info(folder).unwrap();
}

fn found(folder: &Path) -> Findings {
    check(folder).unwrap()
}

fn wrong(folder: &Path) -> Vec<String> {
    found(folder).wrong
}

#[test]
fn packages_of_three_machines_are_joined_into_one_for_all() {
    let [arm, intel, windows] = [(); 3].map(|()| tempfile::tempdir().unwrap());
    let folder = made_on_a_mac(arm.path(), Processor::Aarch64);
    assert_eq!(found(&folder), Findings::default());
    assert_eq!(
        join::read_info(&folder).unwrap()["os"]["macintosh"]["platform"],
        serde_json::json!(["aarch64"])
    );
    join::join(&folder, &made_on_a_mac(intel.path(), Processor::X64)).unwrap();
    let other = made_on_windows(windows.path());
    let runtime = "VCRUNTIME140.dll comes with Microsoft's Visual C++ runtime, which has to be installed";
    assert_eq!(found(&other), Findings { wrong: vec![], notes: vec![runtime.into()] });
    join::join(&folder, &other).unwrap();
    write_info(&folder).unwrap();
    assert_eq!(found(&folder), Findings { wrong: vec![], notes: vec![runtime.into()] });
    let os = &join::read_info(&folder).unwrap()["os"];
    assert_eq!(os["macintosh"]["platform"], serde_json::json!(["aarch64", "x64"]));
    assert_eq!(os["windows"]["platform"], serde_json::json!(["x64"]));
    assert!(os.get("linux").is_none());
    let both = BTreeSet::from([Processor::Aarch64, Processor::X64]);
    assert_eq!(check::machines(&folder).unwrap()[&System::Macos], both);
    // The slices lie in the joined file as they were.
    let joined = fs::read(folder.join("support/libnn_max.dylib")).unwrap();
    let intel = fs::read(intel.path().join(NAME).join("support/libnn_max.dylib")).unwrap();
    assert_eq!(code::slices(&joined).unwrap()[1], intel);
    // Joined once more, nothing changes.
    join::join(&folder, &other).unwrap();
    assert_eq!(fs::read(folder.join("support/libnn_max.dylib")).unwrap(), joined);
}

#[test]
fn what_cannot_be_joined_is_named() {
    let [one, two] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let folder = made_on_a_mac(one.path(), Processor::Aarch64);
    let other = made_on_a_mac(two.path(), Processor::Aarch64);
    put(&other, "help/nn~.maxhelp", b"{}");
    let said = join::join(&folder, &other).unwrap_err().to_string();
    assert!(
        said.ends_with(
            "help/nn~.maxhelp differs from the one in the package: make both from the same sources"
        )
    );
    let changed = Macho { processor: Processor::Aarch64, paths: &[], wants: &[], signed: false }.bytes();
    put(&other, "help/nn~.maxhelp", &fs::read(folder.join("help/nn~.maxhelp")).unwrap());
    put(&other, "support/libnn_max.dylib", &changed);
    let said = join::join(&folder, &other).unwrap_err().to_string();
    assert!(said.contains("libnn_max.dylib differs"), "{said}");
    put(&other, "package-info.json", b"{\"version\": \"0.0.1\"}");
    let said = join::join(&folder, &other).unwrap_err().to_string();
    assert!(said.contains("is of version \"0.0.1\": make it again"), "{said}");
    put(&other, "package-info.json", b"{");
    assert!(join::join(&folder, &other).unwrap_err().to_string().contains("package-info.json: EOF"));
}

#[test]
fn packages_are_found_in_a_folder_of_builders_artefacts() {
    let place = tempfile::tempdir().unwrap();
    put(place.path(), "macos-aarch64/nn~/package-info.json", b"{}");
    put(place.path(), "windows-x86_64/package-info.json", b"{}");
    put(place.path(), "nothing/readme", b"");
    let found = join::packages_in(place.path()).unwrap();
    assert_eq!(found, ["macos-aarch64/nn~", "windows-x86_64"].map(|folder| place.path().join(folder)));
    assert_eq!(join::packages_in(&found[1]).unwrap(), [found[1].clone()]);
    let nothing = place.path().join("nothing").display().to_string();
    let said = others(&["--with", &nothing]).unwrap_err().to_string();
    assert_eq!(said, format!("{nothing} holds no package: make one there with `cargo xtask package max`"));
    assert!(others(&["--without"]).is_err());
}

#[test]
fn run_paths_that_lead_out_of_the_package_are_wrong() {
    let place = tempfile::tempdir().unwrap();
    let folder = made_on_a_mac(place.path(), Processor::Aarch64);
    let macho = |paths: &[&str], wants: &[&str], signed| {
        Macho { processor: Processor::Aarch64, paths, wants, signed }.bytes()
    };
    let file = "externals/nn~.mxo/Contents/MacOS/nn~";
    for path in
        ["/Users/someone/libtorch", "@loader_path/../../../support", "@loader_path/../../../../../support"]
    {
        put(&folder, file, &macho(&[path], &[], true));
        assert_eq!(
            wrong(&folder),
            [format!("{file} looks for libraries in {path}: it should be {EXTERNAL_PATH}")]
        );
    }
    put(
        &folder,
        file,
        &macho(&[EXTERNAL_PATH], &["@rpath/libother.dylib", "/opt/homebrew/lib/libomp.dylib"], true),
    );
    assert_eq!(
        wrong(&folder),
        [
            format!("{file} wants @rpath/libother.dylib, which no run path of it leads to"),
            format!("{file} wants /opt/homebrew/lib/libomp.dylib, which no run path of it leads to"),
        ]
    );
    let max = "@executable_path/../Frameworks/MaxAudioAPI.framework/Versions/A/MaxAudioAPI";
    put(&folder, file, &macho(&[EXTERNAL_PATH], &["@rpath/libnn_max.dylib", max], true));
    assert_eq!(wrong(&folder), Vec::<String>::new());
    put(&folder, file, &macho(&[EXTERNAL_PATH], &[], false));
    let note = format!("{file} has no signature: on a Mac, `codesign --force --deep --sign -` it");
    assert_eq!(found(&folder), Findings { wrong: vec![], notes: vec![note] });
    fs::remove_file(folder.join("support/libtorch/lib/libc10.dylib")).unwrap();
    assert_eq!(
        wrong(&folder),
        [
            "support/libnn_torch.dylib wants @rpath/libc10.dylib, which no run path of it leads to",
            "support/libtorch/lib/libtorch_cpu.dylib wants @rpath/libc10.dylib, which no run path of it leads to",
        ]
    );
}

#[test]
fn libraries_that_windows_would_not_find_are_named() {
    let place = tempfile::tempdir().unwrap();
    let folder = made_on_windows(place.path());
    fs::remove_file(folder.join("support/libtorch/lib/c10.dll")).unwrap();
    put(&folder, "externals/nn~.mxe64", &dll(&["pd.dll"]));
    let which = "which is neither Windows's nor Max's nor in support";
    assert_eq!(
        wrong(&folder),
        [
            format!("externals/nn~.mxe64 wants pd.dll, {which}"),
            format!("support/nn_torch.dll wants C10.dll, {which}"),
            format!("support/libtorch/lib/torch_cpu.dll wants c10.dll, {which}"),
        ]
    );
    put(&folder, "externals/nn~.mxe64", &dll(&["pd.dll"])[..200]);
    let wrong = wrong(&folder);
    assert!(wrong[0].starts_with("externals/nn~.mxe64 cannot be read as a library ("), "{wrong:?}");
    assert_eq!(wrong[1], "externals/nn~.mxe64 has no code for Windows on x64");
}

#[test]
fn a_machine_that_only_a_part_of_the_package_is_for_is_named() {
    let [arm, intel] = [(); 2].map(|()| tempfile::tempdir().unwrap());
    let folder = made_on_a_mac(arm.path(), Processor::Aarch64);
    let other = made_on_a_mac(intel.path(), Processor::X64);
    let file = "externals/nn~.mxo/Contents/MacOS/nn~";
    let slices = [&folder, &other].map(|package| fs::read(package.join(file)).unwrap());
    put(&folder, file, &code::universal(&[&slices[0], &slices[1]]).unwrap());
    write_info(&folder).unwrap();
    let wrong = wrong(&folder);
    assert_eq!(wrong.len(), 5, "three boxes and two libraries: {wrong:?}");
    assert!(wrong.contains(&"support/libnn_max.dylib has no code for Macos on x64".to_owned()));
    fs::remove_dir_all(folder.join("externals/nn.info.mxo")).unwrap();
    assert!(self::wrong(&folder).contains(&"no external nn.info".to_owned()));
}

#[test]
fn texts_that_max_could_not_read_are_named() {
    let place = tempfile::tempdir().unwrap();
    let folder = made_on_windows(place.path());
    put(&folder, "help/nn~.maxhelp", b"{\"patcher\": ");
    put(&folder, "help/mc.nn~.maxhelp", b"{}");
    put(&folder, init::FILE, b"max objectfile nn~ nn~\n");
    put(&folder, "externals/other~.mxe64", &dll(&[]));
    fs::remove_file(folder.join("icon.png")).unwrap();
    let mut info = join::read_info(&folder).unwrap();
    info["os"]["macintosh"] = serde_json::json!({ "platform": ["x64"], "min_version": "none" });
    put(&folder, "package-info.json", info.to_string().as_bytes());
    let wrong = wrong(&folder);
    for (said, begins) in wrong.iter().zip([
        "help/nn~.maxhelp: EOF while parsing",
        "help/mc.nn~.maxhelp is no patch",
        "init/nn-objectmappings.txt: line 1: does not end with ;",
        "externals/other~.mxe64 is no external of this package",
        "no icon.png",
        "package-info.json says os ",
    ]) {
        assert!(said.starts_with(begins), "{said}");
    }
    assert_eq!(wrong.len(), 6, "{wrong:?}");
    put(&folder, "package-info.json", b"{");
    assert!(self::wrong(&folder).last().unwrap().contains("package-info.json: EOF"));
}

#[test]
#[cfg(target_os = "linux")]
fn run_paths_and_wants_of_a_library_for_linux_are_read() {
    let place = tempfile::tempdir().unwrap();
    let (source, file) = (place.path().join("a.c"), place.path().join("a.so"));
    fs::write(&source, "double cos(double); double f(double x) { return cos(x); }").unwrap();
    let mut compiler = Command::new("cc");
    compiler.args(["-shared", "-fPIC", "-Wl,--no-as-needed", "-Wl,-rpath,$ORIGIN/../support:/home/someone"]);
    run::run(compiler.arg(&source).arg("-o").arg(&file).arg("-lm")).unwrap();
    let codes = code::read(&fs::read(&file).unwrap()).unwrap();
    assert_eq!(codes[0].run_paths, ["$ORIGIN/../support", "/home/someone"]);
    assert!(codes[0].wants.contains(&"libm.so.6".to_owned()));
    assert_eq!(codes[0].system, System::Linux);
}

#[test]
fn the_package_has_a_help_file_for_every_box_and_the_sound_that_they_open() {
    let folder = tempfile::tempdir().unwrap();
    help(folder.path()).unwrap();
    for name in BOXES {
        let text = fs::read_to_string(folder.path().join(format!("help/{name}.maxhelp"))).unwrap();
        for rest in text.split("\"open ").skip(1) {
            let sound = rest.split(',').next().unwrap();
            assert!(folder.path().join("media").join(sound).is_file(), "{name} opens {sound}");
        }
    }
}
