//! The signal flow of a method, drawn: inlets, what goes in and comes out how often, outlets.

use maud::{Markup, html};
use nn_core::{
    fit::input::{Kind, kinds},
    shown::{plain, shortened},
    spec::MethodSpec,
};

/// As wide as a phone shows it without making letters smaller.
const WIDTH: usize = 344;
/// Where the method begins and ends.
const LEFT: usize = 122;
const RIGHT: usize = WIDTH - LEFT;
/// From one inlet to the next.
const ROW: usize = 24;
/// Above the first inlet and below the last.
const MARGIN: usize = 14;
/// The method's name and two lines below.
const LEAST_HEIGHT: usize = 84;
/// Of more inlets, the first ones and the last one are drawn.
const MOST_LANES: usize = 6;
/// Characters of a label that have room: where it is longer, so many of its beginning and of its end.
const LANE_CHARS: usize = 15;
const BEGIN_CHARS: usize = 8;
const END_CHARS: usize = 6;
/// Characters of a name.
const NAME_CHARS: usize = 9;

/// One inlet or outlet as it is drawn; `None` stands for those that are left out.
type Lane = Option<String>;

/// How often values go in or come out, in words.
pub fn pace(ratio: usize) -> String {
    match ratio {
        1 => "sound".into(),
        ratio => format!("1 value per {ratio} samples"),
    }
}

/// What an inlet takes that is no sound, as its label says.
pub fn takes(kind: Kind) -> Option<String> {
    match kind {
        Kind::Sound => None,
        Kind::Whole(from, to) => Some(format!("whole numbers from {from} to {to}")),
        Kind::Range(from, to) => Some(format!("numbers from {from} to {to}")),
    }
}

/// The whole method in a sentence.
pub fn sentence(method: &MethodSpec) -> String {
    let side = |count: usize, port: &str, ratio: usize| match count {
        0 => format!("no {port}"),
        1 => format!("1 {port}, {}", pace(ratio)),
        count => format!("{count} {port}s, {}", pace(ratio)),
    };
    format!(
        "{}: {}; {}",
        plain(&method.name),
        side(method.in_channels, "inlet", method.in_ratio),
        side(method.out_channels, "outlet", method.out_ratio)
    )
}

/// The picture, as an element of the page. Its colours are the page's.
pub fn drawn(method: &MethodSpec) -> Markup {
    let inlets = lanes("in", method.in_channels, &method.input_labels);
    let outlets = lanes("out", method.out_channels, &method.output_labels);
    let rows = inlets.len().max(outlets.len());
    let inside = (rows * ROW).max(LEAST_HEIGHT);
    let height = inside + 2 * MARGIN;
    let middle = height / 2;
    let (center, width) = (WIDTH / 2, RIGHT - LEFT);
    html! {
        svg class="flow" viewBox=(format!("0 0 {WIDTH} {height}")) role="img" aria-label=(sentence(method)) {
            (side(&inlets, method.in_ratio, middle, false))
            (side(&outlets, method.out_ratio, middle, true))
            rect class="box" x=(LEFT) y=(MARGIN) width=(width) height=(inside) rx="8" {}
            text class="name" x=(center) y=(middle - 14) text-anchor="middle" {
                (shortened(&plain(&method.name), NAME_CHARS))
            }
            text class="pace" x=(center) y=(middle + 8) text-anchor="middle" { (rate("in", method.in_channels, method.in_ratio)) }
            text class="pace" x=(center) y=(middle + 24) text-anchor="middle" { (rate("out", method.out_channels, method.out_ratio)) }
        }
    }
}

/// How often, in as few letters as a box has room for.
fn rate(side: &str, channels: usize, ratio: usize) -> String {
    match (channels, ratio) {
        (0, _) => format!("{side}: none"),
        (_, 1) => format!("{side}: 1 : 1"),
        (_, ratio) => format!("{side}: 1 : {ratio}"),
    }
}

/// What is drawn of one side.
fn lanes(word: &str, channels: usize, labels: &[String]) -> Vec<Lane> {
    let lane = |at: usize| {
        let label = labels.get(at).map(|label| plain(label)).filter(|label| !label.trim().is_empty());
        Some(label.unwrap_or_else(|| format!("{word} {}", at + 1)))
    };
    if channels <= MOST_LANES {
        return (0..channels).map(lane).collect();
    }
    let first = (0..MOST_LANES - 2).map(lane);
    first.chain([None, lane(channels - 1)]).collect()
}

