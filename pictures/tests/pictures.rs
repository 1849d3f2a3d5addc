//! What comes out: SVG that is XML, PNG that is a picture, whatever goes in.

use nn_pictures::spectrogram::Spectrogram;
use nn_pictures::{
    Axis, Bar, Bars, Bin, Chart, Content, Mark, Passage, Picture, Point, Scale, Track, Tracks,
};

/// A text that would break out of a document that took it as it is.
const HOSTILE: &str = "</text><script>alert(1)</script>\" onload='x' &amp; \u{0}\u{1b}]]>";

/// What of it is to be seen.
const SHOWN: &str = "</text><script>alert(1)</script>\" onload='x' &amp;   ]]>";

/// One picture of each kind; all texts are `text`, all values are of `values`.
fn pictures(text: &str, values: &[f64]) -> Vec<Picture> {
    let samples: Vec<f32> = values.iter().map(|value| *value as f32).collect();
    let name = || text.to_owned();
    let pairs: Vec<[f64; 2]> = values.iter().zip(values.iter().rev()).map(|(x, y)| [*x, *y]).collect();
    let point = |(index, pair): (usize, &[f64; 2])| Point {
        x: pair[0],
        y: pair[1],
        label: text.to_owned(),
        held: index.is_multiple_of(2),
    };
    let mut pictures = Vec::new();
    for scale in [Scale::Linear, Scale::Log10] {
        let axis = || Axis { title: name(), scale, from: None, to: None };
        let mut marks = vec![
            Mark::line(name(), pairs.clone()),
            Mark::distribution(name(), values),
            Mark::Histogram {
                name: name(),
                bins: pairs
                    .iter()
                    .map(|pair| Bin { from: pair[0], to: pair[0] + 1.0, height: pair[1] })
                    .collect(),
            },
            Mark::Points {
                name: name(),
                points: pairs.iter().enumerate().map(point).collect(),
                joined: true,
            },
        ];
        marks.extend(values.iter().map(|value| Mark::Vertical { at: *value, label: name() }));
        marks.extend(values.iter().map(|value| Mark::Horizontal { at: *value, label: name() }));
        let chart = Chart { title: name(), x: axis(), y: axis(), marks, note: name(), ..Chart::default() };
        pictures.push(chart.picture());
    }
    let bars = values.iter().map(|value| Bar { name: name(), value: *value, text: name() }).collect();
    pictures.push(Bars { title: name(), axis: name(), bars, note: name(), ..Bars::default() }.picture());
    let contents = [
        Content::Waveform { samples: samples.clone(), sample_rate_hz: 44_100 },
        Content::Spectrogram(Spectrogram::of(&samples, 44_100, 20)),
        Content::Channels { rows: vec![samples.clone(), Vec::new(), samples], length_s: 0.1 },
    ];
    let passages =
        pairs.iter().map(|pair| Passage { name: name(), from_s: pair[0], to_s: pair[1] }).collect();
    let tracks = contents.into_iter().map(|content| Track { title: name(), content }).collect();
    pictures.push(Tracks { title: name(), tracks, passages, note: name(), ..Tracks::default() }.picture());
    pictures
}

/// Width, height, and red, green and blue of each pixel.
fn decoded(file: &[u8]) -> (u32, u32, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(file)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut pixels).unwrap();
    (info.width, info.height, pixels)
}

/// A side of the SVG, in pixels.
fn side(svg: &str, name: &str) -> f32 {
    let document = roxmltree::Document::parse(svg).unwrap();
    document.root_element().attribute(name).unwrap().parse().unwrap()
}

const VALUES: [f64; 6] = [1.0, 0.25, 3.0, 40.0, 7.5, 2.0];

#[test]
fn svg_is_xml_of_plain_drawing_elements() {
    for picture in pictures(HOSTILE, &VALUES) {
        let svg = picture.svg();
        let document = roxmltree::Document::parse(&svg).unwrap_or_else(|error| panic!("{error}:\n{svg}"));
        for node in document.descendants().filter(roxmltree::Node::is_element) {
            let name = node.tag_name().name();
            assert!(
                ["svg", "title", "rect", "path", "circle", "text", "image"].contains(&name),
                "an element <{name}>"
            );
            for attribute in node.attributes() {
                let value = attribute.value();
                assert!(!attribute.name().starts_with("on"), "{}", attribute.name());
                assert!(attribute.name() != "href" || value.starts_with("data:image/png;base64,"), "{value}");
                assert!(!value.contains("NaN") && !value.contains("inf"), "{}={value}", attribute.name());
            }
        }
    }
}

#[test]
fn texts_are_shown_as_they_are() {
    let picture = &pictures(HOSTILE, &VALUES)[0];
    let svg = picture.svg();
    let document = roxmltree::Document::parse(&svg).unwrap();
    let shown: Vec<_> = document.descendants().filter_map(|node| node.text()).collect();
    assert!(shown.contains(&SHOWN), "{shown:?}");
    assert!(!svg.contains("<script"));
}

