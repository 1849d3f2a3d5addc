//! What a call of a model did: where its time went, what it computed, what it allocated.

/// One call, recorded. The times of all sites add up to that of the whole.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Profile {
    /// Everything that was done, in the order of the code.
    pub sites: Vec<Site>,
    /// How long the call took by the record's own clock, in ns.
    pub total_ns: u64,
    /// How long it took by the clock of who called, in ns.
    pub call_ns: u64,
    /// The most memory of tensors that it held at a time, in bytes, more than at its beginning.
    pub peak_bytes: u64,
    /// What it held, whenever that changed.
    pub moments: Vec<Moment>,
}

/// What a site is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SiteKind {
    /// Everything between operators.
    Interpreter,
    /// Samples on their way in and out.
    Copies,
    /// An operator of a module.
    Operator,
}

/// One operator of one module, and what it did in a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Site {
    /// What it is.
    pub kind: SiteKind,
    /// The module (`decoder.net.1`); empty for the model itself.
    pub path: String,
    /// The operator (`aten::conv1d`).
    pub operator: String,
    /// How often it ran.
    pub runs: u64,
    /// How long all of these took, in ns.
    pub ns: u64,
    /// Tensors that were allocated.
    pub allocations: u64,
    /// The bytes of these.
    pub allocated_bytes: u64,
    /// Multiplications, each with its addition, of convolutions, matrix products and recurrent layers.
    pub products: u64,
    /// Bytes of their weights.
    pub weight_bytes: u64,
    /// Bytes of all else that they read and write.
    pub sample_bytes: u64,
    /// What it convolves, if it does.
    pub convolution: Option<ConvolutionSite>,
}

/// A convolution that ran.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConvolutionSite {
    /// Channels read.
    pub in_channels: u64,
    /// Channels written.
    pub out_channels: u64,
    /// Taps.
    pub kernel: u64,
    /// Input frames per output frame; transposed: output frames per input frame.
    pub stride: u64,
    /// Frames from one tap to the next.
    pub dilation: u64,
    /// Groups of channels.
    pub groups: u64,
    /// Whether it is transposed.
    pub transposed: bool,
    /// Frames written.
    pub out_frames: u64,
    /// Who computed it.
    pub computed_by: ComputedBy,
}

/// Who computed a convolution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ComputedBy {
    /// This project's kernels.
    Kernels,
    /// libtorch.
    Libtorch(Reason),
}

/// Why a convolution was left to libtorch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The kernels are off.
    Off,
    /// Input, weights or bias are not plain float32 on the processor.
    Type,
    /// It is not one-dimensional.
    Dimensions,
    /// Its channels do not fit.
    Shape,
    /// Its weights are no parameter, and too large to be compared at every call.
    Large,
    /// Its weights are no parameter, and were not seen before.
    New,
    /// Its weights keep changing.
    Changes,
    /// Groups with fewer than four outputs.
    Groups,
    /// Transposed, with few outputs.
    Few,
    /// A weight is not finite.
    NotFinite,
    /// libtorch is faster for so many frames.
    Frames,
    /// The kernels failed, for want of memory or otherwise.
    Failed,
}

impl Reason {
    /// As users read it.
    ///
    /// Thread: any.
    pub fn text(self) -> &'static str {
        match self {
            Self::Off => "the kernels are off",
            Self::Type => "not plain float32",
            Self::Dimensions => "not one-dimensional",
            Self::Shape => "channels that do not fit",
            Self::Large => "weights that are computed, above 1 MB",
            Self::New => "weights that are computed, other ones at each call",
            Self::Changes => "weights that keep changing",
            Self::Groups => "groups with fewer than four outputs",
            Self::Few => "transposed, with few outputs",
            Self::NotFinite => "a weight that is not finite",
            Self::Frames => "faster at so many frames",
            Self::Failed => "the kernels failed",
        }
    }
}

/// Memory of tensors at one time of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    /// Since the call began.
    pub ns: u64,
    /// More than at its beginning.
    pub bytes: i64,
}

/// What this processor can do at most, on one thread: measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ceilings {
    /// Bytes read in a second of memory that no cache holds.
    pub memory_bytes_per_s: f64,
    /// How large that memory was.
    pub memory_bytes: u64,
    /// Bytes read in a second of memory that is read again and again.
    pub set_bytes_per_s: f64,
    /// How large that memory was.
    pub set_bytes: u64,
    /// Multiplications, each with its addition, in a second.
    pub products_per_s: f64,
    /// How many of them one register does at once.
    pub lanes: u64,
}
