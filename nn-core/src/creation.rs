//! Creation arguments: the words typed into a box.
//!
//! Thread: any but audio.

use crate::message::Atom;
use nn_engine::layout::{BoxKind, MAX_PORTS};

/// Parsed creation arguments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Creation {
    /// No arguments: a box without a model, one inlet, one outlet.
    Empty,
    /// `void INLETS OUTLETS [BUFFER]`: no model yet, fixed counts.
    Void {
        /// Signal inlets.
        inlets: usize,
        /// Signal outlets.
        outlets: usize,
        /// Requested buffer in samples.
        buffer_frames: Option<usize>,
    },
    /// `MODEL [METHOD] [BUFFER] [INLETS] [OUTLETS]`, in `mcs.nn~` `MODEL [METHOD] [EXAMPLES] [BUFFER]`.
    Model {
        /// The name that was typed.
        model: String,
        /// Name of the method.
        method: String,
        /// True if there is a 0 in its place, which means none: hosts put 0 where an abstraction got no argument. A 0
        /// after it means none as well.
        method_is_zero: bool,
        /// How many examples `mcs.nn~` has; 1 in the other boxes.
        examples: usize,
        /// Requested buffer in samples.
        buffer_frames: Option<usize>,
        /// How many inlets the box has whatever the model.
        inlets: Option<usize>,
        /// How many outlets the box has whatever the model.
        outlets: Option<usize>,
    },
}

/// The words before the model's name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// `-m`: one multichannel inlet and outlet.
    pub multichannel: bool,
    /// `-gpu` or `-g`: compute on a GPU.
    pub gpu: bool,
    /// `-d`: begin disabled.
    pub disabled: bool,
}

/// Creation arguments that cannot be parsed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("argument '{found}' is {what}: type {usage}")]
pub struct CreationError {
    /// The argument.
    pub found: String,
    /// What is wrong with it.
    pub what: &'static str,
    /// How to type the box.
    pub usage: &'static str,
}

/// Splits the flags off the front of the creation arguments. The error names the first unknown one.
pub fn parse_flags(atoms: &[Atom]) -> (Flags, &[Atom], Option<CreationError>) {
    let (mut flags, mut rest, mut error) = (Flags::default(), atoms, None);
    while let [Atom::Symbol(word), after @ ..] = rest
        && word.starts_with('-')
    {
        match word.as_str() {
            "-m" => flags.multichannel = true,
            "-g" | "-gpu" => flags.gpu = true,
            "-d" => flags.disabled = true,
            _ => {
                error = error.or(Some(CreationError {
                    found: word.clone(),
                    what: "no flag",
                    usage: "[nn~ -m -gpu -d MODEL METHOD BUFFER] (each flag may be left out)",
                }));
            }
        }
        rest = after;
    }
    (flags, rest, error)
}

/// How to type a box, with a model and without.
fn usage(kind: BoxKind) -> (&'static str, &'static str) {
    match kind {
        BoxKind::Nn => ("[nn~ MODEL METHOD BUFFER INLETS OUTLETS]", "[nn~ void INLETS OUTLETS BUFFER]"),
        BoxKind::NnMulti => ("[nn~ -m MODEL METHOD BUFFER]", "[nn~ -m void INLETS OUTLETS BUFFER]"),
        BoxKind::Mc => ("[mc.nn~ MODEL METHOD BUFFER INLETS OUTLETS]", "[mc.nn~ void INLETS OUTLETS BUFFER]"),
        BoxKind::Mcs => ("[mcs.nn~ MODEL METHOD EXAMPLES BUFFER]", "[mcs.nn~ void EXAMPLES BUFFER]"),
    }
}

fn is_zero(atom: &Atom) -> bool {
    atom.number() == Some(0.0)
}

