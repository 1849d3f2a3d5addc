//! Max quits: the process ends without freeing its boxes, while models are loaded, warmed up and run and audio plays.
//!
//! Clean means: the exit code that Max chose, no signal, no word of a crash, and in time. Each departure is a process of
//! its own, this program once more; `NN_DEPARTURES` says how many, instead of those of every test run.
#![allow(unsafe_code)] // Ends the process as C does.

#[cfg(target_os = "linux")]
#[path = "common/mod.rs"]
mod common;

#[cfg(target_os = "linux")]
fn main() -> std::process::ExitCode {
    match std::env::var(linux::DEPARTURE) {
        Ok(words) => linux::leave(&words),
        Err(_) => linux::all_departures(),
    }
}

#[cfg(not(target_os = "linux"))]
fn main() {}

#[cfg(target_os = "linux")]
mod linux {
    use std::{
        io::{BufRead, BufReader, Read},
        path::{Path, PathBuf},
        process::{Command, ExitCode, Stdio},
        sync::Mutex,
        time::{Duration, Instant},
    };

    use max_host::{Max, Overdrive, Patched};

    use crate::common::{self, FORMAT, ramp};

    /// What a child is told.
    pub const DEPARTURE: &str = "NN_DEPARTURE";
    /// How long our threads may keep the process, and what a busy machine may add.
    const LIMIT: Duration = Duration::from_secs(2 + 3);
    /// Departures of every test run, two at a time.
    const TIMES: usize = 20;

    /// Seeded choices (xorshift).
    struct Dice(u64);

    impl Dice {
        fn pick<T: Copy>(&mut self, choices: &[T]) -> T {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            choices[(self.0 >> 20) as usize % choices.len()]
        }
    }

