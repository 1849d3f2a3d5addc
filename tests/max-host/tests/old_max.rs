//! A Max of before 8.6, which lacks newer functions. A process of its own: what was found once is kept.
#![cfg(target_os = "linux")]

mod common;

use common::{asked, loaded, max};
use max_host::Atom;

#[test]
fn a_max_without_arrays_says_so_and_goes_on_with_buffers() {
    max_host::grow_old();
    let max = max();
    max.array("numbers", &[Atom::Int(1)]);
    max.buffer("sound", 1, 44_100.0, vec![0.5, 0.25]);
    let nn = loaded(&max, "nn~ shaped forward 64 @track_buffers 1");
    max.forget();
    max.send(nn, "set curve numbers");
    max.until("an error", |max| !max.errors().is_empty());
    let error =
        "nn~: curve: there is no array 'numbers': make one with [buffer~ NAME 1000] or, from Max 8.6 on,";
    assert!(max.errors()[0].starts_with(error), "{:?}", max.errors());
    max.send(nn, "set curve sound");
    assert_eq!(asked(&max, nn, "get curve"), ["curve 0.5 0.25"]);
    max.write_buffer("sound", vec![1.0]);
    max.service();
    assert_eq!(asked(&max, nn, "get curve"), ["curve 1"]);
}
