use std::{io::Cursor, path::Path};

use super::*;

/// The models of this project.
fn models() -> Vec<std::path::PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models");
    let mut models: Vec<_> = [folder.clone(), folder.join("hostile")]
        .iter()
        .flat_map(|folder| folder.read_dir().expect("the models"))
        .map(|entry| entry.expect("a file").path())
        .filter(|path| path.extension().is_some_and(|e| e == "ts"))
        .collect();
    // Others, for who wants to know how deep they are.
    models.extend(std::env::var("NN_NESTING_MODELS").iter().flat_map(|all| all.split(':')).map(Into::into));
    models
}

#[test]
fn real_models_are_far_below_every_limit() {
    let (mut levels, mut pickle, mut chain) = (0, 0, 0);
    for path in models() {
        let bytes = std::fs::read(&path).expect("a model");
        let Ok(mut archive) = Archive::open(Cursor::new(&bytes)) else { continue };
        let mut program = chains::Program::default();
        let mut most = 0;
        for (entry, size) in archive.files("code").into_iter().filter(|(entry, _)| entry.ends_with(".py")) {
            let source = archive.read(&entry, 2 * size + 64).expect("a source");
            for unit in units::read(&source, &qualifier(&entry)) {
                assert!(!unit.grows(), "{}: {}", path.display(), unit.title());
                most = most.max(unit.levels);
                program.add(unit).expect("few units");
            }
        }
        let depth = ["data.pkl", "constants.pkl"].map(|entry| {
            let bytes = archive.read(entry, 1 << 24).expect("a pickle");
            pickles::depth(&crate::specification::graph(entry, &bytes).expect("a graph")).expect("no circle")
        });
        let (bytes, title) = program.heaviest();
        println!(
            "{}: {most} levels, pickles {depth:?}, chain {} kB from {title}",
            path.display(),
            bytes / 1024
        );
        (levels, chain) = (levels.max(most), chain.max(bytes));
        pickle = pickle.max(depth[0]).max(depth[1]);
    }
    println!("{levels} levels, pickles {pickle}, chain {} kB", chain / 1024);
    assert!(levels * 4 < MOST_LEVELS && pickle * 4 < MOST_PICKLE_LEVELS && chain * 4 < MOST_CHAIN_BYTES);
}
