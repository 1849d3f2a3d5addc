//! GPUs: whether a model runs on one. Opening a driver may be the end of a process, so only the tool's child asks; inside a
//! host nothing is.
//!
//! Thread: any but audio.

use super::check::Check;
use crate::info::Tree;

/// What came of asking.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gpu {
    /// NVIDIA's driver, where it answers: its release and its devices.
    pub driver: Option<(String, Vec<String>)>,
    /// A model ran there, after so many milliseconds; or why not. `None`: nobody came back to tell.
    pub ran: Option<Result<f64, String>>,
    /// How the process ended that was to tell.
    pub ended: Option<String>,
    /// The text of a libtorch that sees no GPU.
    pub none: &'static str,
}

impl Gpu {
    /// What a host is told, in which nobody asks.
    pub fn not_asked() -> Check {
        Check::fine("gpu", "not asked inside a host: `nn doctor` does")
    }

    /// What is said of it.
    pub fn check(&self) -> Check {
        let driver = self.driver.as_ref().map(|(version, devices)| {
            let seen = if devices.is_empty() { "it shows no device".into() } else { devices.join("; ") };
            format!("; NVIDIA driver {version}: {seen}")
        });
        let driver = driver.unwrap_or_default();
        let shows_device = self.driver.as_ref().is_some_and(|(_, devices)| !devices.is_empty());
        let stays = "boxes stay on the cpu unless they are sent gpu 1";
        let check = match (&self.ran, &self.ended) {
            (Some(Ok(ms)), _) => Check::fine(
                "gpu",
                format!(
                    "works ({ms:.0} ms until the first block of a small model): send gpu 1 to a box{driver}"
                ),
            ),
            (Some(Err(what)), _) if what == self.none && shows_device => Check::warning(
                "gpu",
                format!("not used: {what}{driver}"),
                "the driver shows a device, so this libtorch is the one for the processor only: `cargo xtask setup \
                 --cuda` downloads the other",
            ),
            (Some(Err(what)), _) if what == self.none => {
                Check::fine("gpu", format!("not used: {what}{driver}"))
            }
            (Some(Err(what)), _) => Check::warning("gpu", format!("not used: {what}{driver}"), stays),
            (None, Some(ended)) => {
                let cure = format!("{stays}; to use it, install its driver again");
                Check::warning("gpu", format!("{ended}{driver}"), cure)
            }
            (None, None) => Check::fine("gpu", format!("not asked{driver}")),
        };
        let devices = self.driver.iter().flat_map(|(_, devices)| devices).map(String::as_str);
        check
            .with("works", Tree::Flag(matches!(self.ran, Some(Ok(_)))))
            .with_any("driver", self.driver.as_ref().map(|(version, _)| Tree::text(version)))
            .with("devices", Tree::texts(devices))
    }
}

#[cfg(test)]
mod tests {
    use super::super::check::State;
    use super::*;

    const NONE: &str = "there is no GPU";

    fn found(ran: Option<Result<f64, String>>, has_card: bool, ended: Option<&str>) -> Check {
        let driver = has_card.then(|| ("580".to_owned(), vec!["a card".to_owned()]));
        Gpu { driver, ran, ended: ended.map(Into::into), none: NONE }.check()
    }

    #[test]
    fn a_machine_without_a_gpu_is_no_fault_and_one_with_a_card_is_told_what_it_lacks() {
        let none = || Some(Err(NONE.to_owned()));
        let plain = found(none(), false, None);
        assert_eq!((plain.state, plain.text.as_str()), (State::Fine, "not used: there is no GPU"));
        let card = found(none(), true, None);
        assert_eq!(
            (card.state, card.text.as_str()),
            (State::Warning, "not used: there is no GPU; NVIDIA driver 580: a card")
        );
        assert!(card.cure.is_some_and(|cure| cure.contains("setup --cuda")));
        let works = found(Some(Ok(3.2)), true, None);
        assert_eq!(works.state, State::Fine);
        assert!(works.text.starts_with("works (3 ms") && works.text.contains("send gpu 1"), "{}", works.text);
    }

    #[test]
    fn a_driver_that_kills_or_hangs_is_a_warning() {
        let died = found(None, true, Some("the process that asked for it died: signal 5"));
        assert_eq!(died.state, State::Warning);
        assert!(died.text.contains("died: signal 5; NVIDIA driver 580"), "{}", died.text);
        assert_eq!(found(Some(Err("out of memory".into())), true, None).state, State::Warning);
        assert_eq!(found(None, false, None).state, State::Fine);
    }
}
