//! What the process that calls the model says of it: one operator of one module, as the middle of its calls was.

use nn_core::profile::{ComputedBy, ConvolutionSite, Site, SiteKind};
use serde::{Deserialize, Serialize};

/// One operator of one module, by call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// What it is.
    pub kind: Kind,
    /// The module; empty for the model itself.
    pub path: String,
    /// The operator.
    pub operator: String,
    /// How often it ran.
    pub runs: f64,
    /// How long that took.
    pub ns: f64,
    /// Tensors that were allocated.
    pub allocations: f64,
    /// The bytes of these.
    pub allocated_bytes: f64,
    /// Multiplications.
    pub products: f64,
    /// Bytes of weights that they read.
    pub weight_bytes: f64,
    /// Bytes of all else that they read and write.
    pub sample_bytes: f64,
    /// What it convolves, if it does.
    pub convolution: Option<Convolution>,
}

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An operator of a module.
    Operator,
    /// What libtorch does between operators.
    Interpreter,
    /// Samples on their way in and out.
    Copies,
}

/// A convolution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Convolution {
    /// Channels read.
    pub in_channels: u64,
    /// Channels written.
    pub out_channels: u64,
    /// Taps.
    pub kernel: u64,
    /// Frames from one output to the next; transposed: the other way round.
    pub stride: u64,
    /// Frames from one tap to the next.
    pub dilation: u64,
    /// Groups of channels.
    pub groups: u64,
    /// Whether it is transposed.
    pub transposed: bool,
    /// Frames written by one run.
    pub out_frames: u64,
    /// Whether this project's kernels computed it.
    pub ours: bool,
    /// Why they did not.
    pub reason: Option<String>,
}

impl Part {
    /// Of the same site in several calls: the mean.
    pub fn mean(of: &[&Site]) -> Option<Self> {
        let last = of.last()?;
        let mean = |number: fn(&Site) -> u64| {
            of.iter().map(|site| number(site) as f64).sum::<f64>() / of.len() as f64
        };
        Some(Self {
            kind: match last.kind {
                SiteKind::Operator => Kind::Operator,
                SiteKind::Interpreter => Kind::Interpreter,
                SiteKind::Copies => Kind::Copies,
            },
            path: last.path.clone(),
            operator: last.operator.trim_start_matches("aten::").to_owned(),
            runs: mean(|site| site.runs),
            ns: mean(|site| site.ns),
            allocations: mean(|site| site.allocations),
            allocated_bytes: mean(|site| site.allocated_bytes),
            products: mean(|site| site.products),
            weight_bytes: mean(|site| site.weight_bytes),
            sample_bytes: mean(|site| site.sample_bytes),
            convolution: last.convolution.map(Convolution::of),
        })
    }

    /// Whether anything of it is worth saying.
    pub fn is_there(&self) -> bool {
        self.kind != Kind::Operator || self.runs > 0.0
    }
}

impl Convolution {
    fn of(site: ConvolutionSite) -> Self {
        Self {
            in_channels: site.in_channels,
            out_channels: site.out_channels,
            kernel: site.kernel,
            stride: site.stride,
            dilation: site.dilation,
            groups: site.groups,
            transposed: site.transposed,
            out_frames: site.out_frames,
            ours: site.computed_by == ComputedBy::Kernels,
            reason: match site.computed_by {
                ComputedBy::Kernels => None,
                ComputedBy::Libtorch(reason) => Some(reason.text().to_owned()),
            },
        }
    }

    /// What it is, in short.
    pub fn shape(&self) -> String {
        let Self { in_channels, out_channels, kernel, stride, dilation, groups, .. } = self;
        let mut text = format!("{in_channels} -> {out_channels} channels, {kernel} taps");
        if self.transposed {
            text.push_str(", transposed");
        }
        for (number, name) in [(stride, "stride"), (dilation, "dilation"), (groups, "groups")] {
            if *number > 1 {
                text.push_str(&format!(", {name} {number}"));
            }
        }
        text
    }
}
