//! All that was found out, put in order.
//!
//! Thread: any but audio.

use std::path::PathBuf;

use super::{
    check::Check,
    downloads::Downloads,
    environment,
    examination::Examination,
    libtorch::Libtorch,
    microsoft::Microsoft,
    models::{self, ModelsFolder},
    processor::Processor,
    python,
    quarantine::Quarantine,
    real_time::RealTime,
    self_test::{MODELS, Played, check, not_played},
    system::{self, System},
};
use nn_process::{priority::Rank, system::Memory};
use nn_python::Interpreter;

/// All that was found out.
#[derive(Clone, Debug)]
pub struct Findings {
    /// What is said of the host, or of the hosts.
    pub host: Check,
    /// The machine's processor.
    pub processor: Processor,
    /// Its memory.
    pub memory: Option<Memory>,
    /// Variables that are set.
    pub environment: Vec<(String, String)>,
    /// What came of opening libtorch.
    pub libtorch: Libtorch,
    /// Where models are looked for.
    pub models: Vec<ModelsFolder>,
    /// Where they are downloaded to.
    pub downloads: Option<Downloads>,
    /// What scripts run in, or why in nothing.
    pub python: Result<Interpreter, String>,
    /// Whether audio threads get their priority.
    pub real_time: RealTime,
    /// Files that macOS holds back.
    pub quarantine: Quarantine,
    /// Microsoft's runtime.
    pub microsoft: Microsoft,
    /// What came of the models of the self-test.
    pub played: Vec<(&'static str, Result<Played, String>)>,
    /// What is said of GPUs.
    pub gpu: Check,
}

impl Findings {
    /// What costs little to find out, without libtorch and what needs it. `rank` is one below the host's thread.
    pub fn of_this_machine(host: Check, folders: &[(String, PathBuf)], rank: Option<Rank>) -> Self {
        let package = nn_dylib::package().unwrap_or_default();
        Self {
            host,
            processor: Processor::here(),
            memory: nn_process::system::memory(),
            environment: environment::set(),
            libtorch: Libtorch::unknown("nobody has opened it"),
            models: folders.iter().map(|(of, path)| ModelsFolder::at(of, path)).collect(),
            downloads: Downloads::here(),
            python: Interpreter::usual(),
            real_time: RealTime::here(rank),
            quarantine: Quarantine::of(&package),
            microsoft: Microsoft::here(&package),
            played: Vec::new(),
            gpu: super::gpu::Gpu::not_asked(),
        }
    }

