//! The one parser of every host.
//!
//! Thread: any but audio.

use super::{atom::Atom, catalog::understand, error::MessageError, request::Request, rows::MESSAGES};

/// Understands a message.
///
/// # Errors
/// What is wrong with it and how it is typed.
pub fn parse(selector: &str, atoms: &[Atom]) -> Result<Request, MessageError> {
    understand(MESSAGES, selector, atoms, Request::Catalog)
}

#[cfg(test)]
mod tests {
    use nn_engine::{reconcile::Deadline, status::Wait};
    use nn_model::{TransportChange, effect::MixSetting, spec::MAX_BUFFER_FRAMES};

    use super::*;
    use crate::message::{CatalogMessage, SelfTest, typed as atoms};

    #[test]
    fn every_message_is_understood() {
        for (message, request) in [
            ("enable 0", Request::Enable(false)),
            ("enable 1", Request::Enable(true)),
            ("set gain 0.5", Request::Set("gain".into(), atoms("0.5"))),
            ("set range -1 1", Request::Set("range".into(), atoms("-1 1"))),
            ("get gain", Request::Get("gain".into())),
            ("track 1", Request::Track(true)),
            ("dump", Request::Dump),
            ("bang", Request::Bang),
            ("latency", Request::Latency),
            ("stats", Request::Stats),
            ("wait 1", Request::Wait(Wait::Always)),
            ("wait 0", Request::Wait(Wait::Never)),
            ("wait auto", Request::Wait(Wait::Auto)),
            ("load rave", Request::Load { model: "rave".into(), method: None }),
            ("load rave 0", Request::Load { model: "rave".into(), method: None }),
            ("load 808", Request::Load { model: "808".into(), method: None }),
            ("load 808 encode", Request::Load { model: "808".into(), method: Some("encode".into()) }),
            ("load rave encode", Request::Load { model: "rave".into(), method: Some("encode".into()) }),
            ("reload", Request::Reload),
            ("method decode", Request::Method("decode".into())),
            ("bufsize 2048", Request::Bufsize(2048)),
            ("bufsize 0", Request::Bufsize(0)),
            ("worker 1", Request::Worker(true)),
            ("deadline 512", Request::Deadline(Deadline::Frames(512))),
            ("deadline auto", Request::Deadline(Deadline::Auto)),
            ("deadline buffer", Request::Deadline(Deadline::Buffer)),
            ("latency measure", Request::MeasureLatency),
            ("gpu 1", Request::Gpu(true)),
            ("reset", Request::Reset),
            ("optimise 0", Request::Optimise(false)),
            ("resample 1", Request::Resample(true)),
            ("seed 7", Request::Seed(7)),
            ("idle auto", Request::Idle(10_000)),
            ("idle off", Request::Idle(0)),
            ("idle 1.5", Request::Idle(1500)),
            ("threads 2", Request::Threads(2)),
            ("chans 4", Request::Channels(4)),
            ("wet 0.5", Request::Mix(MixSetting::Wet, 0.5)),
            ("dry 1", Request::Mix(MixSetting::Dry, 1.0)),
            ("input_gain -60", Request::Mix(MixSetting::InputGain, -60.0)),
            ("output_gain 30", Request::Mix(MixSetting::OutputGain, 30.0)),
            ("render a b 2", Request::Render(atoms("a b 2"))),
            ("cancel render", Request::CancelRender),
            ("cancel", Request::Catalog(CatalogMessage::Cancel(None))),
            ("cancel s/c", Request::Catalog(CatalogMessage::Cancel(Some("s/c".into())))),
            ("selftest begin", Request::SelfTest(SelfTest::Begin)),
            (
                "selftest check gain in out",
                Request::SelfTest(SelfTest::Check {
                    name: "gain".into(),
                    arrays: vec!["in".into(), "out".into()],
                }),
            ),
            ("get_attributes", Request::GetAttributes),
            ("get_methods", Request::GetMethods),
        ] {
            let (selector, rest) = message.split_once(' ').unwrap_or((message, ""));
            assert_eq!(parse(selector, &atoms(rest)), Ok(request), "{message}");
        }
    }

    #[test]
    fn messages_for_scripts_are_understood() {
        for (message, request) in [
            ("midi 144 60 100", Request::Midi(vec![144, 60, 100])),
            ("midi 0", Request::Midi(vec![0])),
            (
                "bpm 90.5",
                Request::Transport(TransportChange { bpm: Some(90.5), ..TransportChange::default() }),
            ),
            (
                "transport 1",
                Request::Transport(TransportChange { is_playing: Some(true), ..TransportChange::default() }),
            ),
            (
                "transport 0 16",
                Request::Transport(TransportChange { is_playing: Some(false), beats: Some(16.0), bpm: None }),
            ),
            ("python auto", Request::Python(None)),
            ("python .venv", Request::Python(Some(".venv".into()))),
            ("own 1", Request::Own(true)),
            ("watch 0", Request::Watch(false)),
        ] {
            let (selector, rest) = message.split_once(' ').expect("an argument");
            assert_eq!(parse(selector, &atoms(rest)), Ok(request), "{message}");
        }
    }

