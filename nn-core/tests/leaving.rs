//! A host leaves while a thread of ours hangs inside a model with a lock that others need on their way out: the process
//! ends within the patience all the same, with the host's exit code, and keeps what the host had printed where that
//! can be had.
//!
//! Each departure is a process of its own, this program once more.
#![allow(unsafe_code)] // Locks streams and ends the process as C does.

#[cfg(all(target_os = "linux", target_env = "gnu"))]
fn main() -> std::process::ExitCode {
    // ThreadSanitizer holds a signal back until the thread that it came to leaves what it waits in, which here it never does.
    if std::env::var_os("TSAN_OPTIONS").is_some() {
        println!("left out under ThreadSanitizer");
        return std::process::ExitCode::SUCCESS;
    }
    match std::env::var(departures::VARIABLE) {
        Ok(words) => departures::leave(&words),
        Err(_) => departures::all(),
    }
}

#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
fn main() {}

#[cfg(all(target_os = "linux", target_env = "gnu"))]
mod departures {
    use std::{
        ffi::{c_int, c_void},
        io::Read,
        os::fd::{AsRawFd, FromRawFd, OwnedFd},
        process::{Command, ExitCode, Stdio},
        ptr,
        sync::mpsc::channel,
        time::{Duration, Instant},
    };

    use nn_core::engine::exit::{PATIENCE, Presence, arm};

    pub const VARIABLE: &str = "NN_DEPARTURE";
    const CODE: u8 = 7;
    /// What a busy machine may add.
    const BUSY: Duration = Duration::from_secs(4);

    unsafe extern "C" {
        static stdout: *mut libc::FILE;
        static stderr: *mut libc::FILE;

        fn flockfile(stream: *mut libc::FILE);
    }

    /// How the host leaves, and what the thread holds that hangs.
    const CASES: [(&str, &str); 14] = [
        ("return", "nothing"),
        ("return", "stdout"),
        ("return", "stderr"),
        ("return", "streams"),
        ("return", "loader"),
        ("return", "full"),
        ("return", "gone"),
        ("return", "closed"),
        ("return", "comes back"),
        ("exit", "stdout"),
        ("exit", "streams"),
        ("elsewhere", "stdout"),
        ("elsewhere", "loader"),
        ("elsewhere", "comes back"),
    ];

    /// The child: leaves while its other thread hangs.
    pub fn leave(words: &str) -> ExitCode {
        let (way, held) = words.split_once(' ').expect("two words");
        arm();
        // SAFETY: the system's own way with this signal, and a NUL-terminated text into the buffer of a stream.
        unsafe {
            libc::signal(libc::SIGPIPE, libc::SIG_DFL);
            libc::puts(c"said before".as_ptr());
        }
        if held == "closed" {
            // SAFETY: nobody uses the descriptor.
            unsafe { libc::close(1) };
        }
        let (told, holds) = channel();
        let hangs = held.to_owned();
        std::thread::spawn(move || {
            Presence::prepare_thread();
            let presence = Presence::enter().expect("nobody leaves yet");
            if hangs == "loader" {
                return hold_the_loader(&told);
            }
            if hangs == "streams" {
                return hold_the_list_of_streams(&told);
            }
            // SAFETY: the C library's own streams.
            unsafe {
                match hangs.as_str() {
                    "stdout" => flockfile(stdout),
                    "stderr" => flockfile(stderr),
                    _ => {}
                }
            }
            told.send(()).expect("somebody listens");
            std::thread::sleep(Duration::from_millis(if hangs == "comes back" { 300 } else { 1_000_000 }));
            drop(presence);
        });
        holds.recv().expect("the thread holds it");
        std::thread::sleep(Duration::from_millis(50));
        match way {
            "return" => ExitCode::from(CODE),
            // SAFETY: a plain call of C.
            "exit" => unsafe { libc::exit(CODE.into()) },
            _ => {
                // SAFETY: as above.
                let elsewhere = std::thread::spawn(|| unsafe { libc::exit(CODE.into()) });
                let _never = elsewhere.join();
                unreachable!("the process has ended")
            }
        }
    }

