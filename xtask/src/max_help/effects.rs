//! The tab of the help of `nn~` about effects.

use nn_core::message::MESSAGES;

use super::sheet::Sheet;

/// An effect that sounds, with its parameters and its mix.
pub fn sheet() -> Sheet {
    let mut s = Sheet::new(
        "effects",
        "A .nm file is a model of Neutone: an effect with up to four parameters. This one is an overdrive.",
    );
    s.column(0, "hear it");
    let play = s.click(0, "open nn-speech.wav, loop 1, 1; dsp start");
    s.skip(1);
    let stop = s.click(100, "0");
    s.aside(124, "stop", 50);
    s.skip(2);
    let file = s.object(0, "sfplay~", 2, &["signal", "bang"]);
    let (drive, tone) = (s.number(90), s.number(180));
    s.skip(1);
    s.aside(90, "Drive", 60);
    s.aside(180, "Tone", 60);
    s.skip(2);
    let nn = s.nn("nn~ drive.nm forward 1024", 3, 1);
    s.skip(2);
    let print = s.object(170, "print effect", 1, &[]);
    s.skip(2);
    s.loudspeakers((nn, 0), (nn, 0));
    s.skip(1);
    s.note("Numbers from 0 to 1 into the inlets of Drive and Tone; a signal does it too.", 290);
    s.cord(play, 0, file, 0);
    s.cord(stop, 0, file, 0);
    s.cord(file, 0, nn, 0);
    s.cord(drive, 0, nn, 1);
    s.cord(tone, 0, nn, 2);
    s.cord(nn, 1, print, 0);
    s.column(340, "parameters");
    let named =
        [("set drive 0.8", "by name"), ("set p2 0.3", "by number"), ("get drive", "answer: drive 0.8")];
    s.messages(nn, 120, &named);
    s.told(nn, 120, MESSAGES, &["get_attributes"]);
    s.skip(1);
    s.messages(nn, 120, &[("wet 0.5", "of the effect")]);
    s.told(nn, 120, MESSAGES, &["dry 0.5", "wet 1", "dry 0"]);
    s.messages(nn, 120, &[("input_gain -6", "dB, for effect and dry sound")]);
    s.told(nn, 120, MESSAGES, &["input_gain 0"]);
    s.messages(nn, 120, &[("output_gain 3", "dB, of what is heard")]);
    s.told(nn, 120, MESSAGES, &["output_gain 0", "latency"]);
    s.column(700, "in a few words");
    for text in WORDS {
        s.note(text, 280);
        s.skip(1);
    }
    s
}

/// The last column.
const WORDS: [&str; 4] = [
    "PARAMETERS: each has an inlet behind those of the sound. Send it a signal or a number from 0 to 1, or set it by its name (small letters, _ for spaces) or as p1 to p4. The last one counts, and a signal counts more than both. Many effects take one value for each buffer; Drive of this one changes with every sample.",
    "BUFFER, RATE: such a file may name those that it was made for. The box takes the nearest ones, says so once, and resamples without being asked. This one takes any.",
    "WET, DRY: the effect, and what goes in beside it, delayed by the latency so that both come together. They and the gains (in dB) begin as the file says.",
    "FILES: nn~ NAME looks for NAME.ts, then for NAME.nm. What is in one: nn.info NAME.nm.",
];
