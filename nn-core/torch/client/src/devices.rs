//! libtorch's error about a missing device, as a line for a user.

/// How libtorch calls devices, in the lines in which it says that one is missing, and how users do.
const DEVICES: [(&str, &str); 8] = [
    ("cuda", "cuda"),
    ("nvidia", "cuda"),
    ("mps", "mps"),
    ("xpu", "xpu"),
    ("hip", "hip"),
    ("privateuse", "privateuse"),
    ("xla", "xla"),
    ("vulkan", "vulkan"),
];

/// What begins a line about a device that is missing.
const SIGNS: [&str; 5] = [
    "could not run '",
    "torch not compiled with",
    "pytorch is not linked with support for",
    "cannot access accelerator",
    "found no nvidia driver",
];

/// A short text instead of libtorch's, where that is about a missing device.
pub fn explained(text: String) -> String {
    let lower = text.to_ascii_lowercase();
    let about_a_device = SIGNS.iter().any(|sign| lower.contains(sign))
        && (!lower.contains(SIGNS[0]) || lower.contains("' backend"));
    let named = DEVICES.iter().find(|(word, _)| lower.contains(&format!("'{word}")) || lower.contains(word));
    match named.filter(|_| about_a_device) {
        Some((_, device)) => format!(
            "its code asks for the device {device}: it needs one, or has to be moved to the CPU before the export"
        ),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_device_is_named_with_the_cure() {
        for (said, device) in [
            (
                "Could not run 'aten::empty.memory_format' with arguments from the 'CUDA' backend. This could",
                "cuda",
            ),
            ("Torch not compiled with CUDA enabled", "cuda"),
            ("PyTorch is not linked with support for mps devices", "mps"),
            ("Could not run 'aten::add' with arguments from the 'XPU' backend.", "xpu"),
        ] {
            let text = explained(said.into());
            assert!(text.starts_with(&format!("its code asks for the device {device}: ")), "{text}");
        }
        for other in ["mat1 and mat2 shapes cannot be multiplied", "cuda is a word in a message of a model"] {
            assert_eq!(explained(other.into()), other);
        }
    }
}
