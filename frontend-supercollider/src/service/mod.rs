//! The thread on which all boxes live: the core's main thread.

mod catalog;
mod hearer;
mod models;
mod running;
mod state;
mod units;
mod waiting;

use std::{
    sync::atomic::{AtomicBool, Ordering::Relaxed},
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender, bounded};
use nn_core::{frontend::poll, guard::guarded, priority::make_this_thread_ordinary, stack};

use crate::{
    exchange::EXCHANGE,
    order::Order,
    orders::{self, order},
    print,
};
use state::State;

static BEGUN: AtomicBool = AtomicBool::new(false);

/// How often to look for attributes that inputs have changed, in ms: UGens wake nobody for them.
const WATCH_MS: f64 = 5.0;
/// How long the server's leaving waits for the service.
const LEAVE_WITHIN: Duration = Duration::from_millis(200);

/// Starts the service. The server's main thread; threads inherit their priority, so it takes its own first.
pub fn begin() {
    if BEGUN.swap(true, Relaxed) {
        return;
    }
    let received = orders::open();
    let thread = stack::thread("nn service", stack::LOADER_BYTES).spawn(move || {
        make_this_thread_ordinary();
        serve(&received);
    });
    match thread {
        Ok(thread) => EXCHANGE.serve(thread.thread().clone()),
        Err(what) => print::error(&format!("the system gives no thread ({what}): UGens stay silent")),
    }
}

/// The server quits: all boxes are given up, their threads leave by themselves.
pub fn leave() {
    EXCHANGE.close();
    let (done, left) = bounded(1);
    order(Order::Leave(done));
    let _late = left.recv_timeout(LEAVE_WITHIN);
}

fn serve(orders: &Receiver<Order>) {
    let mut state = State::default();
    loop {
        let leaves = guarded(None, || turn(&mut state, orders));
        if let Some(done) = leaves {
            drop(state);
            let _gone = done.send(());
            return;
        }
        let most_ms = if state.units.watches() { WATCH_MS } else { f64::INFINITY };
        let wait_ms = poll::next_ms(state.is_pending()).min(most_ms);
        std::thread::park_timeout(Duration::from_secs_f64(wait_ms * 1e-3));
    }
}

/// Does what there is to do; where the server quits, gives whom to tell.
fn turn(state: &mut State, orders: &Receiver<Order>) -> Option<Sender<()>> {
    state.at_time(None);
    for order in orders.try_iter() {
        // What UGens said before it comes first.
        state.hear();
        if let Order::Leave(done) = order {
            return Some(done);
        }
        state.perform(order);
    }
    state.hear();
    state.poll();
    None
}
