//! Target lines. A benchmark tells, it does not fail: machines and neighbours differ.

/// Prints whether a figure is within its target.
pub fn print(what: &str, figure: f64, target: f64, unit: &str) {
    let met = if figure <= target { "yes" } else { "no" };
    println!("target met: {met}: {what}: {figure:.2} {unit}, at most {target:.2} {unit}");
}