    #[test]
    fn nonsense_says_what_was_wrong_and_what_to_type() {
        for (message, line) in [
            ("enable", "enable: nothing after it: type enable 0 or enable 1"),
            ("enable yes", "enable: 'yes': type enable 0 or enable 1"),
            ("set 3 4", "set: '3 4': type set ATTRIBUTE VALUE..."),
            ("get", "get: nothing after it: type get ATTRIBUTE"),
            ("get 5", "get: '5': type get ATTRIBUTE"),
            ("wait maybe", "wait: 'maybe': type wait 0, wait 1 or wait auto"),
            ("load", "load: nothing after it: type load MODEL or load MODEL METHOD"),
            (
                "load 0.5",
                "load: '0.5': type load MODEL or load MODEL METHOD (a model whose name is such a number: with .ts)",
            ),
            ("midi", "midi: nothing after it: type midi BYTE... (whole, from 0 to 255)"),
            ("midi 144 60.5", "midi: '144 60.5': type midi BYTE... (whole, from 0 to 255)"),
            ("midi 256", "midi: '256': type midi BYTE... (whole, from 0 to 255)"),
            ("midi note 60", "midi: 'note 60': type midi BYTE... (whole, from 0 to 255)"),
            (
                "python 3.11",
                "python: '3.11': type python PATH (an interpreter, or the folder of a virtual environment) or python auto",
            ),
            ("bpm 0", "bpm: '0': type bpm BEATS (in a minute, above 0, to 1000)"),
            ("transport", "transport: nothing after it: type transport 0, transport 1 or transport 1 BEATS"),
            ("transport 1 -1", "transport: '1 -1': type transport 0, transport 1 or transport 1 BEATS"),
            ("own", "own: nothing after it: type own 0 or own 1"),
            ("watch yes", "watch: 'yes': type watch 0 or watch 1"),
            ("load a b c", "load: 'a b c': type load MODEL or load MODEL METHOD"),
            ("method 1", "method: '1': type method NAME"),
            ("bufsize -1", "bufsize: '-1': type bufsize SAMPLES (whole, from 0 to 16777216)"),
            ("bufsize 0.5", "bufsize: '0.5': type bufsize SAMPLES (whole, from 0 to 16777216)"),
            ("bufsize 1e30", "bufsize: '1e30': type bufsize SAMPLES (whole, from 0 to 16777216)"),
            (
                "deadline soon",
                "deadline: 'soon': type deadline SAMPLES (whole, from 0 to 4294967295), deadline auto or deadline buffer",
            ),
            ("render", "render: nothing after it: type render IN... OUT... or render OUT... SECONDS"),
            ("cancel a b", "cancel: 'a b': type cancel render, cancel or cancel CARD"),
            ("seed -1", "seed: '-1': type seed NUMBER (whole, from 0 to 2^53)"),
            ("threads 0", "threads: '0': type threads NUMBER (from 1 to 64)"),
            ("chans 1025", "chans: '1025': type chans NUMBER (to 1024; 0 follows the model)"),
            ("dry 1.1", "dry: '1.1': type dry PART (a number from 0 to 1)"),
            ("input_gain -61", "input_gain: '-61': type input_gain DB (a number from -60 to 30)"),
            ("resample", "resample: nothing after it: type resample 0 or resample 1"),
            ("reset 1", "reset: '1': type reset"),
            ("selftest", "selftest: nothing after it: type selftest begin or selftest check NAME IN OUT..."),
            (
                "fly 3",
                "no message 'fly': it takes load, reload, watch, method, bufsize, deadline, enable, set, get, track, midi, bpm, transport, python, own, \
                 get_attributes, get_methods, wet, dry, input_gain, output_gain, render, cancel, bang, dump, latency, stats, reset, wait, idle, \
                 seed, threads, optimise, resample, worker, gpu, chans, selftest, get_available_models, print_available_models, download, delete, remove",
            ),
        ] {
            let (selector, rest) = message.split_once(' ').unwrap_or((message, ""));
            assert_eq!(parse(selector, &atoms(rest)).expect_err(message).to_string(), line);
        }
        assert_eq!(MAX_BUFFER_FRAMES, 16_777_216, "as the text says");
    }
}
