//! Many boxes, many messages, from all of Max's threads, while audio runs.
#![cfg(target_os = "linux")]

mod common;

use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering::SeqCst},
};

use common::{FORMAT, loaded, max, ramp};
use max_host::{Format, Overdrive};

/// Fewer under a sanitizer, which takes its time.
const CYCLES: usize = if cfg!(feature = "count") { 1000 } else { 100 };

#[test]
fn a_thousand_boxes_come_and_go_while_audio_runs() {
    let mut max = max();
    max.overdrive(Overdrive::On);
    let stays = loaded(&max, "nn~ gain forward 64");
    max.wire(stays, 0, 1);
    max.audio_on(FORMAT);
    max.play_on(stays, ramp(1, 4410));
    let texts = [
        "nn~ gain forward 64",
        "nn~ two forward 0",
        "mc.nn~ two forward 64",
        "mcs.nn~ two forward 2 64",
        "nn~",
    ];
    for cycle in 0..CYCLES {
        let nn = max.create(texts[cycle % texts.len()]);
        if cycle % 3 == 0 {
            max.send(nn, if cycle % 5 == 4 { "load gain" } else { "set gain 0.5" });
            max.service();
        }
        if cycle % 7 == 0 {
            max.pass(2);
        }
        max.delete(nn);
    }
    max.stop();
    max.pass(50);
    assert_eq!(max.errors(), Vec::<String>::new());
}

#[test]
#[expect(clippy::too_many_lines, reason = "one session, message after message")]
fn both_message_threads_send_while_audio_runs_and_restarts() {
    for overdrive in [Overdrive::On, Overdrive::InAudioInterrupt] {
        let mut max = max();
        max.overdrive(overdrive);
        let nn = loaded(&max, "nn~ gain forward 64");
        let mc = loaded(&max, "mc.nn~ two forward 64");
        max.send(nn, "wait 0");
        max.wire(nn, 0, 1);
        max.wire(mc, 0, 3);
        max.audio_on(FORMAT);
        max.play_on(nn, ramp(1, 4410));
        let over = Arc::new(AtomicBool::new(false));
        let until = over.clone();
        max.on_scheduler(move || {
            let messages = [
                "set gain 0.5",
                "get gain",
                "load two",
                "bang",
                "enable 0",
                "enable 1",
                "load gain",
                "stats",
            ];
            for message in messages.iter().cycle() {
                if until.load(SeqCst) {
                    break;
                }
                nn.send(message);
                mc.send(message);
                std::thread::sleep(std::time::Duration::from_micros(700));
            }
        });
        let messages = [
            "set gain 0.25",
            "load gain",
            "method inverse",
            "bufsize 128",
            "reload",
            "get gain",
            "deadline 64",
            "latency",
            "bufsize 64",
        ];
        for (number, message) in messages.iter().cycle().enumerate().take(CYCLES) {
            max.send(nn, message);
            max.send(mc, message);
            if number % 10 == 0 {
                max.wire(mc, 0, 1 + number / 10 % 4);
                max.audio_on(Format { vector_frames: if number % 20 == 0 { 64 } else { 128 }, ..FORMAT });
            }
            max.service();
        }
        over.store(true, SeqCst);
        max.stop();
        max.await_scheduler();
        max.until("the last word", |max| {
            max.forget();
            max.send(nn, "bang");
            max.told(nn).contains(&"loaded 1".into())
        });
    }
}
