//! What the frontends of all hosts do alike, so that each of them only translates.
//!
//! A frontend keeps what belongs to a box behind a pointer in the host's memory. Here is what goes on around it: where
//! models come from ([`source`]), how messages wait for the main thread ([`inbox`]), how often to look for answers
//! ([`poll`]), how what a box says reaches the host while receivers may delete the box ([`emit`], [`alive`]), the
//! classes by kind of box ([`class`]), and texts for C ([`text`]). All of it runs on the host's main thread unless it
//! says otherwise; none of it is for the audio thread.

pub mod alive;
pub mod class;
pub mod emit;
pub mod inbox;
pub mod poll;
#[cfg(feature = "torch")]
pub mod source;
pub mod text;
