//! A copy of a script in a box.

use std::{
    sync::{
        Arc,
        mpsc::{Receiver, TryRecvError, sync_channel},
    },
    thread::{self, ThreadId},
    time::{Duration, Instant},
};

use nn_model::{
    AttributeError, ForkError, LoadError, Model, ModelLocation, RunError, Runtime, TensorView, TensorViewMut,
    Transport, midi::TimedMidi, spec::ModelSpec, value::Value,
};
use nn_process::{scheduling::Scheduling, stack};
use serde_json::json;

use crate::{
    asked::note_asked,
    connection::{Connection, Trouble, kind},
    midi,
    source::{ConnectError, FIRST, Source},
    value::{of_json, to_json},
};

/// How users know it.
const NAME: &str = "Python";
/// How long each later one may.
const LATER: Duration = Duration::from_secs(2);
/// After a process has ended, another one is started after this time, then after twice as long, and so on.
const AGAIN: Duration = Duration::from_millis(100);
const AGAIN_AT_MOST: Duration = Duration::from_secs(5);
/// So many ends within this time are the script's fault: it is not started again.
const MOST_ENDS: usize = 3;
const ENDS_WITHIN: Duration = Duration::from_secs(10);
const STACK_BYTES: usize = 256 << 10;

/// Where the process is.
enum Link {
    Up(Connection),
    /// It has ended; another one is on its way.
    Coming(Receiver<Result<Connection, String>>),
    /// It is not started again.
    Down(String),
}

/// A copy: one connection, and an object of its own where the script has a class for it.
pub(crate) struct PythonModel {
    source: Arc<Source>,
    runtime: &'static dyn Runtime,
    link: Link,
    /// What was set, by attribute.
    values: Vec<Option<Value>>,
    /// What was set while no process was there.
    missed: Vec<usize>,
    rate_hz: f64,
    /// The messages for the next run, and those that the last one answered.
    midi: Vec<TimedMidi>,
    answered: Vec<TimedMidi>,
    transport: Transport,
    is_warm: bool,
    urgent_on: Option<ThreadId>,
    ends: Vec<Instant>,
}

impl PythonModel {
    pub(crate) fn load(
        source: Arc<Source>,
        runtime: &'static dyn Runtime,
        location: &ModelLocation,
    ) -> Result<Self, LoadError> {
        let values = vec![None; source.outline.spec.attributes.len()];
        let connected = match source.connect(&values, false) {
            // Perhaps by another script there: alone it shows whose fault it is.
            Err(ConnectError::Trouble(Trouble::Gone(_))) => source.connect(&values, true),
            connected => connected,
        };
        let connection = connected.map_err(|error| match error {
            ConnectError::Start(error) => LoadError::NoRuntime { runtime: NAME, what: error.to_string() },
            ConnectError::Trouble(Trouble::Raised(what) | Trouble::Gone(what)) => {
                LoadError::Runtime { path: location.to_string(), runtime: NAME, what }
            }
        })?;
        Ok(Self::with(source, runtime, connection, values, 44_100.0))
    }

    fn with(
        source: Arc<Source>,
        runtime: &'static dyn Runtime,
        connection: Connection,
        values: Vec<Option<Value>>,
        rate_hz: f64,
    ) -> Self {
        Self {
            source,
            runtime,
            link: Link::Up(connection),
            values,
            missed: Vec::new(),
            rate_hz,
            midi: Vec::new(),
            answered: Vec::new(),
            transport: Transport::default(),
            is_warm: false,
            urgent_on: None,
            ends: Vec::new(),
        }
    }

    /// The connection, if a process is there; else why not.
    fn connection(&mut self) -> Result<&mut Connection, String> {
        if let Link::Coming(coming) = &self.link {
            match coming.try_recv() {
                Ok(Ok(connection)) => {
                    self.link = Link::Up(connection);
                    (self.is_warm, self.urgent_on) = (false, None);
                    self.set_again();
                }
                Ok(Err(what)) => self.link = Link::Down(what),
                Err(TryRecvError::Empty) => {}
                Err(TryRecvError::Disconnected) => {
                    self.link = Link::Down("it cannot be started again".into())
                }
            }
        }
        match &mut self.link {
            Link::Up(connection) => {
                note_asked(&connection.python);
                Ok(connection)
            }
            Link::Coming(_) => Err("Python starts again".into()),
            Link::Down(what) => Err(format!("{what}: mend the script and send reload")),
        }
    }

