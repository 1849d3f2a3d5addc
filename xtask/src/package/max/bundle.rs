//! The bundle that macOS wants around a library, and what is right about one.

use std::{fs, path::Path};

use crate::{
    package::files::{copy_into, failed},
    run::Failure,
    target::Target,
};

/// Kind and creator, as Max's own externals have them.
const PACKAGE_INFO: &str = "iLaX????";

/// Copies an external into the package: a file, or on macOS a bundle around it.
///
/// # Errors
/// When something cannot be read or written.
pub fn external(target: Target, file: &Path, folder: &Path) -> Result<(), Failure> {
    let strip = |path: &Path| target.strip(path);
    if is_for_macos(file) { around(file, folder, strip) } else { strip(&copy_into(file, folder)?) }
}

/// What the build of a Mac leaves for the package to put into bundles.
const FOR_MACOS: &str = ".mxo_binary";

/// Whether a file is to be put into a bundle.
pub fn is_for_macos(file: &Path) -> bool {
    file.to_string_lossy().ends_with(FOR_MACOS)
}

/// Puts a program into a bundle of its own, after `finish` has worked on the copy.
///
/// # Errors
/// When something cannot be read or written.
pub fn around(
    file: &Path,
    folder: &Path,
    finish: impl FnOnce(&Path) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let name = file.file_name().unwrap_or_default().to_string_lossy().replace(FOR_MACOS, "");
    let contents = folder.join(format!("{name}.mxo/Contents"));
    let copy = copy_into(file, &contents.join("MacOS"))?;
    let program = copy.with_file_name(&name);
    fs::rename(&copy, &program).map_err(failed(&copy))?;
    finish(&program)?;
    let write = |file: &str, text: &str| {
        let path = contents.join(file);
        fs::write(&path, text).map_err(failed(&path))
    };
    write("PkgInfo", PACKAGE_INFO)?;
    write("Info.plist", &property_list(&name))
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

/// What is wrong with the bundle of this name.
pub fn faults(folder: &Path, name: &str) -> Vec<String> {
    let contents = folder.join("Contents");
    let read = |file: &str| fs::read_to_string(contents.join(file)).unwrap_or_default();
    let mut faults = Vec::new();
    if !contents.join("MacOS").join(name).is_file() {
        faults.push(format!("has no file Contents/MacOS/{name}"));
    }
    if read("PkgInfo") != PACKAGE_INFO {
        faults.push(format!("has no Contents/PkgInfo that reads {PACKAGE_INFO}"));
    }
    let list = read("Info.plist");
    let text = |key: &str| {
        let rest = list.split_once(&format!("<key>{key}</key>"))?.1;
        let (text, _) = rest.split_once("<string>")?.1.split_once("</string>")?;
        Some(text.to_owned())
    };
    if text("CFBundleExecutable").as_deref() != Some(name) {
        faults.push(format!("has no CFBundleExecutable {name} in Contents/Info.plist"));
    }
    let legal = |text: String| text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '.');
    if !text("CFBundleIdentifier").is_some_and(legal) {
        faults.push("has no CFBundleIdentifier of letters, digits, - and . in Contents/Info.plist".into());
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::build::BOXES;

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
    fn the_bundle_around_a_program_is_laid_out_as_macos_wants_it() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("mc.nn~.mxo_binary");
        fs::copy(std::env::current_exe().unwrap(), &file).unwrap();
        external(Target::host().unwrap(), &file, &folder.path().join("externals")).unwrap();
        let contents = folder.path().join("externals/mc.nn~.mxo/Contents");
        assert!(contents.join("MacOS/mc.nn~").is_file());
        assert_eq!(fs::read_to_string(contents.join("PkgInfo")).unwrap(), "iLaX????");
        assert!(
            fs::read_to_string(contents.join("Info.plist"))
                .unwrap()
                .contains("<key>CFBundleExecutable</key>")
        );
    }

    #[test]
    fn what_is_wrong_with_a_bundle_is_said() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("nn~.mxo_binary");
        fs::copy(std::env::current_exe().unwrap(), &file).unwrap();
        external(Target::host().unwrap(), &file, folder.path()).unwrap();
        let bundle = folder.path().join("nn~.mxo");
        assert_eq!(faults(&bundle, "nn~"), Vec::<String>::new());
        fs::rename(bundle.join("Contents/MacOS/nn~"), bundle.join("Contents/MacOS/nn")).unwrap();
        fs::write(bundle.join("Contents/PkgInfo"), "APPL????").unwrap();
        let list = property_list("nn~").replace("<string>nn~<", "<string>nn<").replace("org.nn-tilde", "nn~");
        fs::write(bundle.join("Contents/Info.plist"), list).unwrap();
        assert_eq!(
            faults(&bundle, "nn~"),
            [
                "has no file Contents/MacOS/nn~",
                "has no Contents/PkgInfo that reads iLaX????",
                "has no CFBundleExecutable nn~ in Contents/Info.plist",
                "has no CFBundleIdentifier of letters, digits, - and . in Contents/Info.plist",
            ]
        );
    }
}
