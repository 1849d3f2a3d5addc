//! What a method needs before it can play: another buffer, attributes, other input. Found in the same way as in
//! boxes.

use nn_core::{
    fit::{Question, Settings, Trial, attempt, input::Content, messages, nearest, needed_first},
    model::{Model, RunError},
    timing::legal_buffer,
};

use super::step::{Step, pass_on_prints};
use crate::steps::say;

/// A model that can be played, as far as that was found out.
pub struct Equipped {
    /// It has not run.
    pub fresh: Box<dyn Model>,
    /// Samples in a block.
    pub buffer_frames: usize,
    /// Whether all its inputs take whole numbers.
    pub whole: bool,
}

/// Finds out, and says what is needed. `None` when the model cannot be copied.
pub fn equipped(model: &dyn Model, index: usize, buffer_frames: usize) -> Option<Equipped> {
    let fork = |settings: &Settings| {
        let mut copy = model.fork().ok()?;
        settings.iter().for_each(|(at, values)| drop(copy.set(*at, values)));
        Some(copy)
    };
    let run = |settings: &Settings, frames: usize| {
        let outcome = fork(settings).map(|mut copy| attempt(copy.as_mut(), index, 1, frames, Content::Sound));
        pass_on_prints();
        say(&Step::Goes);
        outcome
    };
    let as_it_is = Settings::new();
    let done = |settings: &Settings, buffer_frames, whole| {
        Some(Equipped { fresh: fork(settings)?, buffer_frames, whole })
    };
    let Err(fault) = run(&as_it_is, buffer_frames)? else { return done(&as_it_is, buffer_frames, false) };
    let lcm = model.spec().ratio_lcm().unwrap_or(1);
    let fit = |settings: &Settings, fault: &RunError| {
        let copy = || {
            say(&Step::Goes);
            fork(settings)
        };
        let legal = |wanted| legal_buffer(wanted, lcm, 1).ok();
        let question = Question {
            copy: &copy,
            method: index,
            batch: 1,
            block_frames: buffer_frames,
            legal: &legal,
            wanted: &|| true,
        };
        nearest(&question, fault)
    };
    if let Some(frames) = fit(&as_it_is, &fault) {
        say(&Step::Buffer(frames));
        return done(&as_it_is, frames, false);
    }
    let mut found = buffer_frames;
    let mut works = |settings: &Settings| match run(settings, buffer_frames) {
        None => false,
        Some(Ok(())) => true,
        Some(Err(fault)) => fit(settings, &fault).is_some_and(|frames| {
            found = frames;
            true
        }),
    };
    if let Some(settings) = needed_first(model.spec(), &mut works) {
        say(&Step::Needs { messages: messages(model.spec(), &settings), fault: fault.to_string() });
        if found != buffer_frames {
            say(&Step::Buffer(found));
        }
        return done(&settings, found, false);
    }
    let takes = |level| fork(&as_it_is).is_some_and(|copy| takes_all_at(copy, index, buffer_frames, level));
    let takes_whole = model.spec().methods[index].in_channels > 0 && takes(0.0) && takes(1.0);
    if takes_whole {
        say(&Step::Whole(fault.to_string()));
    }
    done(&as_it_is, buffer_frames, takes_whole)
}

/// Whether a method works with this value at all inputs.
fn takes_all_at(mut copy: Box<dyn Model>, index: usize, buffer_frames: usize, level: f32) -> bool {
    let Some(mut trial) = Trial::new(copy.spec(), index, 1, buffer_frames, Content::Silence) else {
        return false;
    };
    trial.input.fill(level);
    trial.run(copy.as_mut()).is_ok()
}
