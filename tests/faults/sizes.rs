//! Large buffers, ratios and host blocks.

use crate::stand::{beside_a_healthy_box, boxed};
use crate::support::{model, patch::Patch, stage::Stage};

#[test]
fn buffers_from_8192_on_lose_nothing() {
    for buffer in [8192, 16_384, 65_536] {
        let script = |stage: &mut Stage| {
            stage.send("bad wait 1").pass(3500);
        };
        beside_a_healthy_box(&boxed("identity", &format!("forward {buffer}")), script, |played, what| {
            played.assert_exact("bad", 2 * buffer - 64, what);
            assert_eq!(played.errors, Vec::<String>::new(), "{what}");
        });
    }
}

#[test]
fn a_ratio_above_4096_plays() {
    for ratio in [8192_usize, 65_536] {
        let script = |stage: &mut Stage| {
            let promised = [1, ratio as i64, 1, ratio as i64];
            crate::malformed::with_params(&model("identity"), &stage.folder().join("coarse.ts"), promised);
            stage.send("bad wait 1").pass(if ratio == 8192 { 1000 } else { 5000 });
        };
        beside_a_healthy_box("nn~ coarse forward", script, |played, what| {
            // The last sample of each group, for as long as the group.
            let sound = &played.sound("bad")[2 * ratio - 64..];
            assert!(sound.iter().any(|&s| s != 0.0), "{what}");
            for (n, &sample) in sound.iter().enumerate() {
                assert_eq!(sample, played.dry[n / ratio * ratio + ratio - 1], "{what}: sample {n}");
            }
            assert_eq!(played.errors, Vec::<String>::new(), "{what}");
        });
    }
}

#[test]
fn without_a_thread_every_sample_of_a_block_is_played() {
    let script = |stage: &mut Stage| {
        stage.send("bad wait 1").pass(300);
    };
    beside_a_healthy_box(&boxed("identity", "forward 0"), script, |played, what| {
        played.assert_exact("bad", 0, what);
        assert_eq!(played.errors, Vec::<String>::new(), "{what}");
    });
}

#[test]
fn a_host_block_larger_than_the_buffer_loses_nothing() {
    for buffer in [0, 1, 64, 256, 1000] {
        let script = |stage: &mut Stage| {
            let mut large = Patch::new();
            let inlet = large.object("inlet~");
            let outlets = (large.object("outlet~"), large.object("outlet"));
            let (nn, control) =
                (large.object(&boxed("identity", &format!("forward {buffer}"))), large.object("r bad"));
            large.object("block~ 1024");
            for (from, outlet, to) in
                [(inlet, 0, nn), (control, 0, nn), (nn, 0, outlets.0), (nn, 1, outlets.1)]
            {
                large.connect(from, outlet, to, 0);
            }
            large.write(&stage.folder().join("large.pd"));
            stage.send("bad wait 1").pass(400);
        };
        beside_a_healthy_box("large", script, |played, what| {
            // Pd's own blocks of 1024 inside blocks of 64, then ours: one buffer of 1024 for its thread.
            let ours = if buffer == 0 { 0 } else { 1024 };
            played.assert_exact("bad", 1024 - 64 + ours, what);
            assert_eq!(played.errors, Vec::<String>::new(), "{what}");
        });
    }
}
