//! Numbers as they are written on axes.

/// A number in the shortest form that says it: `0.05`, `12`, `2×10⁻⁶`.
pub fn written(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return if value == 0.0 { "0".into() } else { "–".into() };
    }
    let size = value.abs();
    let sign = if value < 0.0 { "−" } else { "" };
    if (1e-4..1e6).contains(&size) {
        let decimals = (9 - size.log10().floor() as i32).clamp(0, 9) as usize;
        let text = format!("{size:.decimals$}");
        let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
        return format!("{sign}{text}");
    }
    let text = format!("{size:.6e}");
    let (digits, power) = text.split_once('e').unwrap_or((&text, "0"));
    let digits = digits.trim_end_matches('0').trim_end_matches('.');
    let power: String = power.chars().map(superscript).collect();
    if digits == "1" { format!("{sign}10{power}") } else { format!("{sign}{digits}×10{power}") }
}

fn superscript(character: char) -> char {
    match character {
        '-' => '⁻',
        digit => digit
            .to_digit(10)
            .map_or(digit, |digit| ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][digit as usize]),
    }
}

#[cfg(test)]
mod tests {
    use super::written;

    #[test]
    fn numbers_are_short() {
        let table = [
            (0.0, "0"),
            (0.05, "0.05"),
            (0.1 + 0.2, "0.3"),
            (12.0, "12"),
            (-2.5, "−2.5"),
            (200_000.0, "200000"),
            (1e6, "10⁶"),
            (2e-6, "2×10⁻⁶"),
            (0.0001, "0.0001"),
            (f64::NAN, "–"),
        ];
        for (value, text) in table {
            assert_eq!(written(value), text);
        }
    }
}
