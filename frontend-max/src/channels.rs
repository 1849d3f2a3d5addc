//! Layout of the channels of inlets and outlets.

/// Which of Max's vectors belong to which inlet and outlet in one DSP chain: they lie one port after the other.
#[derive(Debug, PartialEq, Eq)]
pub struct Layout {
    /// From left to right.
    pub inlets: Vec<Port>,
    /// Whether a signal comes into each inlet.
    pub connected: Vec<bool>,
    /// From left to right.
    pub outlets: Vec<Port>,
}

/// The vectors of an inlet or outlet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Port {
    /// Where its first vector is among all.
    pub first: usize,
    /// How many it has.
    pub channels: usize,
}

impl Layout {
    /// From the channels of each inlet and outlet, and which inlets are connected.
    pub fn new(inlets: &[usize], connected: Vec<bool>, outlets: &[usize]) -> Self {
        let ports = |channels: &[usize]| {
            let mut first = 0;
            let port = |&channels: &usize| {
                let port = Port { first, channels };
                first += channels;
                port
            };
            channels.iter().map(port).collect()
        };
        Self { inlets: ports(inlets), connected, outlets: ports(outlets) }
    }
}
