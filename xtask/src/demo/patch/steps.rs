//! The four steps of the demo's patch, one subpatch each.

use super::names;
use super::tail::TAIL_FRAMES;
use super::writer::PatchWriter;
use crate::demo::sound::SAMPLE_RATE_HZ;

/// When the patch opens: the sound into its table, and tables of that length and a tail to record into.
pub fn read_the_sound(input_file: &str) -> PatchWriter {
    let mut patch = PatchWriter::default();
    let opened = patch.object(20, 20, "loadbang");
    let read = patch.message(20, 50, &format!("read -resize {input_file} demo-sound"));
    let reader = patch.object(20, 80, "soundfiler");
    let length = patch.object(20, 110, &format!("+ {TAIL_FRAMES}"));
    let shares = patch.object(20, 140, "t f f");
    let length_ms = patch.object(20, 230, &format!("/ {}", f64::from(SAMPLE_RATE_HZ) / 1_000.0));
    let length_is = patch.object(20, 260, "s demo-length-ms");
    let resize = patch.message(130, 170, "resize $1");
    let dry = patch.object(130, 200, "s demo-input");
    let wet = patch.object(240, 200, "s demo-output");
    patch.connect(opened, read, 0);
    patch.connect(read, reader, 0);
    patch.connect(reader, length, 0);
    patch.connect(length, shares, 0);
    patch.connect(shares.outlet(1), resize, 0);
    patch.connect(resize, dry, 0);
    patch.connect(resize, wet, 0);
    patch.connect(shares, length_ms, 0);
    patch.connect(length_ms, length_is, 0);
    patch
}

/// `bang` to the box ten times a second until it answers `loaded 1`. Sound stays off, so that the model is in the
/// state of its file when the recording begins, however long it took to load.
pub fn wait_for_the_model() -> PatchWriter {
    let mut patch = PatchWriter::default();
    let start = patch.object(20, 20, "r demo-load");
    let order = patch.object(20, 50, "t b b");
    let ask = patch.message(20, 90, "1");
    let every = patch.object(20, 120, "metro 100");
    let to_box = patch.object(20, 150, "s demo-to-box");
    let arm = patch.message(150, 90, "1");
    patch.connect(start, order, 0);
    patch.connect(order.outlet(1), arm, 0);
    patch.connect(order, ask, 0);
    patch.connect(ask, every, 0);
    patch.connect(every, to_box, 0);

    let answers = patch.object(20, 200, "r demo-from-box");
    let loaded = patch.object(20, 230, "route loaded");
    let is_loaded = patch.object(20, 260, "sel 1");
    let once = patch.object(20, 290, "spigot 0");
    let done = patch.object(20, 320, "t b b b");
    let go = patch.object(20, 370, "s demo-ready");
    let silence = patch.message(110, 350, "0");
    let disarm = patch.message(170, 290, "0");
    patch.connect(answers, loaded, 0);
    patch.connect(loaded, is_loaded, 0);
    patch.connect(is_loaded, once, 0);
    patch.connect(arm, once, 1);
    patch.connect(disarm, once, 1);
    patch.connect(once, done, 0);
    patch.connect(done.outlet(2), disarm, 0);
    patch.connect(done.outlet(1), silence, 0);
    patch.connect(silence, every, 0);
    patch.connect(done, go, 0);

    let wait = patch.object(260, 200, &format!("r {}", names::WAIT));
    let wait_message = patch.message(260, 230, "wait $1");
    let wait_to_box = patch.object(260, 260, "s demo-to-box");
    patch.connect(wait, wait_message, 0);
    patch.connect(wait_message, wait_to_box, 0);
    patch
}

/// Sound on, and everything starts in one block.
pub fn play_and_record() -> PatchWriter {
    let mut patch = PatchWriter::default();
    let ready = patch.object(20, 20, "r demo-ready");
    let order = patch.object(20, 50, "t b b b");
    let sound_on = patch.message(160, 90, "; pd dsp 1");
    let clock = patch.object(90, 160, "s demo-clock");
    let play = patch.object(20, 190, "s demo-play");
    patch.connect(ready, order, 0);
    patch.connect(order.outlet(2), sound_on, 0);
    patch.connect(order.outlet(1), clock, 0);
    patch.connect(order, play, 0);
    patch
}

/// When the tables are full: how long it took, what the box has to say, and both tables to a file.
pub fn ask_and_write(output_file: &str) -> PatchWriter {
    let mut patch = PatchWriter::default();
    let play = patch.object(20, 20, "r demo-play");
    let length = patch.object(150, 20, "r demo-length-ms");
    let end = patch.object(20, 50, "delay 10000");
    let order = patch.object(20, 80, "t b b b b");
    patch.connect(play, end, 0);
    patch.connect(length, end, 1);
    patch.connect(end, order, 0);

    let started = patch.object(330, 50, "r demo-clock");
    let clock = patch.object(330, 80, "realtime");
    let elapsed = patch.message(330, 110, "elapsed $1");
    let print = patch.object(330, 200, &format!("print {}", names::PRINT));
    patch.connect(started, clock, 0);
    patch.connect(order.outlet(3), clock, 1);
    patch.connect(clock, elapsed, 0);
    patch.connect(elapsed, print, 0);

    let listen = patch.message(250, 140, "1");
    let deaf = patch.message(290, 140, "0");
    let answers = patch.object(150, 140, "r demo-from-box");
    let gate = patch.object(150, 170, "spigot");
    let latency = patch.message(20, 110, "latency");
    let stats = patch.message(90, 110, "stats");
    let to_box = patch.object(20, 140, "s demo-to-box");
    patch.connect(order.outlet(2), listen, 0);
    patch.connect(listen, gate, 1);
    patch.connect(deaf, gate, 1);
    patch.connect(answers, gate, 0);
    patch.connect(gate, print, 0);
    patch.connect(order.outlet(1), latency, 0);
    patch.connect(order.outlet(1), stats, 0);
    patch.connect(latency, to_box, 0);
    patch.connect(stats, to_box, 0);

    // Answers may come a little later than questions.
    let settle = patch.object(20, 200, "delay 500");
    let finish = patch.object(20, 230, "t b b b");
    let file_from_outside = patch.object(200, 260, &format!("r {}", names::FILE));
    let file = patch.object(90, 290, &format!("symbol {output_file}"));
    let write = patch.message(90, 320, "write -wave -bytes 4 $1 demo-input demo-output");
    let writer = patch.object(90, 350, "soundfiler");
    patch.connect(order, settle, 0);
    patch.connect(settle, finish, 0);
    patch.connect(finish.outlet(2), deaf, 0);
    patch.connect(finish.outlet(1), file, 0);
    patch.connect(file_from_outside, file, 1);
    patch.connect(file, write, 0);
    patch.connect(write, writer, 0);

    let quit_from_outside = patch.object(330, 350, &format!("r {}", names::QUIT));
    let leaving = patch.object(20, 380, "spigot");
    let quit = patch.message(110, 380, "; pd quit");
    patch.connect(finish, leaving, 0);
    patch.connect(quit_from_outside, leaving, 1);
    patch.connect(leaving, quit, 0);
    patch
}
