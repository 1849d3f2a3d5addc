//! The messages of `nn.info`.
//!
//! Thread: any but audio.

use crate::{
    host_test::Outcome,
    message::{
        Atom, CatalogMessage, Form, Message, MessageError,
        arguments::{bare, name, word},
        table::{AS_USAGE, Parsed},
        understand,
    },
};

/// What a message asks of the box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InfoRequest {
    /// Everything, on all outlets.
    Dump,
    /// Look at a model.
    Set(String),
    /// The model's file.
    Path,
    /// The names of its methods.
    Methods,
    /// The names of its attributes.
    Attributes,
    /// The numbers of a method, the types of an attribute; of all without a name.
    Parameters(Option<String>),
    /// Everything, as a dictionary.
    Dictionary,
    /// Everything, into a file.
    Write(String),
    /// Whether models play on this machine.
    Doctor,
    /// Of the self-test of a host.
    SelfTest(InfoSelfTest),
    /// Something of the model catalog.
    Catalog(CatalogMessage),
}

/// What the self-test of a host tells `nn.info`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum InfoSelfTest {
    /// It begins: the doctor first.
    Begin,
    /// What came of a check.
    Outcome(Outcome),
    /// A method that `nn.info` has told, after its way through the patch.
    Heard(String),
    /// Nothing more comes.
    End,
}

/// All of them but those of the catalog, in the order in which errors list them.
#[rustfmt::skip] // One row of the document is one line.
pub const MESSAGES: &[Message<InfoRequest>] = &[
    Message {
        selector: "set",
        section: "nn.info",
        usage: "set MODEL",
        forms: &[
            Form { typed: &["set MODEL"], effect: "reads that model. The console says what keeps it from running here, and what to do" },
        ],
        help: &[
            ("set codec", "looks at a model"),
        ],
        attribute: None,
        parse: |atoms| name(atoms).map(InfoRequest::Set).ok_or(AS_USAGE),
    },
    Message {
        selector: "bang",
        section: "nn.info",
        usage: "bang",
        forms: &[
            Form { typed: &["bang", "dump"], effect: "everything below except `write` and `doctor`, from the right outlet to the left" },
        ],
        help: &[
            ("bang", "everything, right to left"),
        ],
        attribute: None,
        parse: |atoms| bare(atoms, InfoRequest::Dump),
    },
    Message {
        selector: "dump",
        section: "nn.info",
        usage: "dump",
        forms: &[

        ],
        help: &[
            ("dump", "the same"),
        ],
        attribute: None,
        parse: |atoms| bare(atoms, InfoRequest::Dump),
    },
    Message {
        selector: "path",
        section: "nn.info",
        usage: "path",
        forms: &[
            Form { typed: &["path"], effect: "`symbol PATH`, or `symbol none`" },
        ],
        help: &[
            ("path", "its file"),
        ],
        attribute: None,
        parse: |atoms| bare(atoms, InfoRequest::Path),
    },
    Message {
        selector: "methods",
        section: "nn.info",
        usage: "methods",
        forms: &[
            Form { typed: &["methods"], effect: "`method NAME` for each" },
        ],
        help: &[
            ("methods", "the names"),
        ],
        attribute: None,
        parse: |atoms| bare(atoms, InfoRequest::Methods),
    },
    Message {
        selector: "attributes",
        section: "nn.info",
        usage: "attributes",
        forms: &[
            Form { typed: &["attributes"], effect: "`attribute NAME` for each" },
        ],
        help: &[
            ("attributes", "the names"),
        ],
        attribute: None,
        parse: |atoms| bare(atoms, InfoRequest::Attributes),
    },
    Message {
        selector: "parameters",
        section: "nn.info",
        usage: "parameters or parameters NAME",
        forms: &[
            Form { typed: &["parameters NAME"], effect: "`NAME channels_in N`, `NAME channels_out N`, `NAME ratio_in N`, `NAME ratio_out N` of a method, `NAME attribute_type TYPE…` of an attribute, and where that is a parameter `NAME default VALUE`, `NAME min VALUE`, `NAME max VALUE` and what else the description says of it; without a name of all of them" },
        ],
        help: &[
            ("parameters", "channels, ratios, types"),
            ("parameters forward", "of one method or attribute"),
        ],
        attribute: None,
        parse: parameters,
    },
    Message {
        selector: "dump_dict",
        section: "nn.info",
        usage: "dump_dict",
        forms: &[
            Form { typed: &["dump_dict"], effect: "the whole description as lists that begin with their keys: `methods forward channels_in 1`" },
        ],
        help: &[
            ("dump_dict", "the whole description"),
        ],
        attribute: None,
        parse: |atoms| bare(atoms, InfoRequest::Dictionary),
    },
    Message {
        selector: "write",
        section: "nn.info",
        usage: "write FILE",
        forms: &[
            Form { typed: &["write FILE"], effect: "the whole description as a YAML file, relative to the patch's folder; an existing file is never overwritten. `written PATH` on the fifth outlet when it is done" },
        ],
        help: &[
            ("write codec.yaml", "as a file beside the patch"),
        ],
        attribute: None,
        parse: |atoms| word(atoms).map(InfoRequest::Write).ok_or(AS_USAGE),
    },
    Message {
        selector: "doctor",
        section: "nn.info",
        usage: "doctor",
        forms: &[
            Form { typed: &["doctor"], effect: "whether models play on this machine, and what to do where they do not: two models are played for 2 s in the background, unheard. A line on the console for each thing that was looked at; the same below `doctor` as lists or a dictionary on the fifth outlet, then `examined 1`, or `examined 0` where models do not play. The answer comes when it is ready, and no other waits for it: [below](#doctor)" },
        ],
        help: &[
            ("doctor", "do models play on this machine"),
        ],
        attribute: None,
        parse: |atoms| bare(atoms, InfoRequest::Doctor),
    },
    Message {
        selector: "selftest",
        section: "nn.info",
        usage: "selftest begin, selftest result NAME RESULT TEXT, selftest heard METHOD or selftest end",
        forms: &[
            Form { typed: &["selftest begin"], effect: "what the patch `nn-selftest` sends ([TESTING.md](TESTING.md#in-a-host)): asks the doctor, then `selftest play` on the fifth outlet. When every box of the patch has answered, or at the latest with `selftest end`, the report is written into your home folder: `selftest written PATH`, then `selftest passed 1`, or `selftest passed 0` where a check failed" },
            Form { typed: &["selftest result NAME pass TEXT", "selftest heard METHOD", "selftest end"], effect: "what a box has answered to its `selftest check`; a method that `nn.info` itself has told; nothing more comes" },
        ],
        help: &[
            ("selftest begin", "see the patch nn-selftest"),
        ],
        attribute: None,
        parse: self_test,
    },
];