    /// Sets what was set while no process was there.
    fn set_again(&mut self) {
        for attribute in std::mem::take(&mut self.missed) {
            if let Some(value) = self.values[attribute].clone() {
                // Refused before, or by now: said when it is set anew.
                let _refused = self.send(attribute, &value);
            }
        }
    }

    fn send(&mut self, attribute: usize, value: &Value) -> Result<(), Trouble> {
        let name = &self.source.outline.spec.attributes[attribute].name;
        let asked = json!({ "name": name, "value": to_json(value) });
        match &mut self.link {
            Link::Up(connection) => connection.ask_json(kind::SET, &asked, LATER).map(drop),
            _ => Ok(()),
        }
    }

    /// What went wrong in a call, in one line. Where the process has ended, another one is started.
    fn trouble(&mut self, trouble: Trouble) -> String {
        match trouble {
            Trouble::Raised(what) => what,
            Trouble::Gone(why) => {
                let now = Instant::now();
                self.ends.retain(|end| now - *end < ENDS_WITHIN);
                self.ends.push(now);
                if self.ends.len() >= MOST_ENDS {
                    let what = format!("Python has ended {MOST_ENDS} times ({why})");
                    self.link = Link::Down(what.clone());
                    return format!("{what}: mend the script and send reload");
                }
                let wait = AGAIN.saturating_mul(1 << (self.ends.len() - 1)).min(AGAIN_AT_MOST);
                // Of boxes in one process all lose it. In processes of their own it shows whose script it is.
                self.link = self.again(wait, self.ends.len() > 1);
                format!("Python has ended: {why}; it starts again")
            }
        }
    }

    /// Why nothing runs: another process comes, or none does.
    fn without_process(&self, what: String) -> RunError {
        match self.link {
            Link::Down(_) => RunError::Abandoned { what },
            Link::Up(_) | Link::Coming(_) => RunError::Ended { what },
        }
    }

    /// Starts another process and loads the script there, beside this thread.
    fn again(&self, wait: Duration, own: bool) -> Link {
        let (source, values) = (self.source.clone(), self.values.clone());
        let (sender, coming) = sync_channel(1);
        let begun = stack::thread("nn python again", STACK_BYTES).spawn(move || {
            thread::sleep(wait);
            let connected = source.connect(&values, own).map_err(|error| match error {
                ConnectError::Start(error) => error.to_string(),
                ConnectError::Trouble(Trouble::Raised(what) | Trouble::Gone(what)) => what,
            });
            let _gone = sender.send(connected);
        });
        begun.map_or_else(|error| Link::Down(error.to_string()), |_| Link::Coming(coming))
    }

    fn run_there(
        &mut self,
        method: usize,
        input: TensorView<'_>,
        output: &mut TensorViewMut<'_>,
    ) -> Result<(), RunError> {
        let (rate_hz, limit) = (self.rate_hz, if self.is_warm { LATER } else { FIRST });
        let (midi, transport) = (std::mem::take(&mut self.midi), self.transport);
        self.answered.clear();
        let here = thread::current().id();
        let urgency = (self.urgent_on != Some(here)).then(Scheduling::of_this_thread).flatten();
        if let Err(what) = self.connection() {
            return Err(self.without_process(what));
        }
        let connection = self.connection().map_err(|what| RunError::Ended { what })?;
        let mut play = || -> Result<Vec<TimedMidi>, Trouble> {
            if let Some((policy, priority)) = urgency.and_then(Scheduling::real_time) {
                connection.ask_json(
                    kind::PRIORITY,
                    &json!({ "policy": policy, "priority": priority }),
                    limit,
                )?;
            }
            let numbers = [method, input.batch, input.channels, input.frames, output.channels, output.frames];
            let mut asked: Vec<u8> =
                numbers.iter().flat_map(|&number| (number as u32).to_le_bytes()).collect();
            asked.extend(rate_hz.to_le_bytes());
            asked.extend(transport.bpm.to_le_bytes());
            asked.extend(transport.beats.to_le_bytes());
            asked.extend(transport.frames.to_le_bytes());
            asked.extend(u32::from(transport.is_playing).to_le_bytes());
            midi::write(&midi, &mut asked);
            let answer = connection.run(asked, input.samples, output.samples, limit)?;
            Ok(midi::read(&answer))
        };
        let played = play();
        self.urgent_on = Some(here);
        self.answered = played.map_err(|trouble| {
            let raised = matches!(trouble, Trouble::Raised(_));
            let what = self.trouble(trouble);
            if raised { RunError::Script { what } } else { self.without_process(what) }
        })?;
        self.is_warm = true;
        Ok(())
    }
}

