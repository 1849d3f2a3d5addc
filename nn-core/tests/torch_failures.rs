//! What goes wrong inside libtorch comes out as an error of this crate, and the model goes on.
#![cfg(feature = "torch")]

mod torch_stand;

use nn_core::model::{LoadError, ModelSource, RunError};
use torch_stand::{Tensor, get, load, models, run, source, try_run};

#[test]
fn an_exception_becomes_one_line_and_the_next_call_works() {
    let mut model = load("throws");
    let input = Tensor::noise(1, 1, 64);
    for _ in 0..3 {
        let error = try_run(&mut *model, "forward", &input).expect_err("it always fails");
        let what = "this model always fails".into();
        assert_eq!(error, RunError::Threw { method: "forward".into(), what });
        assert_eq!(run(&mut *model, "later", &input), input);
    }
    let error = try_run(&mut *model, "later", &input).expect_err("the fourth call fails");
    assert_eq!(error.to_string(), "later raised: this model fails at its fourth call");
    assert_eq!(run(&mut *model, "later", &input), input);
    get(&mut *model, "fuse");
}

#[test]
fn an_exception_on_another_thread_stays_there() {
    let mut model = load("throws");
    let failed = std::thread::spawn(move || {
        model.prepare_thread(1);
        try_run(&mut *model, "forward", &Tensor::noise(1, 1, 64)).is_err()
    });
    assert!(failed.join().expect("a thread that ends"));
}

#[test]
fn a_batch_beyond_the_models_lanes_says_so() {
    let mut model = load("delay");
    let error = try_run(&mut *model, "forward", &Tensor::noise(9, 1, 64)).expect_err("nine lanes");
    let wanted = "forward raised: ValueError: this model keeps state for 8 lanes, got a batch of 9";
    assert_eq!(error.to_string(), wanted);
}

#[test]
fn a_wrong_length_names_both_shapes() {
    let error = try_run(&mut *load("short"), "forward", &Tensor::noise(2, 1, 64)).expect_err("short");
    let wanted =
        "forward answered [2, 1, 63] instead of [2, 1, 64]: the model breaks its own `forward_params`";
    assert_eq!(error.to_string(), wanted);
    assert!(matches!(error, RunError::WrongShape { .. }), "{error:?}");
}

#[test]
fn a_wrong_number_of_channels_is_reported_in_the_models_words() {
    let mut model = load("multi");
    let (at, input) = (torch_stand::method(&*model, "swap"), Tensor::noise(1, 3, 64));
    let error = model.run(at, input.view(), Tensor::zeros(1, 2, 64).view_mut()).expect_err("three channels");
    assert!(error.to_string().contains("input must be [batch, 2, frames], got [1, 3, 64]"), "{error}");
}

#[test]
fn an_answer_that_is_no_tensor_names_its_kind() {
    let error = try_run(&mut *load("listy"), "forward", &Tensor::noise(1, 1, 64)).expect_err("a list");
    assert_eq!(error, RunError::NotATensor { method: "forward".into(), found: "list".into() });
}

#[test]
fn nan_is_for_the_engine_to_silence() {
    let output = run(&mut *load("nan"), "forward", &Tensor::noise(1, 1, 64));
    assert!(output.samples.iter().all(|sample| sample.is_nan()));
}

fn load_bytes(bytes: &[u8]) -> LoadError {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("model.ts");
    std::fs::write(&path, bytes).expect("a file");
    match source().load(&(&path).into()) {
        Ok(_) => panic!("it loaded"),
        Err(error) => error,
    }
}

#[test]
fn damaged_files_never_reach_libtorch() {
    let good = std::fs::read(models().join("identity.ts")).expect("a model");
    assert!(matches!(load_bytes(&[]), LoadError::Unsound { .. }));
    assert!(matches!(load_bytes(b"no archive at all"), LoadError::Unsound { .. }));
    assert!(matches!(load_bytes(&good[..good.len() / 2]), LoadError::Unsound { .. }));
    let mut flipped = good;
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x10;
    assert!(matches!(load_bytes(&flipped), LoadError::Unsound { .. }));
}

#[test]
fn a_missing_file_is_named() {
    let error = match source().load(&models().join("not there.ts").into()) {
        Ok(_) => panic!("it loaded"),
        Err(error) => error,
    };
    assert!(matches!(error, LoadError::Read { .. }), "{error}");
    assert!(error.to_string().contains("not there.ts"), "{error}");
}