    /// As a thread that is opening a library from a disk that does not answer.
    fn hold_the_loader(told: &std::sync::mpsc::Sender<()>) {
        unsafe extern "C" fn hang(_: *mut libc::dl_phdr_info, _: usize, told: *mut c_void) -> c_int {
            // SAFETY: the sender of the caller, which never returns.
            unsafe { &*told.cast::<std::sync::mpsc::Sender<()>>() }.send(()).expect("somebody listens");
            std::thread::sleep(Duration::from_secs(1_000));
            0
        }
        // SAFETY: the function has the type that is asked for, and the sender outlives the call.
        unsafe { libc::dl_iterate_phdr(Some(hang), ptr::from_ref(told).cast_mut().cast()) };
    }

    /// As a thread that flushes all streams, one of them into a pipe that is full and that nobody reads.
    fn hold_the_list_of_streams(told: &std::sync::mpsc::Sender<()>) {
        let (_reads, writes) = pipe();
        fill(&writes);
        // SAFETY: an open descriptor, a stream that lives for ever, and a text that ends with NUL.
        unsafe {
            let stream = libc::fdopen(writes.as_raw_fd(), c"w".as_ptr());
            libc::fputs(c"never written".as_ptr(), stream);
            told.send(()).expect("somebody listens");
            libc::fflush(ptr::null_mut());
        }
    }

    fn pipe() -> (OwnedFd, OwnedFd) {
        let mut ends = [0; 2];
        // SAFETY: room for two descriptors, which are nobody else's afterwards.
        unsafe {
            assert_eq!(libc::pipe2(ends.as_mut_ptr(), libc::O_CLOEXEC), 0, "a pipe");
            (OwnedFd::from_raw_fd(ends[0]), OwnedFd::from_raw_fd(ends[1]))
        }
    }

    fn fill(pipe: &OwnedFd) {
        let number = pipe.as_raw_fd();
        // SAFETY: an open descriptor, and as many bytes as is said.
        unsafe {
            libc::fcntl(number, libc::F_SETFL, libc::O_NONBLOCK);
            while libc::write(number, [b'x'; 4096].as_ptr().cast(), 4096) > 0 {}
            libc::fcntl(number, libc::F_SETFL, 0);
        }
    }

    /// Leaves once; panics when something was wrong.
    fn depart(way: &str, held: &str) {
        let (reads, writes) = pipe();
        if held == "full" {
            fill(&writes);
        }
        let mut command = Command::new(std::env::current_exe().expect("this program"));
        command.env(VARIABLE, format!("{way} {held}")).stdin(Stdio::null()).stdout(writes);
        let begin = Instant::now();
        let mut child = command.spawn().expect("this program once more");
        drop(command);
        let kept = (held != "gone").then_some(reads);
        let status = loop {
            if let Some(status) = child.try_wait().expect("a child can be waited for") {
                break status;
            }
            if begin.elapsed() > PATIENCE + BUSY {
                let _ended = child.kill().and_then(|()| child.wait());
                panic!("{way}, {held}: the host never quits");
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        let took = begin.elapsed();
        assert_eq!(status.code(), Some(CODE.into()), "{way}, {held}: {status}");
        if held == "comes back" {
            assert!(took < PATIENCE, "{way}, {held}: nobody hangs, and it took {took:?}");
        } else {
            assert!(took >= PATIENCE, "{way}, {held}: nobody was waited for: {took:?}");
        }
        if let (Some(reads), "nothing" | "stderr" | "loader" | "streams" | "comes back") = (kept, held) {
            let mut said = String::new();
            std::fs::File::from(reads).read_to_string(&mut said).expect("the child's output");
            assert_eq!(said, "said before\n", "{way}, {held}");
        }
    }

    /// The parent: all at once, as they mostly wait.
    pub fn all() -> ExitCode {
        let departures = CASES.map(|(way, held)| std::thread::spawn(move || depart(way, held)));
        let failed = departures.map(std::thread::JoinHandle::join).iter().filter(|end| end.is_err()).count();
        println!("{} departures, {failed} failed", CASES.len());
        if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
    }
}
