//! TorchScript models that were made for another program, recognised by their methods.

use nn_model::spec::SpecError;

/// What every model of Neutone has, and no other.
const NEUTONE: [&str; 2] = ["set_daw_sample_rate_and_buffer_size", "get_metadata_json"];

/// Why a module with these methods, none of them usable, is no model for this instrument.
pub fn no_method(has: Vec<String>) -> SpecError {
    if NEUTONE.iter().all(|name| has.iter().any(|other| other == name)) {
        return SpecError::Foreign {
            kind: "a Neutone model",
            cure: "play it in Neutone's own plugin, or have its model exported for nn~ (.ts)",
        };
    }
    SpecError::NoMethod { has }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_neutone_model_is_called_that() {
        let said = |has: &[&str]| no_method(has.iter().map(|&name| name.to_owned()).collect()).to_string();
        assert_eq!(
            said(&["forward", "get_metadata_json", "reset", "set_daw_sample_rate_and_buffer_size"]),
            "this is a Neutone model, not one made for nn~: play it in Neutone's own plugin, or have its model exported \
             for nn~ (.ts)"
        );
        assert!(said(&["forward", "get_metadata_json"]).ends_with("it has forward, get_metadata_json"));
    }
}
