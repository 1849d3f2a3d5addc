//! What is said of a rendering: for people, and for programs.

use std::path::Path;

use serde_json::{Value, json};

use super::{job::Rendered, jobs::Job, product::Product, task::Task};
use crate::{failure::Failure, sound::Difference};

/// What was rendered and how, in lines.
pub fn lines(task: &Task, job: &Job, rendered: &Rendered) -> Vec<String> {
    let mut lines = vec![what(task, job, rendered), figures(task, rendered)];
    if let (Some(Ok(apart)), Some(other)) = (&rendered.product.against, &task.arguments.against) {
        lines.push(format!("against {}: {}", other.display(), compared(apart)));
    }
    if rendered.product.sound.as_ref().is_some_and(|sound| sound.sounds_on) {
        let line = "it sounds on without input: the file is as long as its input; --tail SECONDS keeps more";
        lines.push(line.into());
    }
    lines
}

/// Which boxes, and what they heard.
fn what(task: &Task, job: &Job, rendered: &Rendered) -> String {
    let Rendered { stages, input_rate_hz, .. } = rendered;
    let names: Vec<_> = stages.iter().map(|stage| format!("{} {}", stage.name, stage.method.name)).collect();
    let own_hz = stages.iter().find_map(|stage| stage.own_rate_hz);
    let buffer = if task.arguments.whole {
        "one call".to_owned()
    } else {
        let mut buffers: Vec<_> = stages.iter().map(|stage| stage.buffer_frames.to_string()).collect();
        buffers.dedup();
        format!("buffer {}", buffers.join(", "))
    };
    let optimised = if task.settings.optimise { "optimised" } else { "libtorch's convolutions" };
    let voices = match rendered.voices {
        1 => String::new(),
        voices => format!(", {voices} boxes"),
    };
    let input = job.input.as_deref().map_or("no input".into(), name);
    format!(
        "{}, {} Hz, {buffer}, {optimised}{voices}     {input} {:.1} s, {input_rate_hz} Hz{}",
        names.join(" -> "),
        own_hz.unwrap_or(*input_rate_hz),
        seconds(rendered),
        if own_hz.is_some() { " -> resampled" } else { "" }
    )
}

/// How long that took, and what has become of it.
fn figures(task: &Task, rendered: &Rendered) -> String {
    let Rendered { input_rate_hz, played, took_s, product, .. } = rendered;
    let seconds = seconds(rendered);
    let mut parts =
        vec![format!("{seconds:.1} s in {took_s:.1} s: {:.1} x real time", seconds / took_s.max(1e-9))];
    if let Some(sound) = &product.sound {
        let peak = sound.levels.peak_dbfs().map_or("silent".into(), |db| format!("peak {db:.1} dBFS"));
        let loudness = sound.levels.loudness_lufs().map_or(String::new(), |lufs| format!(", {lufs:.1} LUFS"));
        parts.push(format!("{peak}{loudness}"));
        parts.push(format!("NaN {}, clipped {}", played.non_finite, sound.levels.clipped()));
        parts.push(delay(task, rendered));
        if sound.tail_frames > 0 && !task.arguments.keep_delay {
            parts.push(format!("tail {:.2} s", sound.tail_frames as f64 / f64::from(*input_rate_hz)));
        }
    }
    if let Some([examples, channels, frames]) = product.latents {
        parts.push(format!("latents [{examples}, {channels}, {frames}]"));
        parts.push(format!("NaN {}", played.non_finite));
    }
    parts.push(format!("sha256 {}…", product.sha256.get(..8).unwrap_or_default()));
    parts.join("     ")
}

fn seconds(rendered: &Rendered) -> f64 {
    rendered.played.input_frames as f64 / f64::from(rendered.input_rate_hz)
}