    /// The same in words.
    pub fn examined(self, system: System) -> Examination {
        let is_open = self.libtorch.is_open();
        let played = MODELS.iter().map(|model| {
            let played = self.played.iter().find(|(name, _)| *name == model.name);
            match played {
                Some((_, result)) => check(model.name, result),
                None => not_played(model.name, "libtorch"),
            }
        });
        let played: Vec<_> = played.collect();
        let first = [system::version(), self.host, system::system(), self.processor.check()];
        let then = [
            system::memory(self.memory),
            environment::check(&self.environment),
            self.libtorch.check(),
            models::check(&self.models),
            Downloads::check(self.downloads.as_ref()),
            self.real_time.check(system),
        ];
        let of_the_system = [
            Some(python::check(&self.python)),
            self.quarantine.check(system),
            self.microsoft.check(system, is_open),
        ];
        let checks = first.into_iter().chain(then).chain(of_the_system.into_iter().flatten()).chain(played);
        Examination { checks: checks.chain([self.gpu]).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{check::State, gpu::Gpu, host::Host, models::Content, self_test::Samples};
    use super::*;
    use std::path::Path;

    fn recent_python() -> Result<Interpreter, String> {
        Ok(Interpreter {
            path: "/home/someone/.pyenv/versions/3.11.7/bin/python3".into(),
            version: "3.11.7".into(),
            numpy: Some("2.4.6".into()),
            torch: None,
        })
    }

    /// A machine on which all is well.
    fn fine() -> Findings {
        let played = Played {
            buffer_frames: 2048,
            latency_frames: 4032,
            buffers: 43,
            late: 0,
            median_ms: 0.04,
            worst_ms: 0.1,
            worker: true,
            real_time: true,
            samples: Samples::Exact,
        };
        let folder =
            |of: &str, path: &str, content| ModelsFolder { of: of.into(), path: path.into(), content };
        Findings {
            host: Host::check(
                Some(&Host { name: "Pd", version: Some("0.55-2".into()) }),
                Some(Path::new("/usr/bin/pd")),
            ),
            processor: Processor {
                name: "12th Gen Intel(R) Core(TM) i7-1260P".into(),
                cores: 16,
                architecture: "x86_64".into(),
                features: vec!["sse4.2", "avx", "avx2", "fma"],
            },
            memory: Some(Memory { bytes: 16_000_000_000, available_bytes: Some(9_000_000_000) }),
            environment: Vec::new(),
            libtorch: Libtorch::Opened {
                version: "2.13.0".into(),
                library: "/home/someone/.local/lib/pd/extra/nn~/libnn_torch.so".into(),
                files: ["libtorch_cpu.so", "libc10.so", "libgomp.so.1", "libcudart.so.13", "libcupti.so.13"]
                    .map(|name| Path::new("/home/someone/.local/lib/pd/extra/nn~/libtorch/lib").join(name))
                    .to_vec(),
            },
            models: vec![
                folder("all", "/home/someone/models", Content::Models(7)),
                folder("Pd", "/home/someone/.local/lib/pd/extra/nn~/models", Content::Models(24)),
                folder("all", "/home/someone/.local/share/nn-tilde/models", Content::Missing),
            ],
            downloads: Some(Downloads {
                folder: "/home/someone/models".into(),
                refused: None,
                free_bytes: Some(40_000_000_000),
            }),
            python: recent_python(),
            real_time: RealTime {
                granted: true,
                limit: Some(95),
                groups: vec![],
                allowed: vec![],
                host: Some(true),
            },
            quarantine: Quarantine { package: "/p".into(), held: Vec::new() },
            microsoft: Microsoft { missing: Vec::new() },
            played: vec![
                ("gain", Ok(played.clone())),
                ("codec", Ok(Played { samples: Samples::Close(-96.0), ..played })),
            ],
            gpu: Gpu::not_asked(),
        }
    }

    /// One on which everything is wrong that can be.
    fn broken() -> Findings {
        let cure = "the folder libtorch must stand beside it, as in the package: install the package again";
        Findings {
            host: super::super::host::installed(&[]),
            processor: Processor { features: vec!["sse4.2"], ..fine().processor },
            memory: Some(Memory { bytes: 2_000_000_000, available_bytes: Some(100_000_000) }),
            environment: vec![("NN_WORKER".into(), "0".into())],
            libtorch: Libtorch::Broken {
                what: "/p/libnn_torch.so cannot be opened (libtorch_cpu.so: cannot open shared object file)"
                    .into(),
                cure: cure.into(),
            },
            models: vec![ModelsFolder {
                of: "all".into(),
                path: "/locked".into(),
                content: Content::Unreadable("permission denied".into()),
            }],
            downloads: Some(Downloads {
                folder: "/locked".into(),
                refused: Some("permission denied".into()),
                free_bytes: None,
            }),
            python: fine().python.map(|found| Interpreter { version: "3.8.18".into(), ..found }),
            real_time: RealTime { granted: false, limit: Some(0), host: Some(false), ..fine().real_time },
            quarantine: Quarantine { package: "/p".into(), held: vec!["/p/nn~.pd_darwin".into()] },
            microsoft: Microsoft { missing: vec!["msvcp140.dll"] },
            played: Vec::new(),
            gpu: Gpu { ended: Some("no answer after 120 s".into()), ..Gpu::default() }.check(),
        }
    }

    const SYSTEMS: [System; 3] = [System::Linux, System::MacOs, System::Windows];

    fn names(examined: &Examination) -> Vec<&'static str> {
        examined.checks.iter().map(|check| check.name).collect()
    }

    #[test]
    fn a_machine_on_which_all_is_well_is_told_so_on_every_system() {
        for system in SYSTEMS {
            let examined = fine().examined(system);
            let states: Vec<_> =
                examined.lines().into_iter().filter(|(state, _)| *state != State::Fine).collect();
            assert_eq!(states, [], "{system:?}");
            assert!(examined.plays());
            assert_eq!(examined.verdict(), "models play here");
        }
    }

    #[test]
    fn everything_wrong_has_a_cure_and_each_system_what_it_alone_has() {
        for system in SYSTEMS {
            let examined = broken().examined(system);
            assert!(!examined.plays(), "{system:?}");
            for check in &examined.checks {
                assert_eq!(check.state == State::Fine, check.cure.is_none(), "{system:?}: {check:?}");
            }
            let names = names(&examined);
            assert_eq!(names.contains(&"quarantine"), system == System::MacOs);
            assert_eq!(names.contains(&"microsoft_runtime"), system == System::Windows);
            let state =
                |name| examined.checks.iter().find(|check| check.name == name).map(|check| check.state);
            for name in ["libtorch", "gain", "codec"] {
                assert_eq!(state(name), Some(State::Fault), "{system:?} {name}");
            }
            for name in ["hosts", "processor", "memory", "environment", "models", "downloads", "gpu"] {
                assert_eq!(state(name), Some(State::Warning), "{system:?} {name}");
            }
            let real_time = if system == System::Linux { State::Warning } else { State::Fine };
            assert_eq!(state("real_time"), Some(real_time), "{system:?}");
        }
    }

    #[test]
    fn all_of_it_is_one_screen() {
        for system in SYSTEMS {
            for (findings, most) in [(fine(), 25), (broken(), 40)] {
                let rows = findings.examined(system).rows(100);
                let texts: Vec<_> = rows.iter().map(|row| format!("{}{}", row.word, row.text)).collect();
                assert!(texts.len() <= most, "{} rows:\n{}", texts.len(), texts.join("\n"));
                let long = texts.iter().find(|text| text.chars().count() > 100);
                assert_eq!(long, None, "{system:?}");
            }
        }
    }

    #[test]
    fn keys_are_told_once_and_in_order() {
        let names = names(&fine().examined(System::Linux));
        assert_eq!(
            names,
            [
                "version",
                "host",
                "system",
                "processor",
                "memory",
                "environment",
                "libtorch",
                "models",
                "downloads",
                "real_time",
                "python",
                "gain",
                "codec",
                "gpu"
            ]
        );
    }
}