impl Model for PythonModel {
    fn spec(&self) -> &ModelSpec {
        &self.source.outline.spec
    }

    fn runtime(&self) -> Option<&'static dyn Runtime> {
        Some(self.runtime)
    }

    fn run(
        &mut self,
        method: usize,
        input: TensorView<'_>,
        mut output: TensorViewMut<'_>,
    ) -> Result<(), RunError> {
        self.run_there(method, input, &mut output)
    }

    fn set(&mut self, attribute: usize, values: &[Value]) -> Result<(), AttributeError> {
        let Some(value) = values.first() else { return Ok(()) };
        let sent = match self.connection() {
            Ok(_) => self.send(attribute, value),
            // It gets the value when it is there.
            Err(_) => {
                self.missed.push(attribute);
                Ok(())
            }
        };
        sent.map_err(|trouble| AttributeError::Threw {
            attribute: self.source.outline.spec.attributes[attribute].name.clone(),
            given: nn_model::attribute::given(values),
            what: self.trouble(trouble),
        })?;
        self.values[attribute] = Some(value.clone());
        Ok(())
    }

    fn get(&mut self, attribute: usize) -> Result<Vec<Value>, AttributeError> {
        let (name, wanted) = {
            let spec = &self.source.outline.spec.attributes[attribute];
            (spec.name.clone(), spec.types[0])
        };
        let threw = |what| AttributeError::Threw { attribute: name.clone(), given: String::new(), what };
        let connection = self.connection().map_err(threw)?;
        let asked = connection.ask_json(kind::GET, &json!({ "name": name }), LATER);
        let answer = asked.map_err(|trouble| threw(self.trouble(trouble)))?;
        let found = &answer["value"];
        let value = of_json(found, wanted);
        let misfit = || AttributeError::Answer { attribute: name.clone(), found: found.to_string() };
        value.map(|value| vec![value]).ok_or_else(misfit)
    }

    fn set_midi(&mut self, messages: &[TimedMidi]) -> Result<(), AttributeError> {
        messages.clone_into(&mut self.midi);
        Ok(())
    }

    fn set_transport(&mut self, transport: &Transport) {
        self.transport = *transport;
    }

    fn read_midi(&mut self, messages: &mut Vec<TimedMidi>) -> Result<(), AttributeError> {
        messages.append(&mut self.answered);
        Ok(())
    }

    fn set_sample_rate(&mut self, hz: u32) -> Result<(), AttributeError> {
        self.rate_hz = hz.into();
        Ok(())
    }

    fn fork(&self) -> Result<Box<dyn Model>, ForkError> {
        let connection = self.source.connect(&self.values, false).map_err(|error| ForkError {
            what: match error {
                ConnectError::Start(error) => error.to_string(),
                ConnectError::Trouble(Trouble::Raised(what) | Trouble::Gone(what)) => what,
            },
        })?;
        Ok(Box::new(Self::with(
            self.source.clone(),
            self.runtime,
            connection,
            self.values.clone(),
            self.rate_hz,
        )))
    }

    fn runs_leave_traces(&self) -> bool {
        // Functions share the script's globals; objects are each copy's own.
        !self.source.outline.is_class
    }

    fn origin(&self) -> usize {
        Arc::as_ptr(&self.source) as usize
    }
}
