//! Plays a box without a host: for the tool, the benches and the tests.
//!
//! A [`Player`] is a host of one box and one thread, as Pure Data is: messages, polls and audio come from the
//! thread that made it. It knows time in samples only and never sleeps for a sound card; a caller who wants real time
//! waits before each [`Player::block`]. Models come from any [`ModelSource`](crate::model::ModelSource).
//!
//! In a [`host_context`] of [`HostMode::Offline`] everything is waited for (loads, results, answers), so two renderings
//! of one schedule give the same samples, and the same events at the same blocks. In one of [`HostMode::RealTime`]
//! nothing is, as on stage. [`play_live`] plays [`LiveBox`]es by the clock there and notes every block; [`arrivals()`] tells
//! from that when each buffer's result was there, and a [`TimedSource`] what the runs took.
//!
//! ```no_run
//! use std::{path::{Path, PathBuf}, sync::Arc};
//!
//! use nn_core::{
//!     layout::BoxKind,
//!     message::{Atom, Event},
//!     model::ModelSource,
//!     object::HostFormat,
//!     offline::{HostMode, Player, TimedMessage, host_context},
//! };
//!
//! /// Renders `[nn~ MODEL forward 2048]`, half as loud after a second; one channel in, one out.
//! fn render(source: Arc<dyn ModelSource>, model: &Path, input: &[f32]) -> Vec<f32> {
//!     let host = HostFormat { sample_rate_hz: 44_100.0, block_frames: 64 };
//!     let arguments =
//!         [Atom::symbol(model.display().to_string()), Atom::symbol("forward"), Atom::Int(2048)];
//!     let find = |name: &str| Some(PathBuf::from(name)).filter(|path| path.is_file());
//!     let mut player =
//!         Player::new(BoxKind::Nn, host_context(source, HostMode::Offline), host, &arguments, find);
//!     let softer = TimedMessage::new(44_100, "set", &[Atom::symbol("gain"), Atom::Float(0.5)]);
//!     let (mut blocks, mut heard) = (input.chunks(64), Vec::new());
//!     let played = player.render(
//!         [softer],
//!         |signals| {
//!             let block = blocks.next().unwrap_or_default();
//!             signals.channel_mut(0, 0)[..block.len()].copy_from_slice(block);
//!             Ok(block.len())
//!         },
//!         |block| {
//!             heard.extend_from_slice(block.channel(0, 0));
//!             let error = block.events.iter().find_map(|event| match event {
//!                 Event::Error(line) => Some(line.clone()),
//!                 _ => None,
//!             });
//!             error.map_or(Ok(()), Err)
//!         },
//!     );
//!     played.expect("the box has no complaint");
//!     heard
//! }
//! ```

mod arrivals;
mod chain;
mod live;
mod looks;
mod player;
mod render;
mod schedule;
mod setting;
mod signals;
mod timed;
mod watched;

pub use arrivals::{Arrival, arrivals};
pub use chain::Chain;
pub use live::{LiveBox, Tick, play_live};
pub use nn_process::priority::as_audio_threads_run;
pub use player::{Player, TimedOut};
pub use render::{Block, TimedMessage};
pub use schedule::Schedule;
pub use setting::{HostMode, host_context};
pub use signals::Signals;
pub use timed::{RunTime, TimedSource};
pub use watched::{Watch, Watched};
