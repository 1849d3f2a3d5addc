//! Which types stay on their thread, which move, and which are shared: held by the compiler.

use nn_core::{
    catalog_client::CatalogClient,
    engine::{
        loader::Loader,
        status::{Counts, Status},
    },
    info::NnInfo,
    model::{Model, ModelSource},
    object::NnObject,
    port::{
        AudioPort, Prepared,
        buffer::Buffer,
        stream::Stream,
        transport::{Transport, WorkerRings},
    },
    resample::Resampling,
};
use nn_engine::{
    command::{Command, RunnerReport, Stamped, Swap},
    inline::Inline,
    port::PortHandle,
    reconcile::Reconciler,
    runner::Runner,
    worker::Worker,
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
is_not!(Send: NnObject, NnInfo, CatalogClient);
is_not!(Sync: NnObject, NnInfo, CatalogClient);
// The audio half moves to the thread that plays it, which has it alone.
is!(Send: Prepared, AudioPort);
is_not!(Sync: Prepared, AudioPort);
// So does what is sent to it, and to worker and loader.
is!(Send: Box<Stream>, Transport, Buffer, WorkerRings, PortHandle, Resampling);
is!(Send: Runner, Command, Stamped, Swap, RunnerReport, dyn Model);
is_not!(Sync: Runner, WorkerRings, Transport, dyn Model);
// What several threads see at the same time.
is!(Send: Status, Counts, Loader, Inline, Worker, Reconciler, dyn ModelSource);
is!(Sync: Status, Counts, Loader, Inline, Worker, Reconciler, dyn ModelSource);
