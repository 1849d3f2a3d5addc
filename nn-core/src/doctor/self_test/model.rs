//! The models of the self-test. They come with the program: what lies in models folders may be anything.

use super::compare::Right;

/// A model of the self-test.
#[derive(Clone, Copy, Debug)]
pub struct SelfTestModel {
    /// Its name, under which it is told.
    pub name: &'static str,
    /// Its file.
    pub(super) bytes: &'static [u8],
    /// An attribute that is set before it plays.
    pub(super) set: Option<(&'static str, f64)>,
    /// What its sound should be.
    pub(super) right: Right,
}

/// All of them.
pub const MODELS: [SelfTestModel; 2] = [
    SelfTestModel {
        name: "gain",
        bytes: include_bytes!("../../../../models/gain.ts"),
        set: Some(("gain", 0.5)),
        right: Right::Times(0.5),
    },
    SelfTestModel {
        name: "codec",
        bytes: include_bytes!("../../../../models/codec.ts"),
        set: None,
        // `NN_WRITE_SELF_TEST=1 cargo test -p nn-core --test torch_self_test` writes them.
        right: Right::Samples(include_str!("codec.txt")),
    },
];