fn compared(apart: &Difference) -> String {
    let how = match apart.snr_db {
        _ if apart.is_none() => "equal, bit for bit".to_owned(),
        _ if apart.largest == 0.0 => "equal, bit for bit, where both have sound".to_owned(),
        Some(snr_db) => {
            format!("signal-to-noise ratio {snr_db:.1} dB, largest difference {:.1e}", apart.largest)
        }
        None => format!("largest difference {:.1e}", apart.largest),
    };
    match apart.longer_by {
        0 => how,
        frames if frames > 0 => format!("{how}, {frames} samples longer"),
        frames => format!("{how}, {} samples shorter", -frames),
    }
}

fn delay(task: &Task, rendered: &Rendered) -> String {
    let done = if task.arguments.keep_delay { "kept" } else { "removed" };
    let own = rendered.model_delay.filter(|&(frames, _)| frames > 0);
    let own = own.map_or(String::new(), |(frames, how)| match how {
        "measured" => format!(" + {frames} of the model"),
        how => format!(" + {frames} of the model, as {how}"),
    });
    format!("delay {done} {}{own} samples", rendered.delay_frames)
}

fn name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// The same for programs.
pub fn object(task: &Task, job: &Job, rendered: &Result<Rendered, Failure>) -> Value {
    let path = |path: &Path| path.display().to_string();
    let input = job.input.as_deref().map(path);
    let output = path(&job.output);
    let rendered = match rendered {
        Ok(rendered) => rendered,
        Err(failure) => return json!({ "input": input, "output": output, "error": failure.line }),
    };
    let Rendered { input_rate_hz, played, product, .. } = rendered;
    let mut object = json!({
        "input": input,
        "output": output,
        "models": models(task, rendered),
        "boxes_beside_each_other": rendered.voices,
        "whole": task.arguments.whole,
        "seed": task.settings.seed,
        "optimise": task.settings.optimise,
        "threads": task.settings.threads,
        "rate_hz": input_rate_hz,
        "input_frames": played.input_frames,
        "took_s": rendered.took_s,
        "times_real_time": seconds(rendered) / rendered.took_s.max(1e-9),
        "delay_frames": rendered.delay_frames,
        "model_delay_frames": rendered.model_delay.map(|(frames, _)| frames),
        "model_delay_is": rendered.model_delay.map(|(_, how)| how),
        "delay_removed": !task.arguments.keep_delay,
        "non_finite_buffers": played.non_finite,
        "failed_buffers": played.faults,
        "errors": played.errors,
        "remarks": rendered.remarks,
        "sha256": product.sha256,
        "version": env!("CARGO_PKG_VERSION"),
    });
    outcome(&mut object, product);
    object
}

/// What has become of it.
fn outcome(object: &mut Value, product: &Product) {
    if let Some(sound) = &product.sound {
        object["frames"] = json!(sound.frames);
        object["tail_frames"] = json!(sound.tail_frames);
        object["peak_dbfs"] = json!(sound.levels.peak_dbfs());
        object["loudness_lufs"] = json!(sound.levels.loudness_lufs());
        object["clipped_samples"] = json!(sound.levels.clipped());
    }
    if let Some(shape) = product.latents {
        object["latents_shape"] = json!(shape);
    }
    match &product.against {
        Some(Ok(apart)) => {
            object["against"] = json!({
                "equal": apart.is_none(),
                "snr_db": apart.snr_db,
                "largest_difference": apart.largest,
                "compared_frames": apart.frames,
                "longer_by_frames": apart.longer_by,
            });
        }
        Some(Err(failure)) => object["against"] = json!({ "error": failure.line }),
        None => {}
    }
}

/// Each model, and what its box was.
fn models(task: &Task, rendered: &Rendered) -> Vec<Value> {
    let each = task.models.iter().zip(&rendered.stages);
    each.map(|(model, stage)| {
        json!({
            "model": model.path.display().to_string(),
            "method": stage.method.name,
            "buffer": stage.buffer_frames,
            "latency": stage.latency_frames,
            "rate_hz": stage.own_rate_hz.unwrap_or(rendered.input_rate_hz),
        })
    })
    .collect()
}
