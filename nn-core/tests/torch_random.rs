//! The generator of random numbers, of which the process has one. One test only: others would draw from it too.
#![cfg(feature = "torch")]

mod torch_stand;

#[test]
fn the_generator_goes_back_to_where_it_was() {
    let source = torch_stand::source();
    assert_eq!(source.random_state(), Vec::<u8>::new(), "there is none before libtorch is there");
    source.set_random_state(&[]);
    let _opens_libtorch = torch_stand::load("identity");
    source.seed(7);
    let here = source.random_state();
    assert!(!here.is_empty());
    source.seed(8);
    assert_ne!(source.random_state(), here);
    source.set_random_state(&here);
    assert_eq!(source.random_state(), here);
}
