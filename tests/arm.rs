//! Boxes in Debian's Pure Data for ARM, on an emulated Raspberry Pi 4, sound as on x86-64.
//!
//! `cargo xtask test arm` builds the externals and unpacks that Pure Data. Without it the test says that it is skipped.
#![cfg(all(target_os = "linux", target_arch = "x86_64"))]

mod support;

use support::{model, pd, session::Player, stage::Stage};

/// The boxes, and how much their sound may differ, as a part of the loudest sample.
const BOXES: [(&str, &str, f32); 4] = [
    ("identity", "forward 2048", 0.0),
    ("gain", "forward 2048", 0.0),
    ("codec", "forward 4096", 1e-4),
    ("features", "forward 2048", 0.0),
];

#[test]
fn boxes_sound_on_an_emulated_raspberry_pi_4_as_on_x86_64() {
    if !pd::has_arm() {
        assert!(
            std::env::var_os("NN_REQUIRE_ARM").is_none(),
            "no Pure Data for ARM: run `cargo xtask test arm`"
        );
        println!("skipped: no Pure Data for ARM: run `cargo xtask test arm`");
        return;
    }
    let play = |player| {
        let mut stage = Stage::new();
        stage.limit(std::time::Duration::from_secs(600));
        for (name, arguments, _) in BOXES {
            stage.part(name, &format!("nn~ {} {arguments}", model(name).display()), 1);
            stage.send(&format!("{name} wait 1"));
        }
        stage.pass(1500);
        stage.play(player)
    };
    let (ours, theirs) = (play(Player::PdBatch), play(Player::ArmBatch));
    assert_eq!(theirs.errors, Vec::<String>::new());
    for (name, _, allowed) in BOXES {
        let (here, there) = (ours.sound(name), theirs.sound(name));
        assert_eq!(here.len(), there.len());
        let loudest = here.iter().fold(0.0, |most: f32, sample| most.max(sample.abs()));
        assert!(loudest > 1e-3, "{name} is silent");
        let difference = here.iter().zip(there).fold(0.0, |most: f32, (a, b)| most.max((a - b).abs()));
        println!("{name}: largest difference {difference:e} of {loudest}");
        assert!(difference <= allowed * loudest, "{name}: {difference:e} of {loudest}");
    }
}
