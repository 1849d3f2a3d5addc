//! Formats of sound that are read and written.

use super::{Folder, noise};
use crate::support::root;

/// Sound that 16 bits hold exactly.
fn sixteen_bits(frames: usize) -> Vec<f32> {
    noise(3, frames).iter().map(|sample| (sample * 32_768.0).round() / 32_768.0).collect()
}

/// An AIFF file of 16 bits, by hand: big endian, and its rate a number of 80 bits.
fn aiff(samples: &[f32], sample_rate_hz: u32) -> Vec<u8> {
    let sound: Vec<u8> = samples.iter().flat_map(|s| ((s * 32_768.0) as i16).to_be_bytes()).collect();
    let exponent = 31 - sample_rate_hz.leading_zeros();
    let mut rate = (16_383 + exponent as u16).to_be_bytes().to_vec();
    rate.extend((u64::from(sample_rate_hz) << (63 - exponent)).to_be_bytes());
    let chunk = |name: &[u8], bytes: &[u8]| [name, &(bytes.len() as u32).to_be_bytes(), bytes].concat();
    let common =
        [&1_u16.to_be_bytes()[..], &(samples.len() as u32).to_be_bytes(), &16_u16.to_be_bytes(), &rate]
            .concat();
    let sound = chunk(b"SSND", &[&[0; 8][..], &sound].concat());
    chunk(b"FORM", &[&b"AIFF"[..], &chunk(b"COMM", &common), &sound].concat())
}

#[test]
fn what_goes_through_lossless_formats_comes_back_sample_by_sample() {
    let folder = Folder::new();
    let sound = sixteen_bits(10_000);
    folder.write("in.wav", std::slice::from_ref(&sound));
    std::fs::write(folder.at("in.aiff"), aiff(&sound, 44_100)).expect("written");
    folder.rendered("identity.ts in.wav sixteen.wav --bits 16");
    folder.rendered("identity.ts in.wav twentyfour.wav --bits 24");
    folder.rendered("identity.ts in.wav sixteen.flac --bits 16");
    folder.rendered("identity.ts in.wav twentyfour.flac");
    for name in ["in.aiff", "sixteen.wav", "twentyfour.wav", "sixteen.flac", "twentyfour.flac"] {
        folder.rendered(&format!("identity.ts {name} out.wav --force --tail 0"));
        assert!(folder.read("out.wav") == [sound.clone()], "{name}");
    }
}

#[test]
fn an_mp3_is_read_with_what_its_encoder_has_added_left_out() {
    let folder = Folder::new();
    std::fs::copy(root().join("tests/fixtures/tone.mp3"), folder.at("tone.mp3")).expect("a copy");
    folder.rendered("identity.ts tone.mp3 out.wav --tail 0");
    let heard = folder.read("out.wav");
    // A quarter of a second of a sine of 441 Hz, half as loud as can be.
    assert_eq!((heard.len(), heard[0].len()), (1, 11_025));
    let peak = heard[0].iter().fold(0.0_f32, |peak, sample| peak.max(sample.abs()));
    assert!((0.45..0.56).contains(&peak), "{peak}");
    let crossings = heard[0][1_000..10_000].windows(2).filter(|pair| pair[0] < 0.0 && pair[1] >= 0.0).count();
    assert!((89..=91).contains(&crossings), "{crossings}");
}

#[test]
fn channels_go_through_boxes_of_their_own_and_one_goes_to_all_inputs() {
    let folder = Folder::new();
    let (left, right) = (noise(1, 8_000), noise(2, 8_000));
    folder.write("stereo.wav", &[left.clone(), right.clone()]);
    folder.write("left.wav", std::slice::from_ref(&left));
    folder.rendered("delay.ts stereo.wav out.wav --tail 0");
    assert!(folder.read("out.wav") == [left.clone(), right.clone()]);
    // multi.ts swaps its two channels.
    folder.rendered("multi.ts:swap stereo.wav swapped.wav --tail 0");
    assert!(folder.read("swapped.wav") == [right, left.clone()]);
    folder.rendered("multi.ts:swap left.wav both.wav --tail 0");
    assert!(folder.read("both.wav") == [left.clone(), left.clone()]);
    folder.rendered("identity.ts stereo.wav mixed.wav --mono --tail 0");
    assert_eq!(folder.read("mixed.wav").len(), 1);
    folder.write("three.wav", &[left.clone(), left.clone(), left]);
    let ended = folder.render("multi.ts:swap three.wav out3.wav");
    assert!(ended.code == Some(1) && ended.errors.contains("--mono mixes them to one"), "{}", ended.errors);
}

#[test]
fn what_is_no_sound_or_cannot_be_written_is_one_line() {
    let folder = Folder::new();
    folder.write("in.wav", &[noise(1, 100)]);
    for name in ["words.wav", "words.mp3", "words.flac", "words.npz"] {
        std::fs::write(folder.at(name), "these are words and no sound".repeat(40)).expect("written");
        let ended = folder.render(&format!("identity.ts {name} out.wav"));
        assert_eq!((ended.code, ended.errors.lines().count()), (Some(1), 1), "{name}: {}", ended.errors);
        assert!(ended.errors.starts_with(&format!("nn: {name}: ")), "{}", ended.errors);
    }
    std::fs::write(folder.at("empty.wav"), "").expect("written");
    assert_eq!(folder.render("identity.ts empty.wav out.wav").code, Some(1));
    for (words, line) in [
        ("multi.ts:spread8 in.wav out.flac --bits 32", "FLAC holds whole numbers"),
        ("codec.ts:encode in.wav out.flac", "FLAC holds 8 channels at most, and there are 24"),
    ] {
        let ended = folder.render(words);
        assert!(ended.code == Some(1) && ended.errors.contains(line), "{}", ended.errors);
    }
    assert!(!folder.files().iter().any(|name| name.starts_with("out") || name.ends_with(".part")));
}
