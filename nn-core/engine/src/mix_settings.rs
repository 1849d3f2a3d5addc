//! How a box mixes its model's sound with the input: what the file says, and what was set since.
//!
//! Thread: main or loader.

use nn_model::effect::{Mix, MixSetting};

/// The values of a box, and where they are from.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct MixSettings {
    /// As the model begins.
    file: Mix,
    /// What was set, one place for each setting: with the number of the load that had been asked for last.
    set: [Option<(f32, u64)>; MixSetting::ALL.len()],
}

impl MixSettings {
    /// What counts.
    pub fn values(&self) -> Mix {
        let set = MixSetting::ALL.into_iter().zip(self.set);
        set.fold(self.file, |mix, (setting, set)| match set {
            Some((value, _)) => mix.with(setting, value),
            None => mix,
        })
    }

    /// Sets a value, `load` being the number of the load that was asked for last.
    pub fn set(&mut self, setting: MixSetting, value: f32, load: u64) {
        for (place, of) in self.set.iter_mut().zip(MixSetting::ALL) {
            if of == setting {
                *place = Some((value, load));
            }
        }
    }

    /// A model begins, as its file says but for what was set since the load of this number was asked for.
    pub fn begin(&mut self, file: Option<Mix>, since: u64) {
        let said = file.unwrap_or_default();
        let within = |mix: Mix, setting| mix.with(setting, said.get(setting));
        self.file = MixSetting::ALL.into_iter().fold(Mix::default(), within);
        for place in &mut self.set {
            *place = place.filter(|&(_, load)| load >= since);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_set_counts_until_a_later_load_begins() {
        let file = Mix { wet: 0.5, dry: 0.25, input_gain_db: 99.0, output_gain_db: -3.0 };
        let mut settings = MixSettings::default();
        assert!(settings.values().is_neutral());
        settings.set(MixSetting::Dry, 1.0, 2);
        settings.begin(Some(file), 2);
        let heard = Mix { wet: 0.5, dry: 1.0, input_gain_db: 30.0, output_gain_db: -3.0 };
        assert_eq!(settings.values(), heard, "set since, and within its range");
        settings.begin(Some(file), 0);
        assert_eq!(settings.values(), heard, "the same again keeps all");
        settings.begin(None, 3);
        assert!(settings.values().is_neutral());
    }
}
