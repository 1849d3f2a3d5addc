//! Which types stay on their thread, which move, and which are shared: held by the compiler.

use nn_core::{
    desk::Desk,
    engine::{
        loader::Loader,
        status::{Counts, Status},
    },
    info::NnInfo,
    model::{Model, ModelSource},
    object::NnObject,
    port::{
        AudioPort, Prepared,
        frame::Frame,
        link::{Link, WorkerRings},
        stream::Stream,
    },
    resample::Resampling,
};
use nn_engine::{
    command::{Answer, Command, Stamped, Swap},
    port::PortHandle,
    runner::Runner,
    slot::Slot,
    worker::Worker,
    workshop::Workshop,
};

/// Does not compile where a type has the trait: then there are two ways to name the same function.
macro_rules! is_not {
    ($trait:ident: $($kind:ty),+ $(,)?) => {
        $(const _: fn() = || {
            trait Ambiguous<Which> {
                fn named() {}
            }
            struct HasTheTrait;
            impl<T: ?Sized> Ambiguous<()> for T {}
            impl<T: ?Sized + $trait> Ambiguous<HasTheTrait> for T {}
            let _ = <$kind as Ambiguous<_>>::named;
        };)+
    };
}

macro_rules! is {
    ($trait:ident: $($kind:ty),+ $(,)?) => {
        $(const _: fn() = || {
            fn has<T: ?Sized + $trait>() {}
            has::<$kind>();
        };)+
    };
}

// Boxes stay on the main thread.
is_not!(Send: NnObject, NnInfo, Desk);
is_not!(Sync: NnObject, NnInfo, Desk);
// The audio half moves to the thread that plays it, which has it alone.
is!(Send: Prepared, AudioPort);
is_not!(Sync: Prepared, AudioPort);
// So does what is sent to it, and to worker and loader.
is!(Send: Box<Stream>, Link, Frame, WorkerRings, PortHandle, Resampling);
is!(Send: Runner, Command, Stamped, Swap, Answer, dyn Model);
is_not!(Sync: Runner, WorkerRings, Link, dyn Model);
// What several threads see at the same time.
is!(Send: Status, Counts, Loader, Slot, Worker, Workshop, dyn ModelSource);
is!(Sync: Status, Counts, Loader, Slot, Worker, Workshop, dyn ModelSource);
