//! From a typed name to a model on its way.

use std::path::{Path, PathBuf};

use super::{Engine, NnObject, Subject};
use crate::engine::{loader::LoadJob, status::LoadState};

impl NnObject {
    /// Describes a file, decides inlets and outlets, and has it loaded.
    pub(super) fn begin_load(&mut self, name: &str, method: &str, find: &dyn Fn(&str) -> Option<PathBuf>) {
        let Some(path) = candidates(name).iter().find_map(|candidate| find(candidate)) else {
            return self.error(format!(
                "no model '{name}': put {name}.ts beside the patch, into a folder of Pd's search path, or give the \
                 full path"
            ));
        };
        let spec = match self.environment.source.describe(&path) {
            Ok(spec) => spec,
            Err(error) => return self.error(error.to_string()),
        };
        let Some(index) = spec.methods.iter().position(|m| m.name == method) else {
            let has: Vec<_> = spec.methods.iter().map(|m| m.name.as_str()).collect();
            return self.error(format!(
                "no method '{method}' in {}: it has {}",
                path.display(),
                has.join(", ")
            ));
        };
        let ratio_lcm = match spec.ratio_lcm() {
            Ok(lcm) => lcm,
            Err(error) => return self.error(format!("{}: {error}", path.display())),
        };
        let chosen = &spec.methods[index];
        self.inlets = chosen.in_channels.max(1);
        self.outlets = chosen.out_channels;
        self.subject = Some(Subject { path: path.clone(), spec: spec.clone(), method: index, ratio_lcm });
        let shape = match self.stream_format() {
            Some(Ok(format)) => format.shape,
            Some(Err(error)) => {
                self.subject = None;
                return self.error(error.to_string());
            }
            None => return,
        };
        self.told_rate_hz = self.host_rate_hz();
        self.warn_of_rate();
        self.status.set_load_state(LoadState::Loading);
        self.awaited += 1;
        let job = LoadJob {
            source: self.environment.source.clone(),
            path,
            expected: spec,
            method: method.to_owned(),
            shape,
            sample_rate_hz: self.told_rate_hz,
            commands: self.commands.clone(),
            replies: self.reply_sender.clone(),
            worker: match &self.engine {
                Engine::Worker(thread) => Some(thread.clone()),
                Engine::Inline(_) => None,
            },
        };
        self.environment.loader.submit(|| job.run());
    }

    /// Says so when the model was made for another rate than the host's.
    pub(super) fn warn_of_rate(&mut self) {
        let model_hz = self.subject.as_ref().and_then(|subject| subject.spec.sample_rate_hz);
        if let (Some(model_hz), Some(host_hz)) = (model_hz, self.host_rate_hz())
            && model_hz != host_hz
        {
            self.note(format!(
                "the model was made for {model_hz} Hz and the host runs at {host_hz} Hz: pitch and speed will differ"
            ));
        }
    }
}

/// The names under which a typed model name is looked for: with `.ts` added, then as it is.
fn candidates(name: &str) -> Vec<String> {
    let has_extension = Path::new(name).extension().is_some_and(|e| e.eq_ignore_ascii_case("ts"));
    if has_extension { vec![name.to_owned()] } else { vec![format!("{name}.ts"), name.to_owned()] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_looked_for_with_and_without_its_extension() {
        assert_eq!(candidates("rave"), ["rave.ts", "rave"]);
        assert_eq!(candidates("rave.v2"), ["rave.v2.ts", "rave.v2"]);
        assert_eq!(candidates("rave.ts"), ["rave.ts"]);
        assert_eq!(candidates("folder/RAVE.TS"), ["folder/RAVE.TS"]);
    }
}
