//! How a file wants its sound mixed.

use nn_model::effect::Mix;

use crate::extra::Metadata;

/// What 0 and 1 of a gain stand for.
const GAIN_DB: (f64, f64) = (-30.0, 30.0);

/// The mixture to begin with; what the file does not say changes nothing.
pub(super) fn of(metadata: &Metadata) -> Mix {
    let part = |key: &str, otherwise: f64| metadata.number(key).unwrap_or(otherwise).clamp(0.0, 1.0);
    let gain_db = |key: &str| {
        let (least, most) = GAIN_DB;
        (least + part(key, 0.5) * (most - least)) as f32
    };
    Mix {
        wet: part("wet_default_value", 1.0) as f32,
        dry: part("dry_default_value", 0.0) as f32,
        input_gain_db: gain_db("input_gain_default_value"),
        output_gain_db: gain_db("output_gain_default_value"),
    }
}
