//! The patch that the demo plays: made to be opened and read in Pd as much as to be run without a window.

pub mod names;
mod steps;
mod tail;
mod writer;

pub use tail::TAIL_FRAMES;
use writer::PatchWriter;

/// What differs from one demo patch to another.
#[derive(Debug, Clone)]
pub struct DemoPatch<'a> {
    /// The sentence in the patch's heading.
    pub title: &'a str,
    /// The box under test with its arguments, e.g. `nn~ codec forward 2048`.
    pub nn_box: &'a str,
    /// The folder with the external, relative to the patch.
    pub externals: &'a str,
    /// The input sound, relative to the patch.
    pub input_file: &'a str,
    /// Where the recording goes when nothing else is asked for.
    pub output_file: &'a str,
}

impl DemoPatch<'_> {
    /// The text of the patch file.
    ///
    /// The input is played from a table, and the tables that record start in the same message, so in the same
    /// block: the dry and the wet channel of the recording share every sample position.
    pub fn text(&self) -> String {
        let mut patch = PatchWriter::default();
        patch.declare_path(self.externals);
        patch.heading(20, 16, 720, self.title);
        patch.object(540, 56, &format!("declare -path {}", self.externals));

        let start = patch.button(20, 60, "start", names::START);
        let loading = patch.object(20, 96, "s demo-load");
        patch.connect(start, loading, 0);
        patch.comment(110, 64, 50, "waits for the model, plays the sound, records both");

        let play = patch.object(20, 140, "r demo-play");
        let player = patch.object(20, 168, "tabplay~ demo-sound");
        let to_box = patch.object(250, 168, "r demo-to-box");
        let model = patch.object(200, 204, self.nn_box);
        let from_box = patch.object(345, 240, "s demo-from-box");
        let record = patch.object(20, 284, "r demo-play");
        let dry = patch.object(20, 312, "tabwrite~ demo-input");
        let wet = patch.object(200, 312, "tabwrite~ demo-output");
        patch.connect(play, player, 0);
        patch.connect(player, model, 0);
        patch.connect(player, dry, 0);
        patch.connect(model, wet, 0);
        patch.connect(to_box, model, 0);
        patch.connect(model.outlet(1), from_box, 0);
        patch.connect(record, dry, 0);
        patch.connect(record, wet, 0);

        let hear = patch.toggle(540, 168, "hear");
        let ramp = patch.message(540, 204, "$1 20");
        let smooth = patch.object(540, 230, "line~");
        let volume = patch.object(500, 312, "*~");
        let speakers = patch.object(500, 338, "dac~");
        patch.connect(hear, ramp, 0);
        patch.connect(ramp, smooth, 0);
        patch.connect(smooth, volume, 1);
        patch.connect(model, volume, 0);
        patch.connect(volume, speakers, 0);
        patch.connect(volume, speakers, 1);

        patch.array(20, 372, 350, 110, "demo-input");
        patch.array(390, 372, 350, 110, "demo-output");

        patch.comment(20, 504, 90, "One after the other (click to look inside):");
        patch.subpatch(20, 532, "read-the-sound", steps::read_the_sound(self.input_file));
        patch.subpatch(170, 532, "wait-for-the-model", steps::wait_for_the_model());
        patch.subpatch(350, 532, "play-and-record", steps::play_and_record());
        patch.subpatch(510, 532, "ask-and-write", steps::ask_and_write(self.output_file));
        patch.object(640, 532, "table demo-sound");
        patch.finish(780, 580)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_box_under_test_appears_once_with_its_arguments() {
        let text = DemoPatch {
            title: "a test",
            nn_box: "nn~ codec forward 2048",
            externals: "externals/nn~",
            input_file: "input.wav",
            output_file: "output.wav",
        }
        .text();
        assert_eq!(text.matches(" nn~ codec forward 2048;").count(), 1);
        assert!(text.contains("#X declare -path externals/nn~;"));
        assert!(text.contains("input.wav") && text.contains("output.wav"));
    }
}
