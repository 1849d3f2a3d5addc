//! Messages as data: one row says how a message is typed, what it does and how it is understood. From the rows come the
//! parser, the errors, the tables of docs/MESSAGES.md (a test compares them), the help files and the attributes of Max.

use super::{
    atom::Atom,
    attribute::BoxAttribute,
    error::{MessageError, wrong},
};

/// A message that a box takes; `R` is what it asks.
pub struct Message<R: 'static> {
    /// Its first word.
    pub selector: &'static str,
    /// The heading in docs/MESSAGES.md under which it stands.
    pub section: &'static str,
    /// How it is typed, as errors say it.
    pub usage: &'static str,
    /// Its forms, as the document explains them; none where another message's row tells it too.
    pub forms: &'static [Form],
    /// What help files show: as it is typed, and a few words on what it does.
    pub help: &'static [(&'static str, &'static str)],
    /// The attribute of the box that it sets, where there is one.
    pub attribute: Option<BoxAttribute>,
    /// Understands what follows the selector.
    pub(crate) parse: fn(&[Atom]) -> Parsed<R>,
}

/// One row of the document.
pub struct Form {
    /// As it is typed; several that are explained together.
    pub typed: &'static [&'static str],
    /// What it does, in Markdown.
    pub effect: &'static str,
}

/// What a message asks; where it makes no sense, what its usage lacks for that case.
pub(crate) type Parsed<R> = Result<R, &'static str>;

/// The usage says all that there is to say.
pub(crate) const AS_USAGE: &str = "";

/// Understands a message; `None` where the table has none of that name.
pub(crate) fn parse<R>(
    table: &[Message<R>],
    selector: &str,
    atoms: &[Atom],
) -> Option<Result<R, MessageError>> {
    let message = table.iter().find(|message| message.selector == selector)?;
    Some((message.parse)(atoms).map_err(|more| wrong(message.selector, atoms, message.usage, more)))
}

/// The names of messages, as an error lists them.
pub(crate) fn names<'a, R: 'static>(messages: impl Iterator<Item = &'a Message<R>>) -> String {
    messages.map(|message| message.selector).collect::<Vec<_>>().join(", ")
}
