//! Attributes on the GPU: what is set is heard and read there as on the processor, at rest and while a box plays.

use nn_core::{
    formats::FORMATS,
    message::{Atom, Event},
    model::Model,
    value::{SoundBuffer, Value},
};

use crate::{
    boxed::{BLOCK_FRAMES, Boxed},
    report::Report,
    schedule::{RATE_HZ, Schedule},
    stand::{Stand, Stream, difference, load, name, on_gpu},
};

/// Sets attributes of several models, then one while a box plays.
pub fn run(stand: &Stand, report: &mut Report) {
    let table = SoundBuffer {
        channels: 2,
        samples: (0..1000).map(|n| n as f32 * 1e-4).collect(),
        sample_rate_hz: 44_100,
    };
    let changes: [(&str, &str, Vec<Value>); 11] = [
        ("gain", "gain", vec![Value::Float(0.5)]),
        ("gain", "muted", vec![Value::Bool(false)]),
        ("gain", "offset_steps", vec![Value::Int(2)]),
        ("gain", "mode", vec![Value::String("square".into())]),
        ("gain", "range", vec![Value::Float(-0.2), Value::Float(0.3)]),
        ("gain", "curve", vec![Value::Tensor(vec![1.0, 0.0, 0.5, 1.0])]),
        ("gain", "table", vec![Value::Buffer(table)]),
        ("gain", "muted", vec![Value::Bool(true)]),
        ("recurrent", "tilt", vec![Value::Float(0.5)]),
        ("generator", "frequency", vec![Value::Float(330.0)]),
        ("convolutions", "sharpness", vec![Value::Float(0.5)]),
    ];
    let mut loaded: Option<(&str, [Box<dyn Model>; 2])> = None;
    for (file, attribute, values) in &changes {
        if loaded.as_ref().is_none_or(|(name, ..)| name != file) {
            let model = load(&stand.own(file));
            let gpu = on_gpu(&*model);
            // A model of its own: what is written into weights is shared.
            loaded = Some((file, [model, gpu]));
        }
        let Some((_, [cpu, gpu])) = loaded.as_mut() else { continue };
        let verdict = changed(&mut **cpu, &mut **gpu, attribute, values);
        match verdict {
            Ok(apart) => report
                .must(apart <= 1e-4, format_args!("{file}.ts {attribute}: {apart:.1e} from the CPU's sound")),
            Err(error) => report.must(false, format_args!("{file}.ts {attribute}: {error}")),
        }
    }
    while_playing(stand, report);
}

/// Sets an attribute on both; how far they are apart then, in parts of the largest output.
fn changed(
    cpu: &mut dyn Model,
    gpu: &mut dyn Model,
    attribute: &str,
    values: &[Value],
) -> Result<f32, String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    let index =
        cpu.spec().attributes.iter().position(|one| one.name == attribute).ok_or("no such attribute")?;
    cpu.set(index, values).map_err(|error| text(&error))?;
    gpu.set(index, values).map_err(|error| text(&error))?;
    let read = |model: &mut dyn Model| model.get(index).map_err(|error| text(&error));
    let (there, here) = (read(gpu)?, read(cpu)?);
    if format!("{there:?}") != format!("{here:?}") {
        return Err(format!("reads {there:?} on the GPU and {here:?} on the CPU"));
    }
    let wanted = Stream::new(cpu, 0, 2048, 5).blocks(cpu, 2).map_err(|error| text(&error))?;
    let got = Stream::new(gpu, 0, 2048, 5).blocks(gpu, 2).map_err(|error| text(&error))?;
    let (largest, apart) = difference(&got, &wanted);
    Ok(if apart == 0.0 { 0.0 } else { apart / largest })
}

/// `set gain` again and again while a box plays in real time.
fn while_playing(stand: &Stand, report: &mut Report) {
    let path = stand.own("gain");
    let mut playing = Boxed::ready(std::sync::Arc::new(FORMATS), &path, "forward", 512);
    playing.send("gpu", &[Atom::Int(1)]);
    playing.until_settled();
    let blocks = (stand.seconds(2.0) * f64::from(RATE_HZ)) as usize / BLOCK_FRAMES;
    let mut schedule = Schedule::new(BLOCK_FRAMES, RATE_HZ);
    for block in 0..blocks {
        schedule.wait();
        if block % 40 == 0 {
            let gain = if block + 80 > blocks { 0.25 } else { 1.0 / (1.0 + block as f64) };
            playing.send("set", &[Atom::symbol("gain"), Atom::Float(gain)]);
        }
        playing.inputs[0].fill(0.5);
        playing.block();
        playing.poll();
    }
    let errors = errors_of(&mut playing);
    let heard = playing.outputs[0][BLOCK_FRAMES - 1];
    report.must(
        errors.is_empty() && (heard - 0.125).abs() < 1e-5,
        format_args!(
            "{} while it plays: set to 0.25, 0.5 becomes {heard}; {} late {errors:?}",
            name(&path),
            playing.late()
        ),
    );
}

/// What the box complained of so far.
pub fn errors_of(playing: &mut Boxed) -> Vec<String> {
    let events = playing.take_events();
    events
        .into_iter()
        .filter_map(|event| if let Event::Error(line) = event { Some(line) } else { None })
        .collect()
}
