//! The package for Max: a folder for Max's `Packages`, checked after it is made.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};

use super::{
    files::{copy_into, entries, failed, fresh_folder, strip},
    parts::{bring_libtorch, forget, libtorch, models},
};
use crate::{
    build::{self, BOXES},
    run::{self, Failure, target_dir, workspace},
};

/// The folder's name, which is the package's.
const NAME: &str = "nn~";

/// Makes and checks `target/package/max/nn~` with what was built on this machine.
///
/// # Errors
/// When something cannot be built or written, or is not as it should be.
pub fn run() -> Result<(), Failure> {
    build::run()?;
    let folder = target_dir().join("package/max").join(NAME);
    fresh_folder(&folder)?;
    let built = target_dir().join("max");
    let libtorch = libtorch()?;
    for file in entries(&built.join("support"))? {
        let copy = copy_into(&file, &folder.join("support"))?;
        strip(&copy)?;
        forget(&copy, &libtorch.lib_dir)?;
    }
    bring_libtorch(&libtorch, &folder.join("support"))?;
    for file in entries(&built.join("externals"))? {
        external(&file, &folder.join("externals"))?;
    }
    models(&folder)?;
    help(&folder)?;
    for file in ["LICENSE-MIT", "LICENSE-APACHE", "CHANGELOG.md", "install/max/README.txt"] {
        copy_into(&workspace().join(file), &folder)?;
    }
    let path = folder.join("package-info.json");
    let text = serde_json::to_string_pretty(&package_info()).unwrap_or_default() + "\n";
    fs::write(&path, text).map_err(failed(&path))?;
    sign(&folder)?;
    check(&folder)?;
    println!("package for Max: {}", folder.display());
    Ok(())
}

/// The help files, and the sound that they play: in `media`, where Max looks, under a name that no other package has.
fn help(folder: &Path) -> Result<(), Failure> {
    let from = workspace().join("help");
    for name in BOXES {
        copy_into(&from.join(format!("{name}.maxhelp")), &folder.join("help"))?;
    }
    let sound = copy_into(&from.join("sounds/speech.wav"), &folder.join("media"))?;
    let renamed = sound.with_file_name("nn-speech.wav");
    fs::rename(&sound, &renamed).map_err(failed(&sound))
}

/// A file, or on macOS a bundle around it.
fn external(file: &Path, folder: &Path) -> Result<(), Failure> {
    let Some(name) = file.file_name().and_then(|name| name.to_str()?.strip_suffix(".mxo_binary")) else {
        return strip(&copy_into(file, folder)?);
    };
    let contents = folder.join(format!("{name}.mxo/Contents"));
    let copy = copy_into(file, &contents.join("MacOS"))?;
    let program = copy.with_file_name(name);
    fs::rename(&copy, &program).map_err(failed(&copy))?;
    strip(&program)?;
    let write = |file: &str, text: &str| {
        let path = contents.join(file);
        fs::write(&path, text).map_err(failed(&path))
    };
    write("PkgInfo", "iLaX????")?;
    write("Info.plist", &property_list(name))
}

/// What macOS and Max want to know of a bundle. Its identifier may not hold `~`.
fn property_list(name: &str) -> String {
    let identifier = format!("org.nn-tilde.{}", name.replace(['~', '.'], "-"));
    let version = env!("CARGO_PKG_VERSION");
    let texts = [
        ("CFBundleExecutable", name),
        ("CFBundleIdentifier", &identifier),
        ("CFBundleInfoDictionaryVersion", "6.0"),
        ("CFBundleDevelopmentRegion", "English"),
        ("CFBundlePackageType", "iLaX"),
        ("CFBundleSignature", "max2"),
        ("CFBundleVersion", version),
        ("CFBundleShortVersionString", version),
        ("CFBundleLongVersionString", version),
    ];
    let entry = |(key, text): (&str, &str)| format!("    <key>{key}</key>\n    <string>{text}</string>\n");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
         \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n<dict>\n{}</dict>\n</plist>\n",
        texts.into_iter().map(entry).collect::<String>()
    )
}

