//! The tool on Windows.

use std::path::Path;

use super::{build::built, wine::Wine};
use crate::{
    package::files::{copy_into, failed},
    run::{Failure, workspace},
};

/// What the tool says and how it ends, where it is told to find its own things in `home`.
struct Tool<'a> {
    program: &'a Path,
    wine: &'a Wine,
    home: &'a Path,
    /// The folder of models, as Windows calls it.
    models: String,
}

/// Runs what works without libtorch, and what asks for it.
///
/// # Errors
/// When it says something else than it should.
pub fn test(folder: &Path, wine: &Wine) -> Result<(), Failure> {
    let home = wine.fresh("tool")?;
    let program = built(folder).join("nn.exe");
    // Below the folder that wine takes for a Windows.
    let tool = Tool { program: &program, wine, home: &home, models: Wine::path(&home.join("models")) };
    tool.says(&["--version"], 0, &[concat!("nn ", env!("CARGO_PKG_VERSION"))])?;
    let models = workspace().join("models").canonicalize().map_err(failed(&program))?;
    let model = Wine::path(&models.join("latent.ts"));
    tool.says(&["info", &model], 1, &["ratio_out: 512", "nn_torch.dll is missing"])?;
    copy_into(&models.join("gain.ts"), &home.join("mine"))?;
    let sources = home.join("sources.yaml");
    let text = "built_in: false\nsources:\n  - name: mine\n    kind: folder\n    path: C:\\tool\\mine\n";
    std::fs::write(&sources, text).map_err(failed(&sources))?;
    tool.says(&["models", "list"], 0, &["mine/gain"])?;
    // Folders of models are shared in studios and schools.
    std::fs::create_dir_all(home.join("models")).map_err(failed(&home))?;
    let shared = Tool { models: wine.share("Unsere Modelle, größer", &home.join("models"))?, ..tool };
    shared.says(&["models", "download", "mine/gain"], 0, &["gain.ts"])?;
    shared.says(&["models", "delete", "gain"], 0, &["gain"])?;
    tool.says(&["models", "download", "mine/gain"], 0, &["gain.ts"])?;
    let hidden = home.join("models/.nn-catalog");
    let left: Vec<_> = crate::package::files::entries(&hidden)?;
    if left != [hidden.join("record.json")] || !home.join("models/gain.ts").is_file() {
        return Err(Failure::new(format!("a download on Windows has left {left:?}")));
    }
    tool.says(&["models", "delete", "gain"], 0, &["gain"])?;
    tool.says(&["check", &model], 1, &["nn_torch.dll"])
}

impl Tool<'_> {
    fn says(&self, words: &[&str], code: i32, parts: &[&str]) -> Result<(), Failure> {
        let sources = Wine::path(&self.home.join("sources.yaml"));
        let more = [("NN_MODELS", self.models.as_str()), ("NN_SOURCES", sources.as_str())];
        let output = self.wine.output(self.program, words, &more)?;
        let said = [&output.stdout[..], &output.stderr[..]].map(String::from_utf8_lossy).concat();
        let missing = parts.iter().find(|part| !said.contains(**part));
        if output.status.code() == Some(code) && missing.is_none() {
            return Ok(());
        }
        let words = words.join(" ");
        Err(Failure::new(format!("nn {words} on Windows ({}) lacks {missing:?}: {said}", output.status)))
    }
}
