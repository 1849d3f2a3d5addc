//! `/cmd`: what comes is copied on the audio thread into memory of the server's, and done in its other thread.
#![allow(unsafe_code)] // Called by the server.

use std::{ffi::c_void, mem::size_of, ptr, slice, sync::atomic::Ordering::Relaxed};

use nn_core::guard::guarded;

use crate::{
    commands::{self, COMMANDS, Command, Refused},
    exchange::EXCHANGE,
    ffi::{Argument, Arguments, MessageIterator, World},
    offline,
    order::Order,
    orders::order,
    print, server,
};

/// A command on its way, in the server's memory; its tags and words follow.
#[repr(C)]
struct Pending {
    /// Its place among [`COMMANDS`].
    command: usize,
    tags: usize,
    words: usize,
}

/// Makes the commands known. The server's main thread, once.
pub fn define() {
    let Some(table) = server::table() else { return };
    for (number, command) in COMMANDS.iter().enumerate() {
        // SAFETY: the name is a text with a zero at its end; the data is a number, which nobody follows.
        unsafe {
            (table.define_plug_in_command)(command.name.as_ptr(), begin, ptr::without_provenance_mut(number))
        };
    }
}

/// Stage 1, on the audio thread.
unsafe extern "C" fn begin(
    world: *mut World,
    command: *mut c_void,
    message: *mut MessageIterator<'_>,
    reply: *mut c_void,
) {
    guarded((), || {
        let Some(table) = server::table() else { return };
        // SAFETY: the server's message, which lives during this call.
        let Arguments { tags, words } = unsafe { (*message).rest() };
        let command = command.addr();
        let size = size_of::<Pending>() + tags.len() + words.len();
        // SAFETY: memory of the server's pool, on the audio thread; it is written to its end. The functions are of the kinds
        // that the server asks for, and the name lives for ever.
        unsafe {
            let data = (table.rt_alloc)(world, size);
            if data.is_null() {
                EXCHANGE.refused.fetch_add(1, Relaxed);
                return EXCHANGE.wake();
            }
            data.cast::<Pending>().write(Pending { command, tags: tags.len(), words: words.len() });
            let rest = data.add(size_of::<Pending>()).cast::<u8>();
            rest.copy_from_nonoverlapping(tags.as_ptr(), tags.len());
            rest.add(tags.len()).copy_from_nonoverlapping(words.as_ptr(), words.len());
            let name = COMMANDS[command].name.as_ptr();
            (table.do_asynchronous_command)(
                world,
                reply,
                name,
                data,
                Some(perform),
                None,
                None,
                clean_up,
                0,
                ptr::null_mut(),
            );
        }
    });
}

/// Stage 2, where it may wait. False ends the command without an answer.
unsafe extern "C" fn perform(world: *mut World, data: *mut c_void) -> bool {
    guarded(false, || {
        // SAFETY: what `begin` has written.
        let (command, arguments) = unsafe {
            let pending = &*data.cast::<Pending>();
            let rest = data.add(size_of::<Pending>()).cast::<u8>();
            let tags = slice::from_raw_parts(rest, pending.tags);
            let words = slice::from_raw_parts(rest.add(pending.tags), pending.words);
            (&COMMANDS[pending.command], Arguments { tags, words })
        };
        let done = run(command, world, &arguments.read());
        // SAFETY: the server's world. Its block counter is read offline alone, where one thread does all.
        let offline = unsafe {
            let rate = &raw const (*world).full_rate;
            ((*world).real_time == 0)
                .then(|| ((*world).block_counter, (*rate).block_frames, (*rate).sample_rate_hz))
        };
        if let Some((blocks, block_frames, rate_hz)) = offline {
            offline::settle(blocks, usize::try_from(block_frames).unwrap_or(0), rate_hz);
        }
        done
    })
}

/// Does a command; what makes no sense is a line that says how it is sent.
fn run(command: &Command, world: *const World, arguments: &[Argument]) -> bool {
    match (command.run)(&mut commands::Call { world, arguments }) {
        Ok(()) => true,
        Err(Refused::Told) => false,
        Err(Refused::Wrong) => {
            let name = command.name.to_string_lossy();
            let line = format!("{name}: these arguments make no sense: send /cmd {name} {}", command.usage);
            print::error(&line);
            order(Order::Wrong(line));
            false
        }
    }
}

/// The end, on the audio thread.
unsafe extern "C" fn clean_up(world: *mut World, data: *mut c_void) {
    if let Some(table) = server::table() {
        // SAFETY: what `begin` got from the pool, which nobody uses any more.
        unsafe { (table.rt_free)(world, data) };
    }
}
