//! In which order things are freed.

use crate::{abi::Address, breaches::breach, world::world};

/// Something of an owner that is being freed while it may still be called.
pub fn too_early(owner: Address, what: &str) {
    let early = {
        let world = world();
        world.instances.get(&owner).is_some_and(|instance| {
            let is_audio = world.classes[instance.class].is_audio;
            instance.being_freed && is_audio && !instance.out_of_chain
        })
    };
    if early {
        breach(format!("{what} is freed before z_dsp_free"));
    }
}
