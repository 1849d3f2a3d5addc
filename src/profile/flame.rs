//! The flame graph: modules and operators as wide as they take time.

use inferno::flamegraph::{self, Options};

/// Draws folded stacks, which count ns, as an SVG whose numbers are microseconds.
pub fn flame(title: &str, subtitle: &str, folded: &[String]) -> Result<Vec<u8>, String> {
    let mut options = Options::default();
    options.title = title.to_owned();
    options.subtitle = Some(subtitle.to_owned());
    options.count_name = "us".to_owned();
    options.name_type = "Module:".to_owned();
    options.factor = 1e-3;
    // Colours that are the same in every run.
    options.deterministic = true;
    let mut svg = Vec::new();
    flamegraph::from_lines(&mut options, folded.iter().map(String::as_str), &mut svg)
        .map_err(|error| format!("the flame graph cannot be drawn: {error}"))?;
    Ok(svg)
}
