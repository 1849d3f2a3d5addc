//! Every method on the GPU beside the processor, there and back.

use nn_core::model::{Device, Model};

use crate::{
    report::Report,
    stand::{Stand, Stream, difference, load, name, on_gpu},
};

/// Of the largest output.
const BOUND: f32 = 1e-4;
/// Blocks that are compared on the GPU, and after the way back.
const BLOCKS: usize = 6;

/// Compares all methods of all models.
pub fn run(stand: &Stand, report: &mut Report) {
    for path in stand.all() {
        let model = load(&path);
        for index in 0..model.spec().methods.len() {
            let method = format!("{} {}", name(&path), model.spec().methods[index].name);
            match compared(&*model, index) {
                Ok(Compared { there, back, spread, level_db, level_bound_db }) => {
                    let bound = BOUND.max(3.0 * spread);
                    let draws = if spread > 0.0 {
                        format!(
                            " (it draws random numbers: two runs on the processor differ by {spread:.1e}; level \
                             {level_db:+.1} dB)"
                        )
                    } else {
                        String::new()
                    };
                    report.must(
                        there <= bound && back <= bound && (spread == 0.0 || level_db.abs() < level_bound_db),
                        format_args!(
                            "{method}: {there:.1e} of the largest output, back again {back:.1e}{draws}"
                        ),
                    );
                }
                Err(error) => report.must(false, format_args!("{method}: {error}")),
            }
        }
    }
}

/// How far outputs are apart, in parts of the largest.
struct Compared {
    /// The GPU from the processor.
    there: f32,
    /// The processor with the state of the GPU.
    back: f32,
    /// Two runs on the processor.
    spread: f32,
    /// Of the GPU's output, against the processor's.
    level_db: f32,
    /// How far levels of noise may be apart.
    level_bound_db: f32,
}

fn compared(model: &dyn Model, method: usize) -> Result<Compared, String> {
    let text = |error: &dyn std::fmt::Display| error.to_string();
    let fork = |device| model.fork_to(device).map_err(|error| text(&error));
    let play = |copy: &mut dyn Model, stream: &mut Stream, seed| {
        copy.seed(seed);
        stream.blocks(copy, BLOCKS).map_err(|error| text(&error))
    };
    let stream = || Stream::new(model, method, 2048, 3);
    let (mut cpu, mut at_cpu) = (fork(Device::Cpu)?, stream());
    let wanted = play(&mut *cpu, &mut at_cpu, 1)?;
    let again = play(&mut *fork(Device::Cpu)?, &mut stream(), 2)?;
    let (mut gpu, mut at_gpu) = (on_gpu(model), stream());
    let got = play(&mut *gpu, &mut at_gpu, 1)?;
    let mut back = gpu.fork_to(Device::Cpu).map_err(|error| text(&error))?;
    let (wanted_after, got_after) = (play(&mut *cpu, &mut at_cpu, 1)?, play(&mut *back, &mut at_gpu, 1)?);
    let part = |got: &[f32], wanted: &[f32]| {
        let (largest, apart) = difference(got, wanted);
        if apart == 0.0 { 0.0 } else { apart / largest }
    };
    let power = |sound: &[f32]| sound.iter().map(|sample| sample * sample).sum::<f32>();
    Ok(Compared {
        there: part(&got, &wanted),
        back: part(&got_after, &wanted_after),
        spread: part(&again, &wanted),
        level_db: 10.0 * (power(&got) / power(&wanted)).log10(),
        // The power of n normal values varies by sqrt(2 / n), the ratio of two by sqrt(4 / n): four times that.
        level_bound_db: 3f32.max(10.0 * (1.0 + 4.0 * (4.0 / got.len() as f32).sqrt()).log10()),
    })
}
