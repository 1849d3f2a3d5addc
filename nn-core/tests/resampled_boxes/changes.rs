//! What is switched, loaded or paused while they play.

use crate::rig::{Rig, ramp};
use crate::stand::{exact, found, largest_step, latency, notes, resampled, settle, source, steady};

#[test]
fn it_goes_over_without_a_click_both_ways() {
    for arguments in ["m forward 512", "m forward 0", "coarse forward 2048"] {
        let mut rig = exact(arguments);
        let before = latency(&mut rig);
        steady(&mut rig, 1.0, before);
        for message in
            ["resample 1", "method forward", "reset", "load half", "load m", "reload", "resample 0"]
        {
            rig.play(&[vec![1.0; 64 * 8]]);
            rig.send(message);
            let heard = rig.play(&[vec![1.0; 64 * 160]]).remove(0);
            let wanted = if message == "load half" { 0.5 } else { 1.0 };
            assert!(largest_step(&heard) < 0.03, "{arguments}: {message}: {}", largest_step(&heard));
            let last = heard.last().expect("sound");
            assert!((last - wanted).abs() < 1e-5, "{arguments}: {message}: {last}");
        }
        assert_eq!(rig.object.status().counts().late, 0, "{arguments}");
        assert!(rig.errors().is_empty(), "{:?}", rig.errors());
    }
}

#[test]
fn nothing_changes_where_the_rates_are_the_same_or_any_will_do() {
    for (name, rate_hz) in [("anywhere", 44_100.0), ("m", 48_000.0)] {
        let mut rig = Rig::with_source(source(), &format!("{name} forward 512"), 64, true);
        rig.send("wait 1");
        rig.prepare_at(rate_hz);
        rig.poll_until(|events| format!("{events:?}").contains("loaded"));
        rig.play(&[vec![0.0; 64 * 40]]);
        let swaps = rig.object.status().counts().swaps;
        let ramp = ramp(64 * 300);
        let mut heard = rig.play(&[ramp[..64 * 100].to_vec()]).remove(0);
        rig.send("resample 1");
        heard.extend(rig.play(&[ramp[64 * 100..64 * 200].to_vec()]).remove(0));
        rig.send("resample 0");
        heard.extend(rig.play(&[ramp[64 * 200..].to_vec()]).remove(0));
        assert_eq!(heard[960..], ramp[..ramp.len() - 960], "{name}: bit for bit, without a gap");
        assert_eq!(rig.object.status().counts().swaps, swaps, "{name}");
        rig.send("resample 1");
        assert_eq!(latency(&mut rig), 960, "{name}");
    }
}

#[test]
fn it_holds_for_every_other_model_method_and_buffer() {
    let mut rig = resampled("m forward 512");
    for (message, level) in [
        ("method inverse", -1.0),
        ("bufsize 1024", -1.0),
        ("bufsize 0", -1.0),
        ("deadline 256", -1.0),
        ("bufsize 300", -1.0),
        ("deadline auto", -1.0),
        ("load half forward", 0.5),
        ("reload", 0.5),
        ("reset", 0.5),
    ] {
        rig.send(message);
        settle(&mut rig);
        let latency = latency(&mut rig);
        let (late, peak) = found(&mut rig, latency);
        assert_eq!(late, 0, "{message}: {latency}");
        assert!((peak / level - 0.87).abs() < 0.1, "{message}: {peak}");
    }
    rig.send("load anywhere");
    settle(&mut rig);
    rig.send("bufsize 512");
    rig.send("deadline buffer");
    settle(&mut rig);
    let ramp = ramp(64 * 100);
    let heard = rig.play(std::slice::from_ref(&ramp)).remove(0);
    assert_eq!(heard[960..], ramp[..ramp.len() - 960], "a model for any rate is left as it is");
    assert!(rig.errors().is_empty(), "{:?}", rig.errors());
}

#[test]
fn a_choice_made_before_the_model_is_there_is_kept_for_it() {
    let mut rig = Rig::with_source(source(), "void 1 1 512", 64, true);
    rig.send("wait 1");
    rig.send("resample 1");
    assert!(rig.object.wants_resampling());
    rig.send("load m");
    settle(&mut rig);
    let latency = latency(&mut rig);
    assert!(latency > 960 && found(&mut rig, latency).0 == 0, "{latency}");
    assert_eq!(notes(&rig).len(), 1, "{:?}", notes(&rig));
}

#[test]
fn the_host_s_rate_may_change_while_it_is_on() {
    for buffer in [512, 0] {
        let mut rig = resampled(&format!("m forward {buffer}"));
        let at_44 = latency(&mut rig);
        for (rate_hz, settled) in [(96_000.0, None), (48_000.0, Some(())), (44_100.0, None)] {
            rig.off_and_on_at(rate_hz);
            settle(&mut rig);
            let latency = latency(&mut rig);
            assert_eq!(found(&mut rig, latency).0, 0, "{buffer}, {rate_hz} Hz");
            if settled.is_some() {
                let ramp = ramp(64 * 100);
                let heard = rig.play(std::slice::from_ref(&ramp)).remove(0);
                assert_eq!(heard[latency..], ramp[..ramp.len() - latency], "{buffer}: the model's own rate");
            }
        }
        assert_eq!(latency(&mut rig), at_44, "{buffer}");
        assert!(rig.errors().is_empty(), "{:?}", rig.errors());
    }
}

#[test]
fn audio_that_was_off_begins_again_without_what_was_on_its_way() {
    for buffer in [512, 0] {
        let mut rig = resampled(&format!("m forward {buffer}"));
        let latency = latency(&mut rig);
        rig.play(&[vec![1.0; 64 * 30]]);
        rig.off_and_on();
        let mut input = vec![0.0; 64 * 40];
        input[0] = 1.0;
        let heard = rig.play(&[input]).remove(0);
        assert!(heard[..latency - 100].iter().all(|&s| s == 0.0), "{buffer}: nothing stale");
        assert!(heard[latency] > 0.8, "{buffer}: the very first sample counts: {}", heard[latency]);
    }
}

#[test]
fn a_pause_leaves_nothing_stale_and_ends_with_a_fade() {
    for buffer in [512, 0] {
        let mut rig = resampled(&format!("m forward {buffer}"));
        let latency = latency(&mut rig);
        rig.play(&[vec![1.0; 64 * 80]]);
        rig.send("enable 0");
        let heard = rig.play(&[vec![-1.0; 64 * 80]]).remove(0);
        assert!(heard[latency + 1000..].iter().all(|&s| s == 0.0), "{buffer}");
        rig.send("enable 1");
        let heard = rig.play(&[vec![-1.0; 64 * 80]]).remove(0);
        assert!(
            heard.iter().all(|&s| s < 1e-3),
            "{buffer}: what came before the pause is not heard after it"
        );
        assert!(largest_step(&heard) < 0.03, "{buffer}: {}", largest_step(&heard));
        assert!((heard[heard.len() - 1] + 1.0).abs() < 1e-5, "{buffer}");
        steady(&mut rig, 0.0, latency);
        assert_eq!(found(&mut rig, latency).0, 0, "{buffer}");
    }
}
