//! The processor: what it can do, and which of it this project's convolutions use.
//!
//! Thread: any but audio.

use super::check::{Check, several};
use crate::{info::Tree, machine};

/// What is known of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Processor {
    /// Its name.
    pub name: String,
    /// Cores that this process may use.
    pub cores: usize,
    /// As Rust calls it.
    pub architecture: String,
    /// Those of its features that matter to models.
    pub features: Vec<&'static str>,
}

impl Processor {
    /// That of this machine.
    pub fn here() -> Self {
        Self {
            name: machine::processor(),
            cores: machine::cores(),
            architecture: std::env::consts::ARCH.to_owned(),
            features: features(),
        }
    }

    /// Which instructions the convolutions use (`nn-kernels`, `isa.rs`).
    pub fn kernels(&self) -> &'static str {
        let has = |name| self.features.contains(&name);
        match self.architecture.as_str() {
            "x86_64" if has("avx512f") => "avx512",
            "x86_64" if has("avx2") && has("fma") => "avx2",
            "aarch64" if has("asimd") => "neon",
            _ => "portable",
        }
    }

    /// What is said of it.
    pub fn check(&self) -> Check {
        let features = if self.features.is_empty() { "no vectors".into() } else { self.features.join(", ") };
        let kernels = self.kernels();
        let text = format!("{}, {}: {features}", self.name, several(self.cores, "core"));
        let check = if kernels == "portable" {
            Check::warning(
                "processor",
                format!("{text}; convolutions run without vectors"),
                "expect models to take several times as long here: prefer small ones, and buffers of 4096 or more",
            )
        } else {
            Check::fine("processor", format!("{text}; convolutions use {kernels}"))
        };
        check
            .with("name", Tree::text(&self.name))
            .with("cores", Tree::count(self.cores as u64))
            .with("architecture", Tree::text(&self.architecture))
            .with("features", Tree::texts(self.features.iter().copied()))
            .with("kernels", Tree::text(kernels))
    }
}

#[cfg(target_arch = "x86_64")]
fn features() -> Vec<&'static str> {
    let known = [
        ("sse4.2", std::arch::is_x86_feature_detected!("sse4.2")),
        ("avx", std::arch::is_x86_feature_detected!("avx")),
        ("avx2", std::arch::is_x86_feature_detected!("avx2")),
        ("fma", std::arch::is_x86_feature_detected!("fma")),
        ("avx512f", std::arch::is_x86_feature_detected!("avx512f")),
    ];
    present(&known)
}

#[cfg(target_arch = "aarch64")]
fn features() -> Vec<&'static str> {
    let known = [
        ("asimd", std::arch::is_aarch64_feature_detected!("neon")),
        ("fp16", std::arch::is_aarch64_feature_detected!("fp16")),
        ("dotprod", std::arch::is_aarch64_feature_detected!("dotprod")),
        ("lse", std::arch::is_aarch64_feature_detected!("lse")),
        ("i8mm", std::arch::is_aarch64_feature_detected!("i8mm")),
        ("bf16", std::arch::is_aarch64_feature_detected!("bf16")),
        ("sve", std::arch::is_aarch64_feature_detected!("sve")),
    ];
    present(&known)
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
fn features() -> Vec<&'static str> {
    Vec::new()
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
fn present(known: &[(&'static str, bool)]) -> Vec<&'static str> {
    known.iter().filter(|(_, is_there)| *is_there).map(|(name, _)| *name).collect()
}

#[cfg(test)]
mod tests {
    use super::super::check::State;
    use super::*;

    fn of(architecture: &str, features: &[&'static str]) -> Processor {
        let (name, architecture) = ("a chip".to_owned(), architecture.to_owned());
        Processor { name, cores: 2, architecture, features: features.to_vec() }
    }

    #[test]
    fn what_the_convolutions_use_is_the_best_that_is_there() {
        for (architecture, features, kernels) in [
            ("x86_64", &["sse4.2", "avx", "avx2", "fma", "avx512f"][..], "avx512"),
            ("x86_64", &["sse4.2", "avx", "avx2", "fma"], "avx2"),
            ("x86_64", &["sse4.2", "avx", "avx2"], "portable"),
            ("aarch64", &["asimd"], "neon"),
            ("aarch64", &["asimd", "dotprod", "sve"], "neon"),
            ("riscv64", &[], "portable"),
        ] {
            assert_eq!(of(architecture, features).kernels(), kernels, "{architecture} {features:?}");
        }
    }

    #[test]
    fn what_is_told_of_this_machine_is_what_the_convolutions_use() {
        let used = format!("{:?}", nn_kernels::Isa::best()).to_lowercase();
        assert_eq!(Processor::here().kernels(), used);
    }

    #[test]
    fn a_processor_without_vectors_is_a_warning() {
        let check = of("aarch64", &["asimd", "dotprod"]).check();
        assert_eq!(check.text, "a chip, 2 cores: asimd, dotprod; convolutions use neon");
        let slow = of("x86_64", &["sse4.2"]).check();
        assert_eq!((slow.state, slow.cure.is_some()), (State::Warning, true));
        assert!(slow.text.ends_with("sse4.2; convolutions run without vectors"), "{}", slow.text);
    }
}
