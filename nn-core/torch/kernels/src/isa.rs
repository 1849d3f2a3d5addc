//! Which instruction sets this processor has.

/// A way to compute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Isa {
    /// Whatever the compiler makes of plain loops.
    Portable,
    /// 8 lanes, 16 registers.
    Avx2,
    /// 16 lanes, 32 registers.
    Avx512,
    /// 4 lanes, 32 registers.
    Neon,
}

impl Isa {
    /// All that this processor has, the best last.
    pub fn available() -> Vec<Self> {
        let mut found = vec![Self::Portable];
        #[cfg(target_arch = "x86_64")]
        {
            if std::arch::is_x86_feature_detected!("avx2") && std::arch::is_x86_feature_detected!("fma") {
                found.push(Self::Avx2);
            }
            if std::arch::is_x86_feature_detected!("avx512f") {
                found.push(Self::Avx512);
            }
        }
        #[cfg(target_arch = "aarch64")]
        if std::arch::is_aarch64_feature_detected!("neon") {
            found.push(Self::Neon);
        }
        found
    }

    /// The best that this processor has.
    pub fn best() -> Self {
        Self::available().last().copied().unwrap_or(Self::Portable)
    }

    /// Lanes of one register.
    pub fn lanes(self) -> usize {
        match self {
            Self::Portable | Self::Avx2 => 8,
            Self::Avx512 => 16,
            Self::Neon => 4,
        }
    }

    /// The most registers side by side in one panel.
    pub fn panel_vectors(self) -> usize {
        match self {
            Self::Portable => 1,
            Self::Avx2 => 2,
            Self::Avx512 | Self::Neon => 4,
        }
    }

    /// How many frames are summed at once against a panel of `vectors` registers: sums, one row of weights and a
    /// sample must fit into the registers.
    pub fn tile_frames(self, vectors: usize) -> usize {
        match (self, vectors) {
            (Self::Portable, _) => 4,
            (Self::Avx2, 1) => 12,
            (Self::Avx2, _) => 6,
            (_, 1 | 2) => 12,
            (_, 3) => 8,
            _ => 6,
        }
    }
}
