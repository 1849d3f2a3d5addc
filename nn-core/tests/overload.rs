//! Models that are too slow: what is heard, and what is counted.
#![cfg(feature = "fake")]

mod rig;

use std::time::{Duration, Instant};

use nn_core::fake::{Behaviour, FakeModel};
use rig::Rig;

#[test]
fn an_overload_is_silence_and_fades_and_what_comes_after_it_is_in_its_place() {
    // A buffer of 512 is 11.6 ms; each of the first 100 runs takes three times as long.
    let laboured = Behaviour::Laboured(Duration::from_millis(35), 100);
    let mut rig = Rig::new(FakeModel::new([1, 1, 1, 1], laboured), "m forward 512", 64);
    rig.until_loaded();
    rig.send("wait 0");
    let (block_s, begin) = (64.0 / 44_100.0, Instant::now());
    let mut heard = Vec::new();
    let latency = 512 - 64 + 512;
    // What was sent and when: a slow triangle, so that fades are the largest steps.
    let sent: Vec<f32> =
        (0..64 * 3500).map(|n| 0.5 + ((n % 8820) as f32 / 4410.0 - 1.0).abs() * 0.5).collect();
    for (number, block) in sent.chunks(64).enumerate() {
        while begin.elapsed().as_secs_f64() < number as f64 * block_s {
            std::thread::sleep(Duration::from_micros(300));
        }
        heard.extend(rig.play(&[block.to_vec()]).remove(0));
    }
    let counts = rig.object.status().counts();
    assert!(counts.late > 50 && counts.dropped > 50, "this was no overload");
    // A buffer that sounds has faded in by its end, one that does not has faded out.
    let silent = heard[latency..].chunks_exact(512).filter(|buffer| buffer[511] == 0.0).count() as u64;
    assert_eq!(counts.late, silent, "every buffer that is not heard counts as late");
    let step = heard[latency..].windows(2).map(|pair| (pair[1] - pair[0]).abs()).fold(0.0, f32::max);
    // A fade from full level takes 220 samples.
    assert!(step < 1.5 / 220.0, "a click of {step}");
    // Never older or newer sound: a sample is that of its time, or a fade below it.
    let (mut recovered, mut longest) = (0, 0);
    for (n, &sample) in heard.iter().enumerate().skip(latency) {
        let its_own = sent[n - latency];
        recovered = if sample == its_own { recovered + 1 } else { 0 };
        longest = longest.max(recovered);
        assert!(sample <= its_own + 0.06, "sample {n}: {sample} instead of {its_own}");
    }
    assert!(longest > 44_100 / 10, "after the overload it is heard whole for a tenth of a second: {longest}");
}

#[test]
fn buffers_for_which_no_memory_was_left_count_as_late_too() {
    // Three runs are so long that everything waits for them; then there is time until the results are due.
    let laboured = Behaviour::Laboured(Duration::from_millis(250), 3);
    let mut rig = Rig::new(FakeModel::new([1, 1, 1, 1], laboured), "m forward 512", 64);
    rig.until_loaded();
    rig.send("deadline 2048");
    rig.send("wait 0");
    let latency = 512 - 64 + 2048;
    rig.poll_until(|events| format!("{events:?}").contains(&format!("{latency}")));
    let (block_s, begin) = (64.0 / 44_100.0, Instant::now());
    let mut heard = Vec::new();
    for number in 0..1400 {
        while begin.elapsed().as_secs_f64() < f64::from(number) * block_s {
            std::thread::sleep(Duration::from_micros(300));
        }
        heard.extend(rig.play(&[vec![1.0; 64]]).remove(0));
    }
    let silent = heard[latency..].chunks_exact(512).filter(|buffer| buffer[511] == 0.0).count() as u64;
    assert!(silent > 20, "{silent}: this was no overload");
    assert_eq!(rig.object.status().counts().late, silent);
}
