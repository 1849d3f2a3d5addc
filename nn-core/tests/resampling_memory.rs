//! The way to a model's rate and back takes no memory once it is built: without a worker it runs in the audio callback.

mod counting;

use counting::CALLS;
use nn_core::{
    port::buffer::BufferShape,
    resample::{Plan, Rates, Resampling},
    spec::MethodSpec,
};

#[test]
fn no_allocation_and_no_free_in_any_buffer_gap_or_beginning() {
    for (host_hz, model_hz, buffer_frames, ratio_lcm, params) in [
        (44_100, 48_000, 64, 1, [2, 1, 2, 1]),
        (44_100, 48_000, 100, 512, [1, 1, 4, 512]),
        (48_000, 44_100, 2048, 512, [4, 512, 1, 1]),
        (96_000, 22_050, 333, 1, [0, 1, 1, 1]),
    ] {
        let method = MethodSpec::from_params("forward", &params).expect("a legal method");
        let rates = Rates::new(host_hz, model_hz).expect("rates that can be converted");
        let plan = Plan::new(rates, &method, ratio_lcm, buffer_frames).expect("a plan");
        let (in_channels, out_channels) = (method.in_channels, method.out_channels);
        let shape = BufferShape { batch: 3, in_channels, out_channels, buffer_frames };
        let (mut resampling, mut buffer) = (Resampling::new(plan, shape, true), shape.buffer());
        let (begin, mut runs) = (CALLS.get(), 0u32);
        for sequence in 0..60 {
            // Buffer 30 is missing.
            resampling.follow(sequence + u64::from(sequence >= 30));
            let run = resampling.run(&mut buffer, |_| {
                runs += 1;
                Ok(())
            });
            assert!(run.is_ok());
        }
        resampling.begin(false);
        assert_eq!(CALLS.get() - begin, 0, "{plan:?}");
        assert!(runs > 5, "the model ran: {plan:?}");
    }
    let begin = CALLS.get();
    drop(vec![1u8; 10]);
    assert_eq!(CALLS.get() - begin, 2, "the counter counts");
}
