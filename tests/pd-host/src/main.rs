//! Pure Data 0.55.2 as a test host, driven by a script: it opens patches, loads real externals with
//! Pd's own loader, renders, and counts and times what happens inside the audio callback. Linux only.
//!
//! `pd-host [SCRIPT]` reads the script from a file, or from standard input when there is none or it is
//! `-`. Every line is one command and is carried out before the next one is read, so the host can also
//! be driven line by line through a pipe. Answers come on standard output, one line each, flushed.
//!
//! # Words
//! Words are separated by spaces. `"two words"` is one word, `\` takes the next character as it is.
//! A line that begins with `# ` (or is `#` alone) is a comment. What reads as a number is sent to Pd
//! as a number, unless it stands in quotes.
//!
//! # Setting up
//! | command | effect |
//! |---|---|
//! | `samplerate HZ` | 44100 if not given |
//! | `channels IN OUT` | of `adc~` and `dac~`; 2 2 if not given |
//! | `path DIR` | where Pd looks for externals and abstractions |
//! | `open PATCH` | answers `opened HANDLE dollarzero=N`; handles count from 1 |
//! | `close HANDLE` | closes it as a user would |
//! | `dsp 0`, `dsp 1` | switches DSP |
//!
//! # Audio
//! A tick is 64 frames. Pd's logical time, and with it `[delay]`, `[metro]` and every external's clock,
//! moves only with ticks, whether DSP is on or not.
//!
//! | command | effect |
//! |---|---|
//! | `input PATH` | `adc~` plays a WAV file (by its ending), or raw interleaved little-endian f32 with as many channels as `adc~`; then silence |
//! | `impulse N` | one sample of 1 on all channels, N frames from now |
//! | `noise SEED` | white noise in -1..1 |
//! | `ramp` | channel c carries `c + (frame mod 65536) / 65536`, exact in f32: tells every sample's place |
//! | `silence` | the default |
//! | `output PATH` | `dac~` is written to a raw interleaved little-endian f32 file from now on |
//! | `output` | ends that |
//! | `run TICKS` | as fast as possible |
//! | `realtime TICKS [BURST]` | BURST ticks in a row, on an absolute schedule; answers `realtime ticks=N bursts=N late=N worst_late_us=N`, late being bursts that ended after the next one was due |
//! | `until SECONDS TEXT` | ticks in real time until a line of answers contains TEXT, for loading that takes its time. Looks at all lines since the line that the previous `until` found; ends the host with status 3 when the time is over |
//! | `sleep MS` | no ticks |
//! | `poll` | what Pd does beside audio: sockets and files that objects wait for. `run` and `realtime` do it every tick |
//!
//! # Messages
//! | command | effect |
//! |---|---|
//! | `send RECEIVER ATOMS` | as a message box `; RECEIVER ATOMS`: a first word is the selector, a first number makes a float or a list, nothing makes a bang |
//! | `message RECEIVER SELECTOR ATOMS` | the same with the selector named; `message pd-NAME.pd obj 10 10 osc~ 440`, `connect 0 0 1 0`, `clear` edit a patch while it plays |
//! | `listen NAME` | whatever is sent to NAME is answered as `recv NAME SELECTOR ATOMS` |
//!
//! A receiver that does not exist is an error of the script. Pd's console is answered as `print TEXT`;
//! text printed from a thread other than the audio thread, which Pd forbids, as `print-wrong-thread TEXT`.
//!
//! # Watching
//! | command | effect |
//! |---|---|
//! | `watch on`, `watch off` | counts what is called on the audio thread inside `dsp_tick`: not in Pd's clocks or messages, not on other threads |
//! | `watch trace` | on, and the first calls are shown on standard error with a stack |
//! | `report` | `report blocks=N malloc=N free=N lock=N wait=N wake=N thread=N futex_wait=N futex_wake=N system=N print=N`, then starts from zero |
//! | `times` | `times blocks=N p50_ns=N p90_ns=N p99_ns=N p999_ns=N max_ns=N`: durations of `dsp_tick` |
//! | `times reset` | forgets them |
//! | `times split K` | for each remainder r of the tick's number (0 is the first after `times reset`) by K: `times r=R blocks=N p50_ns=N max_ns=N` |
//! | `externals on`, `externals off` | also times the perform routines of loaded libraries alone; `times` then answers a second line (or set of lines) that begins with `externals` |
//! | `stat` | `stat rss_kb=N threads=N cpu_ms=N`: memory, threads and processor time of the process |
//! | `echo TEXT` | answers `echo TEXT` |
//!
//! `wake` and `wait` are condition variables and semaphores, `futex_*` the system call behind Rust's
//! own locks, `system` sleeping, files, memory maps and any other `syscall()`. Not seen: calls inside
//! libc, and system calls written in assembler (libgomp has its own futex). `[naughty~ KIND]`, built in,
//! does one thing per block, KIND being the name of a counter: with it a test shows that the counters work.
//!
//! # Leaving
//! | command | effect |
//! |---|---|
//! | `quit` | `exit(0)` with patches open, as hosts do |
//! | `pdquit` | the message `; pd quit` |
//! | end of the script | closes all patches, then ends |
//!
//! Status 0; 2 for an error in the script, with its line number on standard error; 3 when `until` gave up.

#[cfg(target_os = "linux")]
mod command;
#[cfg(target_os = "linux")]
mod console;
#[cfg(target_os = "linux")]
mod host;
#[cfg(target_os = "linux")]
mod libpd;
#[cfg(target_os = "linux")]
mod pacer;
#[cfg(target_os = "linux")]
mod source;
#[cfg(target_os = "linux")]
mod times;
#[cfg(target_os = "linux")]
mod words;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    host::main()
}

#[cfg(not(target_os = "linux"))]
fn main() -> std::process::ExitCode {
    eprintln!("pd-host: this test host works on Linux only");
    std::process::ExitCode::from(2)
}