/// Parses creation arguments without their flags.
#[expect(clippy::too_many_lines, reason = "the whole grammar of creation arguments, form by form")]
pub fn parse_creation(kind: BoxKind, atoms: &[Atom]) -> Result<Creation, CreationError> {
    let (with_model, without) = usage(kind);
    let error = |atom: &Atom, what, usage| CreationError { found: atom.to_string(), what, usage };
    let count = |atom: Option<&Atom>, least: f64, what, usage| match atom {
        None => Ok(1),
        Some(atom) => match atom.number() {
            Some(n) if n >= least && n.fract() == 0.0 && n <= MAX_PORTS as f64 => Ok(n as usize),
            _ => Err(error(atom, what, usage)),
        },
    };
    const PORTS: &str = "no number of inlets or outlets from 0 to 1024";
    const EXAMPLES: &str = "no number of examples from 1 to 1024";
    let buffer = |atom: Option<&Atom>, usage| match atom {
        None => Ok(None),
        Some(atom) => match atom.number() {
            Some(n) if n >= 0.0 && n.fract() == 0.0 && n <= u32::MAX.into() => Ok(Some(n as usize)),
            _ => Err(error(atom, "no buffer in samples (whole, from 0 to 16777216)", usage)),
        },
    };
    let end = |atom: Option<&Atom>, usage| match atom {
        Some(atom) => Err(error(atom, "one too many", usage)),
        None => Ok(()),
    };
    match atoms {
        [] => Ok(Creation::Empty),
        [Atom::Symbol(word), rest @ ..] if word == "void" && kind == BoxKind::Mcs => {
            end(rest.get(2), without)?;
            let examples = count(rest.first(), 1.0, EXAMPLES, without)?;
            let buffer_frames = buffer(rest.get(1), without)?;
            Ok(Creation::Void { inlets: examples, outlets: examples, buffer_frames })
        }
        [Atom::Symbol(word), rest @ ..] if word == "void" => {
            end(rest.get(3), without)?;
            Ok(Creation::Void {
                inlets: count(rest.first(), 0.0, PORTS, without)?,
                outlets: count(rest.get(1), 0.0, PORTS, without)?,
                buffer_frames: buffer(rest.get(2), without)?,
            })
        }
        [Atom::Symbol(model), rest @ ..] => {
            // A number where the method could stand is the next argument: `[nn~ model 2048]`.
            let (method, method_is_zero, rest) = match rest {
                [Atom::Symbol(method), rest @ ..] => (method.as_str(), false, rest),
                [zero, rest @ ..] if is_zero(zero) => ("forward", true, rest),
                _ => ("forward", false, rest),
            };
            let given =
                |atom: Option<&'_ Atom>| atom.filter(|atom| !(method_is_zero && is_zero(atom))).cloned();
            let (examples, rest) = match (kind, rest) {
                (BoxKind::Mcs, [examples, rest @ ..]) => {
                    (count(given(Some(examples)).as_ref(), 1.0, EXAMPLES, with_model)?, rest)
                }
                _ => (1, rest),
            };
            let fixed = |atom: Option<&Atom>| {
                given(atom).map(|atom| count(Some(&atom), 0.0, PORTS, with_model)).transpose()
            };
            let may_be_fixed = matches!(kind, BoxKind::Nn | BoxKind::Mc);
            end(rest.get(if may_be_fixed { 3 } else { 1 }), with_model)?;
            Ok(Creation::Model {
                model: model.clone(),
                method: method.to_owned(),
                method_is_zero,
                examples,
                buffer_frames: buffer(given(rest.first()).as_ref(), with_model)?,
                inlets: fixed(rest.get(1))?,
                outlets: fixed(rest.get(2))?,
            })
        }
        [first, ..] => Err(error(
            first,
            "a number where the model's name should be (a model whose name is a number is typed with .ts, as in 808.ts)",
            with_model,
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::typed as atoms;

    #[test]
    fn creation_arguments_are_those_of_existing_patches() {
        let model = |method: &str, buffer_frames| Creation::Model {
            model: "m".into(),
            method: method.into(),
            method_is_zero: false,
            examples: 1,
            buffer_frames,
            inlets: None,
            outlets: None,
        };
        let void = |inlets, outlets, buffer_frames| Creation::Void { inlets, outlets, buffer_frames };
        for (typed, creation) in [
            ("", Creation::Empty),
            ("m", model("forward", None)),
            ("m encode", model("encode", None)),
            ("m encode 2048", model("encode", Some(2048))),
            ("m 2048", model("forward", Some(2048))),
            ("m forward 0", model("forward", Some(0))),
            ("void", void(1, 1, None)),
            ("void 2 3", void(2, 3, None)),
            ("void 2 3 4096", void(2, 3, Some(4096))),
        ] {
            assert_eq!(parse_creation(BoxKind::Nn, &atoms(typed)), Ok(creation), "{typed}");
        }
    }

    #[test]
    fn mcs_boxes_have_examples_before_the_buffer() {
        let model = |method: &str, examples, buffer_frames| Creation::Model {
            model: "m".into(),
            method: method.into(),
            method_is_zero: false,
            examples,
            buffer_frames,
            inlets: None,
            outlets: None,
        };
        let void = |n, buffer_frames| Creation::Void { inlets: n, outlets: n, buffer_frames };
        for (typed, creation) in [
            ("m", model("forward", 1, None)),
            ("m 3", model("forward", 3, None)),
            ("m encode 2 512", model("encode", 2, Some(512))),
            ("void 4", void(4, None)),
            ("void 4 0", void(4, Some(0))),
        ] {
            assert_eq!(parse_creation(BoxKind::Mcs, &atoms(typed)), Ok(creation), "{typed}");
        }
        for typed in ["m forward 0", "m 2 3 4", "void 0", "void 1 2 3", "m encode 1.5"] {
            let error = parse_creation(BoxKind::Mcs, &atoms(typed)).expect_err(typed).to_string();
            assert!(error.contains(": type [mcs.nn~ "), "{error}");
        }
    }

    #[test]
    fn a_zero_for_the_method_stands_for_none_and_so_do_zeros_behind_it() {
        let parsed = |kind, typed: &str| match parse_creation(kind, &atoms(typed)) {
            Ok(Creation::Model {
                method, method_is_zero, examples, buffer_frames, inlets, outlets, ..
            }) => (method, method_is_zero, examples, buffer_frames, inlets, outlets),
            other => panic!("{typed}: {other:?}"),
        };
        let forward = || "forward".to_owned();
        for kind in [BoxKind::Nn, BoxKind::Mc] {
            for typed in ["m 0", "m 0 0", "m 0 0 0", "m 0 0 0 0"] {
                assert_eq!(parsed(kind, typed), (forward(), true, 1, None, None, None), "{typed}");
            }
            assert_eq!(parsed(kind, "m 0 512"), (forward(), true, 1, Some(512), None, None));
            assert_eq!(parsed(kind, "m 0 0 2 3"), (forward(), true, 1, None, Some(2), Some(3)));
            // After a method, a 0 means buffer 0.
            assert_eq!(parsed(kind, "m forward 0"), (forward(), false, 1, Some(0), None, None));
            assert_eq!(parsed(kind, "m forward 0 1 0"), (forward(), false, 1, Some(0), Some(1), Some(0)));
        }
        assert_eq!(parsed(BoxKind::NnMulti, "m 0 0"), (forward(), true, 1, None, None, None));
        for typed in ["m 0", "m 0 0", "m 0 0 0"] {
            assert_eq!(parsed(BoxKind::Mcs, typed), (forward(), true, 1, None, None, None), "{typed}");
        }
        assert_eq!(parsed(BoxKind::Mcs, "m 0 3 512"), (forward(), true, 3, Some(512), None, None));
        assert_eq!(parsed(BoxKind::Mcs, "m 3 0"), (forward(), false, 3, Some(0), None, None));
    }

    #[test]
    fn inlets_and_outlets_can_be_fixed_behind_the_buffer() {
        for (typed, fixed) in
            [("m forward 64 9", (Some(9), None)), ("m 64 0 3", (Some(0), Some(3))), ("m 64", (None, None))]
        {
            let Ok(Creation::Model { inlets, outlets, .. }) = parse_creation(BoxKind::Mc, &atoms(typed))
            else {
                panic!("{typed}")
            };
            assert_eq!((inlets, outlets), fixed, "{typed}");
        }
    }

    #[test]
    fn flags_stand_before_the_model_in_any_order() {
        let all = Flags { multichannel: true, gpu: true, disabled: true };
        let flags = |typed: &str| {
            let atoms = atoms(typed);
            let (flags, rest, error) = parse_flags(&atoms);
            (flags, rest.len(), error.map(|error| error.found))
        };
        assert_eq!(flags("m forward"), (Flags::default(), 2, None));
        assert_eq!(flags("-m -gpu -d m forward"), (all, 2, None));
        assert_eq!(flags("-d -g -m"), (all, 0, None));
        assert_eq!(flags("-x -d m"), (Flags { disabled: true, ..Flags::default() }, 1, Some("-x".into())));
    }

    #[test]
    fn wrong_creation_arguments_are_named() {
        for typed in [
            "3",
            "m forward -1",
            "m forward 0.5",
            "m forward 64 -1",
            "m forward 64 2 2000",
            "m forward 64 1 1 1",
            "void x",
            "void 1 -2",
            "void 1 1 1 1",
            "void 2000 1",
            "m forward 1e99",
        ] {
            let error = parse_creation(BoxKind::Nn, &atoms(typed)).expect_err(typed).to_string();
            assert!(error.contains(": type [nn~ "), "{error}");
        }
    }
}