    /// A departure as words: `kind way moment ms overdrive code box;box…`.
    fn departure(number: usize) -> String {
        let mut dice = Dice((number as u64 + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let kind = if number.is_multiple_of(2) { "fake" } else { "real" };
        let way = dice.pick(&["return", "return", "exit", "exit_elsewhere"]);
        let moment = dice.pick(&["made", "made", "loaded"]);
        let ms = dice.pick(if moment == "made" {
            &[0, 1, 3, 10, 30, 100, 200, 400, 700]
        } else {
            &[0, 5, 60, 200]
        });
        let overdrive = dice.pick(&["off", "on", "interrupt"]);
        let code = dice.pick(&[0, 0, 0, 7]);
        let boxes = if kind == "fake" {
            dice.pick(&[
                "nn~ slow forward 64;nn~ late forward 64",
                "nn~ crawls forward 64;mc.nn~ two forward 64",
                "nn~ ages forward 64;nn~ slow forward 0",
                "nn~ slow forward 0",
                "nn~ hangs forward 64;nn~ gain forward 64",
            ])
        } else {
            dice.pick(&[
                "nn~ codec forward 2048;mc.nn~ codec forward 2048;nn~ codec encode 512",
                "nn~ codec forward 512",
                "nn~ codec forward 0;nn~ features forward 2048",
                "mcs.nn~ multi swap 2 64;nn~ codec forward 2048;nn~ codec decode",
            ])
        };
        format!("{kind} {way} {moment} {ms} {overdrive} {code} {boxes}")
    }

    /// The child: plays what it is told to, and leaves.
    pub fn leave(words: &str) -> ExitCode {
        let mut words = words.splitn(7, ' ');
        let mut next = || words.next().expect("seven words");
        let (kind, way, moment, ms) = (next(), next(), next(), next().parse::<usize>().expect("a number"));
        let (overdrive, code) = (next(), next().parse::<u8>().expect("a code"));
        let texts: Vec<&str> = next().split(';').collect();
        let mut max = if kind == "fake" { common::max() } else { with_externals() };
        max.overdrive(match overdrive {
            "on" => Overdrive::On,
            "interrupt" => Overdrive::InAudioInterrupt,
            _ => Overdrive::Off,
        });
        let boxes: Vec<Patched> = texts.iter().map(|text| max.create(text)).collect();
        boxes.iter().for_each(|&patched| max.wire(patched, 0, 1));
        if moment == "loaded" {
            // One that takes ages never is.
            for (&patched, _) in boxes.iter().zip(&texts).filter(|(_, text)| !text.contains("ages")) {
                common::settled(&max, patched);
            }
        }
        max.audio_on(FORMAT);
        max.play_on(boxes[0], ramp(1, 44_100));
        max.pass(ms);
        // Something on its way to every model, and one more being loaded.
        for &patched in &boxes {
            max.send(patched, "get gain");
            max.send(patched, "stats");
        }
        if ms % 3 == 0 {
            max.send(boxes[0], if kind == "fake" { "load late" } else { "load gain" });
        }
        let ran = boxes.iter().any(|&patched| {
            let told = max.told(patched);
            let stats =
                told.iter().rev().find(|told| told.starts_with("stats ")).expect("an answer to stats");
            !stats.contains("blocks 0 ")
        });
        let loading = boxes.iter().any(|&patched| !max.told(patched).iter().any(|told| told == "loaded 1"));
        println!("leaving {ran} {loading}");
        // Nothing is freed, and audio plays on.
        std::mem::forget(max);
        match way {
            "return" => ExitCode::from(code),
            "exit" => {
                // SAFETY: a plain call of C.
                unsafe { libc::exit(code.into()) }
            }
            _ => {
                // SAFETY: as above.
                let elsewhere = std::thread::spawn(move || unsafe { libc::exit(code.into()) });
                let _never = elsewhere.join();
                unreachable!("the process has ended")
            }
        }
    }

    /// The externals as `cargo xtask build` leaves them, with models of the project.
    fn with_externals() -> Max {
        let max = Max::start();
        let built = built();
        let ending = format!("mxl_{}", std::env::consts::ARCH);
        for name in ["nn~", "mc.nn~", "mcs.nn~", "nn.info"] {
            max.load(&built.join("externals").join(format!("{name}.{ending}")));
        }
        max.search(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../models"));
        max
    }

    fn built() -> PathBuf {
        let executable = std::env::current_exe().expect("a test has an executable");
        let folder = executable.ancestors().nth(3).expect("target/<profile>/deps").join("max");
        assert!(folder.is_dir(), "{} is missing: run `cargo xtask build`", folder.display());
        folder
    }

    /// What the boxes of a clean departure were doing.
    struct Witness {
        ran: bool,
        loading: bool,
        took: Duration,
    }

    /// One departure, watched from outside.
    fn watched(words: &str) -> Result<Witness, String> {
        let executable = std::env::current_exe().map_err(|error| error.to_string())?;
        let mut child = Command::new(executable)
            .env(DEPARTURE, words)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| error.to_string())?;
        let mut stderr = child.stderr.take().expect("piped");
        let said = std::thread::spawn(move || {
            let mut text = String::new();
            let _broken = stderr.read_to_string(&mut text);
            text
        });
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines().map_while(Result::ok);
        let line = lines.find(|line| line.starts_with("leaving "));
        let begin = Instant::now();
        let status = loop {
            if let Some(status) = child.try_wait().map_err(|error| error.to_string())? {
                break Some(status);
            }
            if begin.elapsed() > LIMIT {
                let _ended = child.kill();
                let _reaped = child.wait();
                break None;
            }
            std::thread::sleep(Duration::from_millis(2));
        };
        let took = begin.elapsed();
        let said = said.join().unwrap_or_default();
        let Some(status) = status else { return Err(format!("still there after {LIMIT:?}\n{said}")) };
        let code = words.split(' ').nth(5).and_then(|code| code.parse().ok());
        if status.code() != code || line.is_none() {
            return Err(format!("{status}, after it said {line:?}\n{said}"));
        }
        let bad = ["terminate called", "panicked", "fatal", "corrupt", "free()", "aborting"];
        if bad.iter().any(|word| said.contains(word)) {
            return Err(said);
        }
        let line = line.unwrap_or_default();
        let mut flags = line.split(' ').skip(1).map(|flag| flag == "true");
        let mut flag = || flags.next().unwrap_or(false);
        Ok(Witness { ran: flag(), loading: flag(), took })
    }

    /// The parent: lets all depart, and says how it went as the usual harness does.
    pub fn all_departures() -> ExitCode {
        let asked = std::env::var("NN_DEPARTURES").ok().and_then(|count| count.parse().ok());
        let times: usize = asked.unwrap_or(TIMES);
        let _checked_first = built();
        println!("\nrunning {times} departures");
        let (next, results) = (Mutex::new(0), Mutex::new(Vec::new()));
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| {
                    loop {
                        let number = {
                            let mut next = next.lock().expect("nobody panics with it");
                            *next += 1;
                            *next - 1
                        };
                        if number >= times {
                            return;
                        }
                        let words = departure(number);
                        let result = watched(&words).map_err(|wrong| format!("{words}: {wrong}"));
                        results.lock().expect("nobody panics with it").push(result);
                    }
                });
            }
        });
        let results = results.into_inner().expect("nobody panicked");
        let wrong: Vec<&String> = results.iter().filter_map(|result| result.as_ref().err()).collect();
        let clean: Vec<&Witness> = results.iter().filter_map(|result| result.as_ref().ok()).collect();
        let (ran, loading) =
            (clean.iter().filter(|w| w.ran).count(), clean.iter().filter(|w| w.loading).count());
        let longest = clean.iter().map(|w| w.took).max().unwrap_or_default();
        println!(
            "{} of {times} clean; models had run in {ran}, were being loaded in {loading}; the longest took {longest:?}",
            clean.len()
        );
        wrong.iter().for_each(|wrong| println!("NOT CLEAN: {wrong}"));
        // Departures of boxes that do nothing would show nothing.
        if wrong.is_empty() && ran >= times / 5 && loading >= times / 5 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}