/// What tells a label from its neighbours: exports number them at the end, and begin all of them with their kind.
fn fitted(label: &str) -> String {
    let label = label.trim().trim_start_matches("(signal)").trim_start();
    let chars: Vec<char> = label.chars().collect();
    if chars.len() <= LANE_CHARS {
        return label.to_owned();
    }
    let text = |part: &[char]| part.iter().collect::<String>();
    format!(
        "{}…{}",
        text(&chars[..BEGIN_CHARS]).trim_end(),
        text(&chars[chars.len() - END_CHARS..]).trim_start()
    )
}

/// Labels and lines of one side.
fn side(lanes: &[Lane], ratio: usize, middle: usize, is_out: bool) -> Markup {
    let top = (middle + ROW / 2).saturating_sub(lanes.len() * ROW / 2);
    let class = if ratio > 1 { "lane slow" } else { "lane" };
    let ((from, to), (at, anchor)) = if is_out {
        ((RIGHT, RIGHT + 16), (RIGHT + 22, "start"))
    } else {
        ((LEFT - 16, LEFT), (LEFT - 22, "end"))
    };
    html! {
        @for (number, lane) in lanes.iter().enumerate() {
            @let y = top + number * ROW;
            @match lane {
                Some(label) => {
                    path class=(class) d=(format!("M{from} {y}H{}", to - 3)) {}
                    path class="tip" d=(format!("M{} {}l6 4l-6 4z", to - 6, y - 4)) {}
                    text x=(at) y=(y + 4) text-anchor=(anchor) {
                        (fitted(label))
                        title { (label) }
                    }
                }
                None => text x=(at) y=(y + 2) text-anchor=(anchor) { "…" },
            }
        }
    }
}

/// What the inlets of a method take, where their labels ask for something else than sound.
pub fn wishes(method: &MethodSpec) -> Vec<String> {
    let kinds = kinds(method);
    let named = |at: usize| {
        method.input_labels.get(at).map_or_else(|| format!("in {}", at + 1), |label| plain(label))
    };
    kinds
        .iter()
        .enumerate()
        .filter_map(|(at, kind)| Some(format!("{}: {}", named(at), takes(*kind)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn method(params: [i64; 4]) -> MethodSpec {
        MethodSpec::from_params("encode", &params).expect("a method")
    }

    #[test]
    fn every_inlet_and_outlet_is_drawn_or_stood_for() {
        for (params, drawn_lanes, dots) in
            [([1, 1, 24, 512], 1 + 5, 1), ([2, 1, 2, 1], 4, 0), ([0, 1, 1, 1], 1, 0)]
        {
            let svg = drawn(&method(params)).into_string();
            assert_eq!(svg.matches("class=\"lane").count(), drawn_lanes, "{svg}");
            assert_eq!(svg.matches('…').count(), dots, "{svg}");
        }
    }

    #[test]
    fn texts_of_a_model_are_texts() {
        let mut method = method([1, 1, 1, 1]);
        method.name = "<script>alert(1)</script>".into();
        method.input_labels = vec!["\"><img src=x>".into()];
        let svg = drawn(&method).into_string();
        assert!(!svg.contains("<script") && !svg.contains("<img"), "{svg}");
        assert!(svg.contains("&lt;script&gt;"), "{svg}");
    }

    #[test]
    fn long_labels_keep_what_tells_them_apart() {
        for (label, text) in [
            ("gain", "gain"),
            ("(signal) Latent dimension 12", "Latent d…ion 12"),
            ("(signal) Channel 1", "Channel 1"),
            ("(signal)", ""),
        ] {
            assert_eq!(fitted(label), text);
        }
    }

    #[test]
    fn a_method_is_told_in_a_sentence() {
        assert_eq!(
            sentence(&method([1, 1, 24, 512])),
            "encode: 1 inlet, sound; 24 outlets, 1 value per 512 samples"
        );
        assert_eq!(sentence(&method([0, 1, 2, 1])), "encode: no inlet; 2 outlets, sound");
    }
}
