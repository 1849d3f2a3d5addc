//! What the small plug-ins call.
#![allow(unsafe_code)] // Called by the plug-ins with the server's pointers.

use std::sync::LazyLock;

use nn_core::{engine::exit, guard::guarded};

use crate::{
    command,
    construct::{construct, destruct},
    exchange::EXCHANGE,
    ffi::InterfaceTable,
    print, server, service,
    unit::NnUnit,
};

/// The server is here: makes units and commands known and starts the service. `server`: 0 scsynth, 1 supernova.
///
/// # Safety
/// Called once by a plug-in within its `load`, on the server's main thread, with the server's table.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nn_supercollider_load_1(table: *mut InterfaceTable, server: i32) {
    guarded((), || {
        if table.is_null() {
            return;
        }
        server::keep(table, server == 1);
        exit::set_patience(exit::SHORT_PATIENCE);
        exit::arm();
        LazyLock::force(&EXCHANGE);
        service::begin();
        // SAFETY: the name is a text; constructor and destructor are for units of this size.
        let defined = unsafe {
            ((*table).define_unit)(c"NNUGen".as_ptr(), size_of::<NnUnit>(), construct, Some(destruct), 0)
        };
        if defined {
            command::define();
        } else {
            print::error(
                "another plug-in has the UGen NNUGen (nn.ar, or a second copy of nn): keep one of them",
            );
        }
    });
}

/// The server quits: threads are asked to leave. What destructors of UGens touch stays.
#[unsafe(no_mangle)]
pub extern "C" fn nn_supercollider_unload_1() {
    guarded((), service::leave);
}
