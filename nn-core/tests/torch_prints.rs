//! What models print is kept for the thread that called them.
#![cfg(feature = "torch")]

mod torch_stand;

use nn_core::{
    model::{Printed, Runtime},
    torch::TorchRuntime,
};
use torch_stand::{Tensor, load, run};

#[test]
fn what_a_model_prints_is_told_once_to_the_thread_that_called_it() {
    let source = TorchRuntime;
    let mut model = load("hostile/prints");
    let said = source.take_printed().expect("it prints as it is loaded");
    assert_eq!(said.text, "PRINTED while loading");
    assert_eq!(source.take_printed(), None);
    for _ in 0..100 {
        run(model.as_mut(), "forward", &Tensor::noise(1, 1, 64));
    }
    assert_eq!(std::thread::spawn(move || source.take_printed()).join().expect("no panic"), None);
    let expected = Printed {
        text: "PRINTED by forward[U+001B][2J 64".into(),
        is_warning: false,
        count: 200,
        is_line: false,
    };
    assert_eq!(source.take_printed(), Some(expected));
    run(model.as_mut(), "warns", &Tensor::noise(1, 1, 64));
    let expected = Printed { text: "WARNED by warns".into(), is_warning: true, count: 1, is_line: false };
    assert_eq!(source.take_printed(), Some(expected));
    run(model.as_mut(), "forward", &Tensor::noise(1, 1, 64));
    source.forget_printed();
    assert_eq!(source.take_printed(), None);
}
