//! Creating a box.

use std::{
    collections::VecDeque,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use super::{
    context::HostContext,
    host_checks::HostTesting,
    nn_object::{NnObject, WantedSummary},
    reported::Reported,
    watching::Watching,
};
use crate::{
    catalog_client::CatalogClient,
    creation::{Creation, parse_creation, parse_flags},
    find_model::Find,
    main_thread::OnMainThread,
    message::Atom,
};
use nn_engine::{
    contention,
    layout::BoxKind,
    port::{self, Prepared},
    prints::Prints,
    reconcile::{Config, Deadline, EngineContext, MethodConfig, Reconciler, thread_refused},
    status::Status,
    timing::HostFormat,
};
use nn_model::{RunAs, midi::MidiParser};
use nn_process::exit;

impl NnObject {
    /// Creates a box from its creation arguments, and the audio thread's half of it. The box always exists
    /// afterwards; what is wrong with the arguments is among the events. Takes a few milliseconds.
    ///
    /// Thread: main.
    #[expect(
        clippy::too_many_lines,
        reason = "every part of a box begins here, the fields alone are half of it"
    )]
    pub fn new(
        kind: BoxKind,
        context: HostContext,
        host: HostFormat,
        atoms: &[Atom],
        find: Find<'_>,
    ) -> (Self, Prepared) {
        exit::arm();
        let (flags, atoms, wrong_flag) = parse_flags(atoms);
        let kind = if flags.multichannel && kind == BoxKind::Nn { BoxKind::NnMulti } else { kind };
        let creation = parse_creation(kind, atoms);
        let typed_buffer_frames = match &creation {
            Ok(Creation::Model { buffer_frames, .. } | Creation::Void { buffer_frames, .. }) => {
                *buffer_frames
            }
            _ => None,
        };
        let examples = match &creation {
            Ok(Creation::Model { examples, .. }) => *examples,
            Ok(Creation::Void { inlets, .. }) => *inlets,
            _ => 1,
        };
        let wanted = Config {
            model: None,
            method: MethodConfig { name: "forward".into(), asked_for: false },
            buffer_frames: typed_buffer_frames.unwrap_or(context.default_buffer_frames),
            worker: context.workers,
            deadline: Deadline::Buffer,
            burst_frames: 0,
            examples,
            gpu: flags.gpu,
            optimise: None,
            resample: false,
            resets: 0,
            host,
        };
        let status = Arc::<Status>::default();
        contention::join(&status);
        status.set_enabled(!flags.disabled);
        status.set_offline(context.offline);
        let (prepared, port) = port::prepare(status.clone(), context.loader);
        let prints = Arc::<Prints>::default();
        let engine_context = EngineContext {
            kind,
            source: context.source.clone(),
            loader: context.loader,
            messages_wait: context.messages_wait,
            status: status.clone(),
            prints: prints.clone(),
            joins_sound: context.joins_sound,
            rank: context.rank,
        };
        let (reconciler, replies, refused) = Reconciler::new(engine_context, wanted, port);
        let mut object = Self {
            thread: OnMainThread::default(),
            kind,
            context,
            host,
            inlets: 1,
            outlets: 1,
            reconciler,
            replies,
            held: VecDeque::new(),
            looked_at: false,
            untold: false,
            loader_reports: VecDeque::new(),
            passed: 0,
            status,
            prints,
            typed_model: None,
            loads: 0,
            fixed_channels: None,
            offered_channels: 1,
            reported: Reported::default(),
            told_rates: None,
            prepared: false,
            last_played: None,
            expired_told: 0,
            awaited: 0,
            measuring: 0,
            questions: VecDeque::new(),
            told_errors: Vec::new(),
            refusals: Vec::new(),
            now_ms: 0.0,
            repeated_errors: 0,
            events: Vec::new(),
            bindings: Vec::new(),
            tracks: false,
            seed: None,
            midi: MidiParser::default(),
            answers_midi: false,
            transport: None,
            run_as: RunAs::default(),
            watching: Watching::default(),
            generator: None,
            rendering: None,
            asked_rendering: None,
            host_testing: HostTesting::default(),
            catalog: CatalogClient::default(),
            summary: WantedSummary::No,
        };
        object.complain(refused.map(|what| thread_refused(&what)));
        object.complain(wrong_flag.map(|what| what.to_string()));
        if flags.multichannel && kind != BoxKind::NnMulti {
            object.note(format!(
                "-m is left out: it is for [nn~], the inlets and outlets of {} carry several channels without it",
                kind.class_name()
            ));
        }
        let without = object.context.no_multichannel.filter(|_| kind != BoxKind::Nn);
        if let Some(cure) = without.filter(|_| is_first_of(kind)) {
            object.note(format!("no multichannel signals here, one channel works: {cure}"));
        }
        match creation {
            Ok(Creation::Empty) => {}
            Ok(Creation::Void { .. }) if kind == BoxKind::NnMulti => {}
            Ok(Creation::Void { inlets, outlets, .. }) => {
                object.inlets = inlets.max(1);
                object.outlets = outlets;
            }
            Ok(Creation::Model { model, method, method_is_zero, inlets, outlets, .. }) => {
                let follows_model = object.context.buffer_follows_model && typed_buffer_frames.is_none();
                if kind == BoxKind::Mcs {
                    (object.inlets, object.outlets) = (examples, examples);
                }
                if !object.begin_load(&model, &method, follows_model, find) {
                    object.keep_wires(find);
                }
                object.inlets = inlets.map_or(object.inlets, |inlets| inlets.max(1));
                object.outlets = outlets.unwrap_or(object.outlets);
                if method_is_zero && typed_buffer_frames.is_none() {
                    object.tell_of_zeros();
                }
            }
            Err(error) => {
                object.fail_load(error.to_string());
                object.keep_wires(find);
            }
        }
        (object, prepared)
    }

    /// There is a 0 in the place of the method, and no buffer: an abstraction that got fewer arguments, or a user who
    /// wants buffer 0.
    fn tell_of_zeros(&mut self) {
        let buffer_frames = self.reconciler.view().wanted.buffer_frames;
        self.note(format!(
            "a 0 in the place of the method stands for no method and no buffer, as where $2 is not given: forward, with \
             a buffer of {buffer_frames} samples; a buffer of 0 is typed behind the method's name"
        ));
    }

    fn complain(&mut self, line: Option<String>) {
        if let Some(line) = line {
            self.error(line);
        }
    }
}

/// True for the first box of this kind in the process: notes about the host are printed once for each kind.
fn is_first_of(kind: BoxKind) -> bool {
    static ASKED: [AtomicBool; 4] = [const { AtomicBool::new(false) }; 4];
    !ASKED[kind as usize].swap(true, Relaxed)
}
