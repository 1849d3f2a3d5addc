//! The methods of objects.

use crate::{abi::Address, world::world};

/// The code of a method of an object.
pub fn find(address: Address, message: &str) -> Option<Address> {
    world().class_of(address).and_then(|class| class.methods.get(message).map(|method| method.code))
}
