//! What a call did, across the edge.
#![allow(unsafe_code)] // The edge to the library.

use std::ptr;

use crate::{
    abi::{Items, RawCeilings, RawProfile, RawSite, Table},
    call::{Fault, call},
    convert,
};
use nn_model::profile::{Ceilings, ComputedBy, ConvolutionSite, Moment, Profile, Reason, Site, SiteKind};

impl RawProfile {
    /// Room for one.
    pub fn empty() -> Self {
        let sites = Items { items: ptr::null(), count: 0 };
        Self { sites, total_ns: 0, peak_bytes: 0, moments: Items { items: ptr::null(), count: 0 } }
    }

    /// The same with types of Rust; what the call took from outside is 0.
    ///
    /// # Safety
    /// It came from the library, and the model has not been called since.
    pub unsafe fn told(&self) -> Profile {
        // SAFETY: promised by the caller.
        let (sites, moments) = unsafe { (convert::slice(self.sites), convert::slice(self.moments)) };
        // SAFETY: as above.
        let site = |(at, site)| unsafe { told_of(at, site) };
        Profile {
            sites: sites.iter().enumerate().map(site).collect(),
            total_ns: self.total_ns,
            call_ns: 0,
            peak_bytes: self.peak_bytes,
            moments: moments.iter().map(|moment| Moment { ns: moment.ns, bytes: moment.bytes }).collect(),
        }
    }
}

/// # Safety
/// As for [`RawProfile::told`].
unsafe fn told_of(at: usize, site: &RawSite) -> Site {
    // SAFETY: promised by the caller.
    let (path, operator) = unsafe { (convert::text(site.path), convert::text(site.operator)) };
    Site {
        kind: match at {
            0 => SiteKind::Interpreter,
            1 => SiteKind::Copies,
            _ => SiteKind::Operator,
        },
        path,
        operator,
        runs: site.runs,
        ns: site.ns,
        allocations: site.allocations,
        allocated_bytes: site.allocated_bytes,
        products: site.products,
        weight_bytes: site.weight_bytes,
        sample_bytes: site.sample_bytes,
        convolution: computed_by(site.convolution).map(|computed_by| ConvolutionSite {
            in_channels: site.in_channels,
            out_channels: site.out_channels,
            kernel: site.kernel,
            stride: site.stride,
            dilation: site.dilation,
            groups: site.groups,
            transposed: site.transposed != 0,
            out_frames: site.out_frames,
            computed_by,
        }),
    }
}

/// The numbers of `NN_TORCH_CONVOLUTION_TAKEN` and so on, which `api.cpp` asserts; `None` for no convolution.
fn computed_by(number: u32) -> Option<ComputedBy> {
    let reason = match number {
        1 => return Some(ComputedBy::Kernels),
        2 => Reason::Off,
        3 => Reason::Type,
        4 => Reason::Dimensions,
        5 => Reason::Shape,
        6 => Reason::Large,
        7 => Reason::New,
        8 => Reason::Changes,
        9 => Reason::Groups,
        10 => Reason::Few,
        11 => Reason::NotFinite,
        12 => Reason::Frames,
        13 => Reason::Failed,
        _ => return None,
    };
    Some(ComputedBy::Libtorch(reason))
}

/// Measures what the processor can do.
pub fn ceilings(table: &Table, set_bytes: usize) -> Result<Ceilings, Fault> {
    let mut raw = RawCeilings::default();
    // SAFETY: `raw` is a place for the figures.
    call(|message| unsafe { (table.ceilings)(set_bytes, &raw mut raw, message) })?;
    let RawCeilings { memory_bytes_per_s, memory_bytes, set_bytes_per_s, set_bytes, products_per_s, lanes } =
        raw;
    Ok(Ceilings { memory_bytes_per_s, memory_bytes, set_bytes_per_s, set_bytes, products_per_s, lanes })
}