/// Understands a message.
///
/// # Errors
/// What is wrong with it and how it is typed.
pub fn parse(selector: &str, atoms: &[Atom]) -> Result<InfoRequest, MessageError> {
    understand(MESSAGES, selector, atoms, InfoRequest::Catalog)
}

fn parameters(atoms: &[Atom]) -> Parsed<InfoRequest> {
    match (atoms, word(atoms)) {
        ([], _) => Ok(InfoRequest::Parameters(None)),
        (_, Some(name)) => Ok(InfoRequest::Parameters(Some(name))),
        _ => Err(AS_USAGE),
    }
}

fn self_test(atoms: &[Atom]) -> Parsed<InfoRequest> {
    let asked = match atoms {
        [Atom::Symbol(word)] if word == "begin" => Some(InfoSelfTest::Begin),
        [Atom::Symbol(word)] if word == "end" => Some(InfoSelfTest::End),
        [Atom::Symbol(word), rest @ ..] if word == "result" => Outcome::read(rest).map(InfoSelfTest::Outcome),
        // The selector of what was heard may have come along.
        [Atom::Symbol(word), .., Atom::Symbol(method)] if word == "heard" => {
            Some(InfoSelfTest::Heard(method.clone()))
        }
        _ => None,
    };
    asked.map(InfoRequest::SelfTest).ok_or(AS_USAGE)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{host_test::Verdict, message::typed};

    fn parsed(message: &str) -> Result<InfoRequest, String> {
        let (selector, rest) = message.split_once(' ').unwrap_or((message, ""));
        parse(selector, &typed(rest)).map_err(|error| error.to_string())
    }

    #[test]
    fn every_message_is_understood() {
        for (message, request) in [
            ("bang", InfoRequest::Dump),
            ("dump", InfoRequest::Dump),
            ("set rave", InfoRequest::Set("rave".into())),
            ("set 808", InfoRequest::Set("808".into())),
            ("path", InfoRequest::Path),
            ("methods", InfoRequest::Methods),
            ("attributes", InfoRequest::Attributes),
            ("parameters", InfoRequest::Parameters(None)),
            ("parameters forward", InfoRequest::Parameters(Some("forward".into()))),
            ("dump_dict", InfoRequest::Dictionary),
            ("write model.yaml", InfoRequest::Write("model.yaml".into())),
            ("doctor", InfoRequest::Doctor),
            ("selftest begin", InfoRequest::SelfTest(InfoSelfTest::Begin)),
            ("selftest end", InfoRequest::SelfTest(InfoSelfTest::End)),
            ("selftest heard method forward", InfoRequest::SelfTest(InfoSelfTest::Heard("forward".into()))),
            (
                "selftest result gain pass right",
                InfoRequest::SelfTest(InfoSelfTest::Outcome(Outcome::new("gain", Verdict::Pass, "right"))),
            ),
        ] {
            assert_eq!(parsed(message), Ok(request), "{message}");
        }
    }

    #[test]
    fn nonsense_says_what_was_wrong_and_what_to_type() {
        for (message, line) in [
            ("set", "set: nothing after it: type set MODEL"),
            ("set 0.5", "set: '0.5': type set MODEL"),
            ("path here", "path: 'here': type path"),
            ("parameters 1 2", "parameters: '1 2': type parameters or parameters NAME"),
            ("write", "write: nothing after it: type write FILE"),
            (
                "fly",
                "no message 'fly': it takes set, bang, dump, path, methods, attributes, parameters, dump_dict, write, \
                 doctor, selftest, get_available_models, print_available_models, download, cancel, delete, remove",
            ),
        ] {
            assert_eq!(parsed(message), Err(line.to_owned()), "{message}");
        }
    }
}
