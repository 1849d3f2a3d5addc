//! The thread on which all boxes live: the core's main thread.

mod catalog;
mod hearer;
mod models;
mod running;
mod state;
mod units;
mod waiting;

use std::{
    sync::{
        OnceLock,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use nn_core::{frontend::poll, guard::guarded, priority::make_this_thread_ordinary, stack};

use crate::{exchange::EXCHANGE, order::Order, print};
use state::State;

static ORDERS: OnceLock<Sender<Order>> = OnceLock::new();
static BEGUN: AtomicBool = AtomicBool::new(false);

/// How long the server's leaving waits for the service.
const LEAVE_WITHIN: Duration = Duration::from_millis(200);

/// Starts the service. The server's main thread; threads inherit their priority, so it takes its own first.
pub fn begin() {
    if BEGUN.swap(true, Relaxed) {
        return;
    }
    let (orders, received) = unbounded();
    let _once = ORDERS.set(orders);
    let thread = stack::thread("nn service", stack::LOADER_BYTES).spawn(move || {
        make_this_thread_ordinary();
        serve(&received);
    });
    match thread {
        Ok(thread) => EXCHANGE.serve(thread.thread().clone()),
        Err(what) => print::error(&format!("the system gives no thread ({what}): UGens stay silent")),
    }
}

/// Asks the service to do something. Any thread that may allocate.
pub fn order(what: Order) {
    if let Some(orders) = ORDERS.get() {
        // Where the service is gone, nothing is to be done.
        let _gone = orders.send(what);
        EXCHANGE.wake();
    }
}

/// Asks it something and waits for the answer; nothing where the service is gone.
pub fn ask<T>(order_with: impl FnOnce(Sender<T>) -> Order) -> Option<T> {
    let (done, answer) = bounded(1);
    order(order_with(done));
    answer.recv().ok()
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
        let wait_ms = poll::next_ms(state.is_pending());
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
