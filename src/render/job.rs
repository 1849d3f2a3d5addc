//! One rendering from its input to its complete file.

use std::{path::Path, time::Instant};

use super::{
    feed::{Feed, Source},
    jobs::Job,
    play::Played,
    product::Product,
    rack::Rack,
    source,
    task::Task,
    whole,
};
use crate::{
    boxes::{self, BLOCK_FRAMES, Chosen, ModelDelay, Settings, Stage, USUAL_BUFFER_FRAMES},
    failure::{Failure, named},
};

/// A delay in samples, and how it is known: `measured`, or `declared` by a file.
pub type Own = (usize, &'static str);

/// What has become of one.
#[derive(Debug)]
pub struct Rendered {
    /// What the boxes were.
    pub stages: Vec<Stage>,
    /// Of the input.
    pub input_rate_hz: u32,
    /// Boxes beside each other.
    pub voices: usize,
    /// What was counted.
    pub played: Played,
    /// Without loading.
    pub took_s: f64,
    /// The delay of buffering and resampling, in samples.
    pub delay_frames: usize,
    /// The models' own, where it could be told, and how.
    pub model_delay: Option<Own>,
    /// The file.
    pub product: Product,
    /// What else is to be known.
    pub remarks: Vec<String>,
}

/// Everything that plays, before it does.
struct Ready {
    feed: Feed,
    rack: Rack,
    rate_hz: u32,
    /// Of models that have played all of it before, and what was counted.
    before: (Vec<Stage>, Played),
    model_delay: Option<Own>,
    has_tail: bool,
}

/// Opens the input and makes the boxes. Those in `kept` stay until then: what plays next shares their weights.
fn ready(task: &Task, input: Option<&Path>, kept: &mut Option<Rack>) -> Result<Ready, Failure> {
    let Task { models, arguments, settings, moves } = task;
    let (source, rate_hz) = source::open(input, models, arguments)?;
    // Latents and generators say themselves how long they are.
    let has_tail = matches!(source, Source::Sound(_));
    let mut before = (Vec::new(), Played::default());
    let (source, first) = if arguments.whole {
        whole::refuse_other_rate(task, input, rate_hz)?;
        whole::before_the_last(task, source, (input, rate_hz), &mut before.0, &mut before.1)?
    } else {
        (source, 0)
    };
    let models = &models[first..];
    let controls = if first == 0 { moves.controls.clone() } else { Vec::new() };
    let method = &models[0].spec.methods[models[0].method];
    let block = (arguments.mono && first == 0, rate_hz, BLOCK_FRAMES);
    let feed = Feed::new(source, method, controls, block)
        .map_err(|failure| Failure { line: named(input, &failure.line), ..failure })?;
    let settings = if arguments.whole {
        whole::settings(task, first, &feed, input.filter(|_| first == 0), rate_hz)?
    } else {
        settings.clone()
    };
    let mut rack = Rack::new(models, rate_hz, &settings, feed.voices, first)?;
    *kept = None;
    if arguments.whole {
        rack.stages.iter().try_for_each(|stage| whole::check(stage, &settings))?;
    }
    let model_delay = model_delay(task, &mut rack, rate_hz)?;
    let upstream: Vec<_> = (0..rack.stages.len()).map(|stage| rack.upstream_frames(stage)).collect();
    rack.messages = moves.messages(models, &rack.stages, &upstream, rate_hz);
    Ok(Ready { feed, rack, rate_hz, before, model_delay, has_tail })
}

/// Renders one file. `kept` holds the last boxes.
pub fn render(
    task: &Task,
    job: &Job,
    kept: &mut Option<Rack>,
    mut progress: impl FnMut(u64, Option<u64>),
) -> Result<Rendered, Failure> {
    let input = job.input.as_deref();
    let Ready { mut feed, mut rack, rate_hz, before, model_delay, has_tail } = ready(task, input, kept)?;
    let delay_frames = rack.delay_frames(rack.stages.len() - 1);
    let delays = (delay_frames, model_delay.map_or(0, |(frames, _)| frames));
    let mut begun = Product::begin(task, job, &rack, delays, (rate_hz, has_tail))?;
    let total = feed.frames().map(|frames| frames + delay_frames as u64);
    let start = Instant::now();
    let mut played = rack
        .play(&mut feed, input, begun.takers(), |at| progress(at, total))
        .map_err(|failure| Failure { line: named_output(&job.output, input, &failure.line), ..failure })?;
    let took_s = start.elapsed().as_secs_f64();
    let product = begun.finish(task, job, &rack, (rate_hz, played.input_frames))?;
    let (mut stages, counted) = before;
    stages.extend(rack.stages.iter().cloned());
    played.add(counted);
    let mut remarks = feed.remarks(played.input_frames);
    remarks.extend(stages.iter_mut().flat_map(|stage| std::mem::take(&mut stage.notes)));
    remarks.append(&mut played.notes);
    let voices = rack.voices.len();
    *kept = Some(rack);
    let input_rate_hz = rate_hz;
    Ok(Rendered {
        stages,
        input_rate_hz,
        voices,
        played,
        took_s,
        delay_frames,
        model_delay,
        product,
        remarks,
    })
}

/// A fault of the input is named already.
fn named_output(output: &Path, input: Option<&Path>, line: &str) -> String {
    let is_named = input.is_some_and(|path| line.starts_with(&*path.to_string_lossy()));
    if is_named { line.to_owned() } else { format!("{}: {line}", output.display()) }
}

/// The models' own delay, where all of them turn sound into sound and each can tell it.
fn model_delay(task: &Task, rack: &mut Rack, rate_hz: u32) -> Result<Option<Own>, Failure> {
    // What a latent makes of an impulse says little about when a chain is heard.
    let is_all_sound = task.models.iter().all(Chosen::makes_sound_of_sound);
    if task.arguments.keep_delay || !is_all_sound {
        return Ok(None);
    }
    if task.arguments.whole {
        if task.models.len() > 1 {
            // Each of them plays as many samples as it hears, and what is later than that is lost.
            return Ok(None);
        }
        // With so long a buffer that would take long: a box of the usual size tells it.
        let settings = Settings { buffer_frames: USUAL_BUFFER_FRAMES, ..task.settings.clone() };
        let (mut chain, _) = boxes::chain(&task.models, rate_hz, &settings)?;
        return Ok(chain.player(0).and_then(|player| own_delay([boxes::model_delay(player)])));
    }
    let Some(voice) = rack.voices.first_mut() else { return Ok(None) };
    let each = (0..rack.stages.len()).filter_map(|at| voice.player(at).map(boxes::model_delay));
    Ok(own_delay(each))
}

/// That of all models together, where each can tell it: measured only where all of it is.
fn own_delay(each: impl IntoIterator<Item = ModelDelay>) -> Option<Own> {
    let each: Vec<_> = each.into_iter().collect();
    let frames = each.iter().map(|delay| delay.frames()).sum::<Option<usize>>()?;
    let declared = each.iter().map(|delay| delay.source()).find(|source| *source != "measured");
    Some((frames, declared.unwrap_or("measured")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chain_is_measured_where_all_of_it_is() {
        let delay = |measured_frames, declared_frames| ModelDelay { measured_frames, declared_frames };
        let (measured, declared) = (delay(Some(3), Some(9)), delay(None, Some(4)));
        assert_eq!(own_delay([measured, measured]), Some((6, "measured")));
        assert_eq!(own_delay([measured, declared]), Some((7, "declared")));
        assert_eq!(own_delay([measured, delay(None, None)]), None);
    }
}
