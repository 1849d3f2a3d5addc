//! The loader's part: making a wish come true.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
};

use super::{
    make::{Failure, Fresh},
    order::Order,
    state::{State, Workshop},
    wish::{MethodWish, Wish},
};
use crate::command::Reply;
use nn_model::LoadError;
use nn_process::{exit, guard::panic_text};

impl Workshop {
    /// Makes the newest wish true, until there is none. Loader thread.
    pub(super) fn realise(self: &Arc<Self>) {
        let Some(shift) = self.begin_shift() else { return };
        let mut fresh: Option<Fresh> = None;
        while let Some(order) = self.next_order(shift) {
            if fresh.as_ref().is_some_and(|fresh| fresh.load != order.wish.load()) {
                // Something newer was asked for: this one is never heard.
                fresh = None;
            }
            let made = catch_unwind(AssertUnwindSafe(|| self.make(&order, &mut fresh)))
                .unwrap_or_else(|panic| Err(stopped(&order.wish, panic.as_ref())));
            self.pass_on_prints(&order.wish);
            exit::arm();
            let made = match made {
                Ok(made) => made,
                Err(failure) => {
                    let mut state = self.lock();
                    if state.shift == shift && state.orders == order.orders {
                        self.fail(&mut state, &order.wish, failure);
                    }
                    continue;
                }
            };
            if !self.is_newest(shift, &order) {
                continue;
            }
            let inline = order.wish.runs_inline(self.tools.workers);
            let Some(change) = self.settle_engine(&order, inline) else {
                self.lock().lost = true;
                continue;
            };
            let ready = self.ready(&order, made, change);
            if let Some(slot) = self.deliver(shift, &order, ready, &mut fresh) {
                slot.await_runner(self.patience());
            }
        }
    }

    /// What models printed as they were loaded and warmed up.
    pub(super) fn pass_on_prints(&self, wish: &Wish) {
        if let Some(said) = self.tools.source.take_said() {
            let title = wish.model.as_ref().map(|model| model.location.title());
            self.tools.prints.add(title.as_deref(), said);
        }
    }

    /// Takes the work over, unless somebody is already at this very model.
    fn begin_shift(&self) -> Option<u64> {
        let mut state = self.lock();
        if state.shift_begun && state.shift_load == state.wish.load() {
            return None;
        }
        state.shift += 1;
        state.shift_begun = true;
        self.tools.status.effort.begin();
        Some(state.shift)
    }

    /// What is to be done next; `None` when all is done, or another has taken over.
    fn next_order(&self, shift: u64) -> Option<Order> {
        let mut state = self.lock();
        if state.shift != shift {
            return None;
        }
        if state.closed || state.is_realised() {
            state.shift_begun = false;
            self.tools.status.effort.end();
            self.tools.status.set_pending(false);
            return None;
        }
        state.shift_load = state.wish.load();
        state.lost |= self.has_lost_its_engine(&state);
        Some(Order {
            wish: state.wish.clone(),
            orders: state.orders,
            done: state.done.clone(),
            present: state.subject.clone().filter(|subject| subject.loaded),
            format: state.format,
            pristine: state.pristine.clone(),
            warmed: state.warmed.clone(),
            engine: state.engine.clone(),
            lost: state.lost,
            attributes: state.attributes.clone(),
            settings: state.settings,
            refit: state.refit,
            seed: state.seed,
        })
    }

    fn is_newest(&self, shift: u64, order: &Order) -> bool {
        let state = self.lock();
        state.shift == shift && state.orders == order.orders && !state.closed
    }

    /// Says what failed and goes back to what there is.
    fn fail(&self, state: &mut State, wish: &Wish, failure: Failure) {
        let loads = state.done.as_ref().map_or(0, Wish::load) != wish.load();
        state.refit = false;
        if let Failure::Method(_) = failure
            && let Some(before) = method_before(state, wish, loads)
        {
            // Only that was asked for in vain: what else is wanted, a load above all, may well come true.
            state.wish.method = before;
            return self.reply(Reply::Refused(failure.to_string().into()));
        }
        match failure {
            Failure::Gpu(_) => {
                state.wish.gpu = false;
                // Patches made on a machine with a GPU are to work on one without.
                return self.reply(Reply::Note(failure.to_string()));
            }
            Failure::Load(error) => self.reply(Reply::LoadFailed(error)),
            other if loads => self.reply(Reply::LoadFailed(LoadError::Unusable { what: other.to_string() })),
            other => self.reply(Reply::Refused(other.to_string().into())),
        }
        if loads {
            self.restore_model(state);
        } else if let Some(done) = &state.done {
            // Whatever it was, it is not to be tried again; nor, when it is the host's block that is too large.
            state.wish = Wish { host: state.wish.host, ..done.clone() };
            state.done = Some(state.wish.clone());
            state.lost = false;
        }
    }

    /// The model and method of the wish are those that there are.
    pub(super) fn restore_model(&self, state: &mut State) {
        match &state.done {
            Some(done) => {
                let failed = std::mem::replace(&mut state.wish.model, done.model.clone());
                if failed.is_none_or(|failed| failed.method == state.wish.method) {
                    state.wish.method = done.method.clone();
                }
            }
            None => {
                state.wish.model = None;
                state.subject = None;
            }
        }
        self.pass_on_deferred(state);
    }
}

/// The method to go back to where a message asked for one that the model lacks; `None` where it came with a load, which
/// fails with it.
fn method_before(state: &State, wish: &Wish, loads: bool) -> Option<MethodWish> {
    if !loads {
        return state.done.as_ref().map(|done| done.method.clone());
    }
    wish.model.as_ref().map(|model| model.method.clone()).filter(|method| *method != wish.method)
}

/// What is said of a fault of our own.
fn stopped(wish: &Wish, panic: &(dyn std::any::Any + Send)) -> Failure {
    Failure::Load(LoadError::Panicked {
        path: wish.model.as_ref().map_or_else(String::new, |model| model.location.to_string()),
        what: panic_text(panic),
    })
}
