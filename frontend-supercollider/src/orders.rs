//! The way to the service.

use std::sync::OnceLock;

use crossbeam_channel::{Receiver, Sender, bounded, unbounded};

use crate::{exchange::EXCHANGE, order::Order};

static ORDERS: OnceLock<Sender<Order>> = OnceLock::new();

/// The service's end of it. Once.
pub fn open() -> Receiver<Order> {
    let (orders, received) = unbounded();
    let _once = ORDERS.set(orders);
    received
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
