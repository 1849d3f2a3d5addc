//! The page: one file of HTML that needs nothing else.

mod attributes;
mod check;
mod generator;
mod latency;
mod methods;
mod origin;
mod sounds;
mod speed;
mod summary;
mod table;

use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::facts::Facts;

const STYLE: &str = include_str!("style.css");
/// Nothing of a model's texts can load or run anything, whatever is in them.
const POLICY: &str = "default-src 'none'; img-src data:; media-src data:; style-src 'unsafe-inline'; \
                      base-uri 'none'; form-action 'none'";

/// Names, titles and contents.
fn sections(facts: &Facts) -> Vec<(&'static str, &'static str, Markup)> {
    let summary = ("summary", "Summary", summary::section(facts));
    let check = ("check", "Pre-flight check", check::section(facts));
    let origin = ("origin", "Licence and author", origin::section(facts));
    if let Some(generator) = &facts.generator {
        let own = generator::sections(generator, &facts.sounds);
        return [summary].into_iter().chain(own).chain([check, origin]).collect();
    }
    vec![
        summary,
        ("methods", "Methods", methods::section(facts)),
        ("sounds", "Test sounds", sounds::section(facts)),
        ("latency", "Latency", latency::section(facts)),
        ("speed", "Speed", speed::section(facts)),
        check,
        ("attributes", "Attributes", attributes::section(facts)),
        origin,
    ]
}

/// The whole page.
pub fn page(facts: &Facts) -> String {
    let sections = sections(facts);
    let (class, verdict) = facts.verdict();
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="referrer" content="no-referrer";
                meta name="generator" content=(format!("nn {}", facts.made.version));
                // Browsers would ask the server for one.
                link rel="icon" href="data:,";
                title { (facts.file.name) " – model report" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { (facts.file.name) }
                    p class="soft" { "A neural audio model for nn~, as " code { "nn report" } " found it on " (facts.made.date) "." }
                    p class=(class) { (verdict) }
                    nav aria-label="Sections" {
                        ul {
                            @for (id, title, _) in &sections {
                                li { a href=(format!("#{id}")) { (title) } }
                            }
                        }
                    }
                }
                main {
                    @for (id, title, content) in &sections {
                        section id=(id) aria-labelledby=(format!("{id}-title")) {
                            h2 id=(format!("{id}-title")) { (title) }
                            (content)
                        }
                    }
                }
                footer {
                    "Made by nn " (facts.made.version) " on " (facts.made.date) ". This page is one file: it loads nothing and runs no scripts."
                }
            }
        }
    };
    page.into_string()
}

#[cfg(test)]
mod tests {
    use nn_core::spec::MethodSpec;
    use serde_json::json;

    use super::*;
    use crate::{
        boxes::{AttributeValue, Latency, ModelDelay},
        report::facts::{
            AttributeFacts, CheckFacts, CheckRow, FileFacts, GeneratorFacts, Heard, Made, MadeSound, Media,
            MethodFacts, Origin, ParameterFacts, SoundFacts, SpeedFacts, WholeSound,
        },
    };

    /// Would run in a page that took it for markup, in a text, an attribute or a stylesheet.
    const EVIL: &str = "\"'><script>alert(1)</script><img src=x onerror=alert(1)></style>&lt;";

    fn evil() -> String {
        EVIL.into()
    }

    fn media() -> Media {
        Media::Sound { players: vec![(evil(), vec![1, 2, 3])], picture: "<svg></svg>".into(), alt: evil() }
    }

    fn method() -> MethodFacts {
        let mut spec = MethodSpec::from_params("m", &[1, 1, 1, 512]).expect("a method");
        spec.name = evil();
        spec.input_labels = vec![evil()];
        spec.output_labels = vec![evil()];
        let latency = Latency {
            host_hz: 44_100,
            buffer_frames: 512,
            buffering_frames: 448,
            deadline_frames: 512,
            resampling_frames: 0,
        };
        let rendered = json!({ "frames": 3, "peak_dbfs": -3.0, "times_real_time": 2.0 });
        let heard = Heard {
            sound: Some(evil()),
            through: Some(evil()),
            command: evil(),
            rendered,
            faults: vec![evil()],
            media: media(),
        };
        MethodFacts {
            name: evil(),
            spec,
            latencies: vec![latency],
            model_delay_frames: None,
            model_delay: ModelDelay::default(),
            heard: vec![heard],
            fault: Some(evil()),
        }
    }

