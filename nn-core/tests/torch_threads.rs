//! Settings that hold for one thread. One test only: it counts the threads of the process.
#![cfg(feature = "torch")]

mod torch_stand;

use std::thread;

use nn_core::{
    model::{Model, Runtime},
    torch::TorchRuntime,
    value::Value,
};
use torch_stand::{Tensor, load, run, set};

/// Runs on a thread of its own.
fn elsewhere<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    thread::scope(|scope| scope.spawn(work).join().expect("a thread that ends"))
}

/// Threads of this process.
#[cfg(target_os = "linux")]
fn thread_count() -> usize {
    std::fs::read_dir("/proc/self/task").expect("the threads of this process").count()
}

/// What is left of a product too small for a normal number.
fn tiny_product(model: &mut dyn Model) -> f32 {
    set(model, "gain", &[Value::Float(1e-20)]).expect("a gain");
    run(model, "forward", &Tensor::zeros(1, 1, 64).map(|_| 1e-20)).samples[0]
}

#[test]
fn a_prepared_thread_computes_alone_and_flushes_denormals() {
    // `load` prepares the thread that calls it, and new threads inherit how their parent treats denormals.
    let mut model = elsewhere(|| load("gain"));
    let unprepared = elsewhere(|| tiny_product(&mut *model));
    assert!(unprepared > 0.0, "this test shows nothing on this processor");
    let prepared = elsewhere(|| {
        TorchRuntime.prepare_thread(1);
        tiny_product(&mut *model)
    });
    assert_eq!(prepared, 0.0);

    #[cfg(target_os = "linux")]
    {
        // Large enough to be shared out among threads, when there are any.
        let large = Tensor::noise(1, 1, 1 << 20);
        let mut threads_made_with = |count: u32| {
            elsewhere(|| {
                TorchRuntime.prepare_thread(count);
                let before = thread_count();
                run(&mut *model, "forward", &large);
                thread_count() - before
            })
        };
        assert_eq!(threads_made_with(1), 0);
        assert_eq!(threads_made_with(3), 2);
    }
}
