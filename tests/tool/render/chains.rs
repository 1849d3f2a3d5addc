//! Several models, and latents between them.

use super::{Folder, noise};

#[test]
fn latents_that_are_written_and_read_give_what_the_chain_gives() {
    let folder = Folder::new();
    folder.write("in.wav", &[noise(1, 30_000), noise(2, 30_000)]);
    folder.rendered(
        "in.wav latent.ts:encode latent.ts:decode -o chain.wav --no-resample --latents between.npz --tail 0",
    );
    folder.rendered("latent.ts:encode in.wav only.npz --no-resample");
    assert!(
        std::fs::read(folder.at("between.npz")).expect("a file")
            == std::fs::read(folder.at("only.npz")).expect("a file")
    );
    folder.rendered("latent.ts:decode only.npz out.wav --no-resample --tail 0");
    let (chain, out) = (folder.read("chain.wav"), folder.read("out.wav"));
    assert_eq!((chain.len(), out.len()), (2, 2));
    for (chain, out) in chain.iter().zip(&out) {
        // Whole groups.
        assert_eq!((chain.len(), out.len()), (30_000, 30_208));
        assert!(*chain == out[..30_000], "another sound");
    }
}

/// The last sample of each group is the first of this model's latents.
#[test]
fn latents_are_the_models_values_one_for_each_group() {
    let folder = Folder::new();
    let ramp: Vec<f32> = (0..5_120).map(|n| n as f32 / 5_120.0).collect();
    folder.write("in.wav", std::slice::from_ref(&ramp));
    let text = folder.rendered("latent.ts:encode in.wav out.npz --no-resample --buffer 1024");
    assert!(text.contains("latents [1, 4, 10]"), "{text}");
    folder.rendered("latent.ts:encode in.wav held.wav --no-resample --buffer 1024");
    let held = folder.read("held.wav");
    let wanted: Vec<f32> = ramp.chunks(512).map(|group| group[511]).collect();
    let found: Vec<f32> = held[0].chunks(512).map(|group| group[0]).collect();
    assert_eq!(found[..10], wanted[..]);
}

#[test]
fn at_another_rate_each_latent_is_there_once() {
    let folder = Folder::new();
    // Groups of the model's rate that all differ.
    let rise: Vec<f32> = (0..44_100).map(|n| n as f32 / 44_100.0).collect();
    folder.write("in.wav", std::slice::from_ref(&rise));
    folder.rendered("latent.ts:encode in.wav out.npz");
    let frames = folder.told("latent.ts:encode in.wav again.npz")["latents_shape"][2].as_u64();
    // 48000 samples in groups of 512, of which one may begin before the sound.
    assert!(matches!(frames, Some(94..=95)), "{frames:?}");
    let values = latents(&folder, "out.npz");
    let steps: Vec<f32> = values.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let inner = &steps[1..steps.len() - 2];
    let step = 512.0 / 48_000.0;
    assert!(inner.iter().all(|found| (found - step).abs() < step * 0.05), "{inner:?}");
}

/// The first channel of latents, read without the tool: numbers of an array that is stored as it is written.
fn latents(folder: &Folder, name: &str) -> Vec<f32> {
    use std::io::Read;
    let mut archive =
        zip::ZipArchive::new(std::fs::File::open(folder.at(name)).expect("a file")).expect("an archive");
    let mut bytes = Vec::new();
    archive.by_name("latents.npy").expect("an array").read_to_end(&mut bytes).expect("read");
    let line = bytes.iter().position(|&byte| byte == b'\n').expect("a line");
    let text = String::from_utf8_lossy(&bytes[..line]).into_owned();
    let frames: usize = text
        .split_once("(1, 4, ")
        .and_then(|(_, rest)| rest.split_once(','))
        .and_then(|(number, _)| number.parse().ok())
        .unwrap_or_else(|| panic!("{text}"));
    let numbers = bytes[line + 1..].chunks_exact(4).take(frames);
    numbers.map(|b| f32::from_le_bytes([b[0], b[1], b[2], b[3]])).collect()
}

#[test]
fn models_that_do_not_fit_are_told_before_anything_is_written() {
    let folder = Folder::new();
    folder.write("in.wav", &[noise(1, 1_000)]);
    let ended = folder.render("in.wav latent.ts:encode delay.ts -o out.wav");
    assert_eq!(ended.code, Some(1));
    assert!(ended.errors.contains("4 channels come to delay.ts forward, which takes 1"), "{}", ended.errors);
    folder.rendered("latent.ts:encode in.wav four.npz");
    let ended = folder.render("codec.ts:decode four.npz out.wav");
    assert!(ended.errors.contains("4 channels of latents and decode takes 24"), "{}", ended.errors);
    assert_eq!(folder.files(), ["four.npz", "in.wav"]);
}

/// One call, and buffers: a model that keeps its state in full gives the same.
#[test]
fn one_call_gives_what_buffers_give_where_a_model_streams() {
    let folder = Folder::new();
    folder.write("in.wav", &[noise(1, 20_000)]);
    folder.rendered("delay.ts in.wav parts.wav --tail 0");
    folder.rendered("delay.ts in.wav whole.wav --whole");
    assert!(folder.read("parts.wav") == folder.read("whole.wav"));
    folder.rendered("in.wav delay.ts delay.ts -o chain.wav --whole");
    let chain = folder.read("chain.wav");
    assert!(chain[0][1_000..] == noise(1, 20_000)[..19_000], "each is late by 500 samples");
    let ended = folder.render("latent.ts in.wav out.wav --whole");
    assert_eq!(ended.code, Some(1));
    assert!(ended.errors.contains("one call cannot resample"), "{}", ended.errors);
}