    /// Everything that may come from a file is evil.
    fn facts() -> Facts {
        Facts {
            made: Made {
                date: "2026-01-01".into(),
                version: "0.1.0".into(),
                libtorch: Some(evil()),
                machine: evil(),
                system: evil(),
                buffer_frames: 512,
            },
            file: FileFacts {
                name: evil(),
                format: Some(evil()),
                bytes: 3,
                sha256: evil(),
                origin: Some(Origin {
                    card: evil(),
                    source: evil(),
                    address: Some(evil()),
                    account: Some(evil()),
                }),
                problems: vec![evil()],
            },
            model: json!({
                "producer": EVIL, "rate": 44_100, "block": 512, "streaming": true, "kind": "fx", "name": EVIL,
                "authors": [EVIL, EVIL], "version": EVIL, "about": EVIL, "description": EVIL, "technical": EVIL,
                "links": { EVIL: EVIL }, "tags": [EVIL], "citation": EVIL, "licence": EVIL, "experimental": true,
                "sdk": EVIL, "pytorch": EVIL, "delay": 5, "native_rates": [44_100], "native_buffers": [512],
                "wet": 1.0, "dry": 0.5, "gains": { "input": 0.0, "output": 3.0 }, "sounds": { "pairs": 1, "bytes": 5 },
            }),
            check: CheckFacts {
                is_fit: false,
                conclusion: evil(),
                rows: vec![CheckRow { method: evil(), rate_hz: 44_100, is_fit: false, verdict: evil() }],
                notes: vec![evil()],
            },
            speed: Some(SpeedFacts {
                command: evil(),
                verdict: evil(),
                is_good: false,
                lines: vec![evil()],
                heads: vec!["buffer"],
                rows: vec![vec![evil()]],
                pictures: Vec::new(),
            }),
            methods: vec![method()],
            attributes: vec![AttributeFacts {
                name: evil(),
                types: vec![evil()],
                takes: evil(),
                held: Some(AttributeValue { attribute: evil(), value: Ok(evil()), words: Some(evil()) }),
            }],
            sounds: vec![SoundFacts { name: evil(), title: evil(), what: evil(), media: media() }],
            generator: None,
        }
    }

    #[test]
    fn texts_of_a_model_are_texts_wherever_they_stand() {
        let sound = || WholeSound { name: evil(), channels: 1 };
        let parameter = ParameterFacts { name: evil(), kind: "number", takes: evil(), default: evil() };
        let made = MadeSound { sound: evil(), figures: json!({ "frames": 1 }), media: media() };
        let generator = GeneratorFacts {
            takes: vec![sound()],
            makes: vec![sound()],
            parameters: vec![parameter],
            made: vec![made],
            notes: vec![evil()],
            command: Some(evil()),
            fault: Some(evil()),
        };
        for (facts, fewest) in [(facts(), 42), (Facts { generator: Some(generator), ..facts() }, 42)] {
            are_texts(&facts, fewest);
        }
    }

    fn are_texts(facts: &Facts, fewest: usize) {
        let page = page(facts);
        let body = page.split_once("<body>").expect("a body").1;
        for markup in ["<script", "<img", "</style", "\"'>"] {
            assert!(!body.contains(markup), "{markup} in {body}");
        }
        let shown = body.matches("&lt;script&gt;alert(1)&lt;/script&gt;").count();
        assert!(shown >= fewest, "{shown} of them are shown");
        assert_eq!(page.matches("</style>").count(), 1);
    }

    #[test]
    fn what_a_file_states_of_its_makers_and_terms_is_shown() {
        let mut facts = facts();
        facts.model = json!({
            "authors": ["Ada", "Bob"], "licence": "MIT", "links": { "paper": "https://models.example" }, "tags": ["warm"],
            "kind": "fx", "native_rates": [44_100, 48_000], "native_buffers": [2048], "about": "a warm one",
        });
        let text = page(&facts);
        for shown in [
            "Ada, Bob",
            "MIT",
            "paper: https://models.example",
            "warm",
            "an effect, made for Neutone",
            "44\u{202f}100, 48\u{202f}000 Hz: the nearest is taken",
            "of 2\u{202f}048 samples: the nearest is taken",
            "<p>a warm one</p>",
        ] {
            assert!(text.contains(shown), "{shown}");
        }
        assert!(!text.contains("states no terms") && !text.contains("href=\"https"));
        facts.model = json!({});
        assert!(page(&facts).contains("The file states no terms"));
    }

    #[test]
    fn a_page_may_load_and_run_nothing() {
        let page = page(&facts());
        assert!(
            page.contains("Content-Security-Policy") && page.contains("default-src &#39;none&#39;")
                || page.contains("default-src 'none'")
        );
        for elsewhere in ["http://", "https://", "src=\"//", "url(", "@import"] {
            assert!(!page.contains(elsewhere), "{elsewhere}");
        }
    }
}
