//! The arithmetic of latency: a table of cases, and a simulation that knows nothing of the formula.

use nn_core::{
    ratio::{gcd, lcm},
    spec::MAX_BUFFER_FRAMES,
    timing::{Mode, Timing, auto_deadline, host_ran_on, legal_buffer},
};
use proptest::prelude::*;

const WORKER: Mode = Mode::Worker { deadline_frames: None };

#[test]
fn latency_of_known_cases() {
    for (wanted, ratio, block, mode, buffer, deadline, latency) in [
        // nn~ 1.6's usual case: 2 * 2048 - 64.
        (2048, 1, 64, WORKER, 2048, 2048, 4032),
        (8192, 1, 64, WORKER, 8192, 8192, 16_320),
        (65_536, 1, 64, WORKER, 65_536, 65_536, 131_008),
        // No worker: as small as can be.
        (0, 1, 64, Mode::Inline, 64, 0, 0),
        (0, 1, 1, Mode::Inline, 1, 0, 0),
        (0, 512, 64, Mode::Inline, 512, 0, 448),
        (2048, 1, 2048, Mode::Inline, 2048, 0, 0),
        (2048, 1, 64, Mode::Inline, 2048, 0, 1984),
        // Buffers that are no multiple of the block.
        (100, 1, 64, WORKER, 100, 128, 224),
        (3000, 1, 64, WORKER, 3000, 3008, 6000),
        (100, 1, 16, WORKER, 100, 112, 208),
        (1, 1, 1, WORKER, 1, 1, 1),
        // The host block is larger than the requested buffer.
        (64, 1, 4096, WORKER, 4096, 4096, 4096),
        (3000, 1, 4096, WORKER, 4096, 4096, 4096),
        (100, 3000, 4096, WORKER, 6000, 8192, 14_176),
        // Ratios.
        (1, 512, 64, WORKER, 512, 512, 960),
        (2048, 3000, 64, WORKER, 3000, 3008, 6000),
        (2048, 192_000, 64, WORKER, 192_000, 192_000, 383_936),
        // A chosen deadline is rounded up to whole blocks.
        (2048, 1, 64, Mode::Worker { deadline_frames: Some(300) }, 2048, 320, 2304),
        // A worker's result is due one block after its buffer was full, at the earliest.
        (2048, 1, 64, Mode::Worker { deadline_frames: Some(0) }, 2048, 64, 2048),
    ] {
        let timing = Timing::new(wanted, ratio, block, mode).unwrap();
        let what = format!("wanted {wanted}, ratio {ratio}, block {block}, {mode:?}");
        assert_eq!(timing.buffer_frames, buffer, "{what}: buffer");
        assert_eq!(timing.deadline_frames, deadline, "{what}: deadline");
        assert_eq!(timing.latency_frames, latency, "{what}: latency");
    }
}

#[test]
fn an_automatic_deadline_is_whole_bursts_that_are_long_enough() {
    for (worst_ms, burst, block, deadline) in [
        // 1 ms and its margin are 110.3 samples.
        (1.0, 64, 64, 128),
        (0.1, 64, 64, 64),
        (0.0, 64, 64, 64),
        (0.0, 0, 0, 45),
        (1.0, 1024, 64, 1024),
        (20.0, 1024, 64, 2048),
        (20.0, 64, 64, 1408),
        (20.0, 64, 512, 1536),
        (1e12, 64, 64, MAX_BUFFER_FRAMES),
    ] {
        let found = auto_deadline(worst_ms * 1e-3, burst, block, 44_100.0);
        assert_eq!(found, deadline, "{worst_ms} ms, burst {burst}, block {block}");
    }
}

#[test]
fn a_buffer_beyond_all_reason_is_an_error_that_names_the_limit() {
    let error = Timing::new(1 << 30, 1, 64, WORKER).unwrap_err().to_string();
    assert!(error.contains("1073741824") && error.contains("16777216"), "{error}");
    assert!(Timing::new(64, 1, 64, Mode::Worker { deadline_frames: Some(usize::MAX) }).is_err());
    assert!(legal_buffer(usize::MAX, 3, 64).is_err());
}

#[test]
fn audio_ran_on_when_as_much_was_played_as_time_has_passed() {
    for (passed_ms, played, block, on) in [
        (0.0, 0, 64, true),
        (1000.0, 44_100, 64, true),
        (1000.0, 44_100 - 64, 64, true),
        (1000.0, 44_100 - 128, 64, false),
        (1000.0, 0, 64, false),
        (50.0, 0, 4096, true),
        (200.0, 0, 4096, false),
        // More than time allows: overlapping blocks.
        (1000.0, 88_200, 64, true),
    ] {
        assert_eq!(
            host_ran_on(passed_ms, played, block, 44_100.0),
            on,
            "{passed_ms} ms, {played}, block {block}"
        );
    }
}

#[test]
fn greatest_divisor_and_least_multiple() {
    assert_eq!((gcd(0, 5), gcd(12, 18), gcd(2048, 64)), (5, 6, 64));
    assert_eq!((lcm(512, 3000), lcm(0, 3), lcm(usize::MAX, 2)), (Some(192_000), None, None));
}

/// The smallest latency at which no output block ever needs a buffer that is not complete, found by trying.
fn least_latency(buffer: usize, block: usize) -> usize {
    (0..buffer)
        .find(|&latency| {
            // The positions of block borders within buffers repeat after `buffer` blocks.
            (0..=buffer + 2).all(|j| {
                let captured = (j + 1) * block;
                (j * block..captured).all(|n| {
                    n.checked_sub(latency).is_none_or(|position| (position / buffer + 1) * buffer <= captured)
                })
            })
        })
        .expect("a whole buffer is always enough")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if cfg!(miri) { 4 } else { 200 }))]

    #[test]
    fn the_formula_gives_the_least_latency_there_is(block in 1usize..40, extra in 0usize..60) {
        let buffer = block + extra;
        let timing = Timing::new(buffer, 1, block, Mode::Inline).unwrap();
        prop_assert_eq!(timing.latency_frames, least_latency(buffer, block));
    }

    #[test]
    fn a_legal_buffer_is_the_smallest_multiple_that_is_enough(
        wanted in 0usize..100_000, ratio in 1usize..5000, block in 1usize..5000,
    ) {
        let buffer = legal_buffer(wanted, ratio, block).unwrap();
        prop_assert!(buffer.is_multiple_of(ratio) && buffer >= wanted && buffer >= block);
        prop_assert!(buffer == ratio || buffer - ratio < wanted.max(block));
    }

    #[test]
    fn the_pool_holds_a_buffer_for_every_state(block in 1usize..5000, wanted in 0usize..5000, deadline in 0usize..20_000) {
        let timing = Timing::new(wanted, 1, block, Mode::Worker { deadline_frames: Some(deadline) }).unwrap();
        // One filling, one playing, and all that a deadline keeps on the way.
        prop_assert!(timing.pool_buffers * timing.buffer_frames >= timing.latency_frames + 2 * timing.buffer_frames);
    }
}