#[test]
fn long_texts_are_cut_and_stay_in_the_picture() {
    let long = "W".repeat(3_000);
    for picture in pictures(&long, &VALUES) {
        let svg = picture.svg();
        let wide = side(&svg, "width");
        let document = roxmltree::Document::parse(&svg).unwrap();
        let mut cut = 0;
        for text in
            document.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")))
        {
            let number = |name: &str| text.attribute(name).unwrap().parse::<f32>().unwrap();
            let (x, length) = (number("x"), number("textLength"));
            cut += usize::from(text.text().unwrap().ends_with('…'));
            if text.attribute("transform").is_some() {
                continue;
            }
            let left = match text.attribute("text-anchor").unwrap() {
                "start" => x,
                "middle" => x - length / 2.0,
                _ => x - length,
            };
            assert!(left >= -0.5 && left + length <= wide + 0.5, "{:?} from {left} of {wide}", text.text());
        }
        assert!(cut > 3, "{cut} texts are cut");
    }
}

#[test]
fn png_has_two_pixels_to_one_of_the_svg_and_shows_something() {
    for picture in pictures("name", &VALUES) {
        let (svg, png) = (picture.svg(), picture.png().unwrap());
        let (width, height, pixels) = decoded(&png);
        assert_eq!((width as f32, height as f32), (2.0 * side(&svg, "width"), 2.0 * side(&svg, "height")));
        let painted = pixels.chunks_exact(3).filter(|pixel| **pixel != [255; 3]).count();
        assert!(painted > 2_000, "{painted} pixels of {width} by {height}");
    }
}

#[test]
fn data_without_values_and_values_of_any_size_are_drawn() {
    let data: [&[f64]; 6] = [
        &[],
        &[f64::NAN, f64::INFINITY, f64::NEG_INFINITY],
        &[0.0],
        &[-1.0, -1.0],
        &[f64::MAX, -f64::MAX, f64::MIN_POSITIVE, 5e-324],
        &[1e16, 1e16 + 2.0, f64::NAN],
    ];
    for values in data {
        for picture in pictures("", values) {
            let svg = picture.svg();
            assert!(roxmltree::Document::parse(&svg).is_ok(), "{values:?}");
            assert!(!svg.contains("NaN") && !svg.contains("inf"), "{values:?}:\n{svg}");
            let (width, _, _) = decoded(&picture.png().unwrap());
            assert_eq!(width, 1_800, "{values:?}");
        }
    }
}

#[test]
fn a_long_run_does_not_make_a_large_file() {
    let times = (0..200_000).map(|block| [f64::from(block), 1.0 + f64::from(block % 1_013) / 500.0]);
    let chart = Chart { marks: vec![Mark::line("", times)], ..Chart::default() };
    let svg = chart.picture().svg();
    assert!(svg.len() < 200_000, "{} bytes", svg.len());
}

#[test]
fn stacked_pictures_are_as_high_as_all_of_them() {
    let picture = || Chart { title: "one".into(), ..Chart::default() }.picture();
    let both = Picture::stacked([picture(), picture()]).svg();
    assert_eq!(side(&both, "height"), 2.0 * side(&picture().svg(), "height"));
    assert!(Picture::stacked([]).png().is_ok());
}

#[test]
fn a_sine_is_seen_at_its_frequency_in_the_spectrogram() {
    let sine: Vec<f32> = (0..44_100)
        .map(|frame| (std::f64::consts::TAU * 1_000.0 * f64::from(frame) / 44_100.0).sin() as f32)
        .collect();
    let content = Content::Spectrogram(Spectrogram::of(&sine, 44_100, 200));
    let tracks = Tracks { tracks: vec![Track { title: "sine".into(), content }], ..Tracks::default() };
    let (width, height, pixels) = decoded(&tracks.picture().png().unwrap());
    // Of the image's middle column, the lightest row that is not paper: 1 kHz lies at ln 20 / ln 400 from the top.
    let column = width / 2;
    let lightness = |row: u32| {
        let at = 3 * (row * width + column) as usize;
        let sum: u32 = pixels[at..at + 3].iter().map(|part| u32::from(*part)).sum();
        sum
    };
    let dark: Vec<u32> = (0..height).filter(|row| lightness(*row) < 150).collect();
    let (top, foot) = (dark[0], *dark.last().unwrap());
    let inside = (top + 4)..(foot - 60);
    let lightest =
        inside.clone().filter(|row| lightness(*row) < 765).max_by_key(|row| lightness(*row)).unwrap();
    let wanted = 340.0 * 20f32.ln() / 400f32.ln();
    let found = (lightest - top) as f32;
    assert!((found - wanted).abs() < 12.0, "at {found} instead of {wanted} of 340");
}