/// What Max's package manager reads.
fn package_info() -> Value {
    json!({
        "name": NAME,
        "displayname": NAME,
        "version": env!("CARGO_PKG_VERSION"),
        "author": "the authors of this project",
        "authors": ["the authors of this project"],
        "description": "Neural audio models (TorchScript) in Max: nn~, mc.nn~, mcs.nn~, nn.info",
        "tags": ["neural", "audio", "machine learning", "RAVE"],
        "website": "",
        "extends": "",
        "extensible": 0,
        "max_version_min": "8.0.2",
        "max_version_max": "none",
        "os": {
            "macintosh": { "platform": ["aarch64", "x64"], "min_version": "none" },
            "windows": { "platform": ["x64"], "min_version": "none" }
        },
        "homepatcher": ""
    })
}

/// Apple's processors run no code without a signature, and stripping has broken the compiler's.
fn sign(folder: &Path) -> Result<(), Failure> {
    if !cfg!(target_os = "macos") {
        return Ok(());
    }
    let mut code = entries(&folder.join("externals"))?;
    code.extend(libraries(folder)?);
    for path in code {
        run::run(Command::new("codesign").args(["--force", "--deep", "--sign", "-"]).arg(path))?;
    }
    Ok(())
}

/// All libraries of the package.
fn libraries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = entries(&folder.join("support"))?;
    files.extend(entries(&folder.join("support/libtorch/lib"))?);
    Ok(files.into_iter().filter(|path| path.is_file()).collect())
}

/// Looks at what was made as Max will: names, texts that are read, libraries that find each other.
fn check(folder: &Path) -> Result<(), Failure> {
    let wrong = |what: String| Err(Failure::new(format!("the package for Max: {what}")));
    let externals = entries(&folder.join("externals"))?;
    let named = |name: &str| {
        let stem = |path: &&PathBuf| path.file_name().and_then(|file| file.to_str()).unwrap_or("").to_owned();
        externals.iter().any(|path| {
            let file = stem(&path);
            let ending = file.strip_prefix(name).unwrap_or("");
            ending == ".mxo" || ending == ".mxe64" || ending.starts_with(".mxl_")
        })
    };
    if let Some(missing) = BOXES.into_iter().find(|name| !named(name)) {
        return wrong(format!("no external {missing}"));
    }
    let path = folder.join("package-info.json");
    let info: Value = serde_json::from_str(&fs::read_to_string(&path).map_err(failed(&path))?)
        .map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    if info["name"] != NAME || folder.file_name().is_none_or(|name| name != NAME) {
        return wrong("its folder and package-info.json have different names".into());
    }
    for name in BOXES {
        let path = folder.join(format!("help/{name}.maxhelp"));
        let _read: Value = serde_json::from_str(&fs::read_to_string(&path).map_err(failed(&path))?)
            .map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    }
    // Where libraries of this machine lie means nothing on another.
    let here = libtorch()?.lib_dir.display().to_string();
    for library in libraries(folder)? {
        let bytes = fs::read(&library).map_err(failed(&library))?;
        if bytes.windows(here.len()).any(|window| window == here.as_bytes()) {
            return wrong(format!("{} looks for libtorch in {here}", library.display()));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_s_identifier_has_no_letters_that_macos_refuses() {
        for name in BOXES {
            let text = property_list(name);
            let identifier =
                text.split("<string>").nth(2).and_then(|rest| rest.split('<').next()).unwrap_or("");
            assert!(identifier.starts_with("org.nn-tilde."), "{identifier}");
            assert!(
                identifier.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.'),
                "{identifier}"
            );
            assert!(text.contains(&format!("<string>{name}</string>")));
        }
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

    #[test]
    fn the_bundle_around_a_program_is_laid_out_as_macos_wants_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("mc.nn~.mxo_binary");
        fs::copy(std::env::current_exe().unwrap(), &file).unwrap();
        external(&file, &folder.path().join("externals")).unwrap();
        let contents = folder.path().join("externals/mc.nn~.mxo/Contents");
        assert!(contents.join("MacOS/mc.nn~").is_file());
        assert_eq!(fs::read_to_string(contents.join("PkgInfo")).unwrap(), "iLaX????");
        assert!(
            fs::read_to_string(contents.join("Info.plist"))
                .unwrap()
                .contains("<key>CFBundleExecutable</key>")
        );
    }
}
