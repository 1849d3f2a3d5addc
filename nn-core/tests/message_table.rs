//! The tables of messages in docs/MESSAGES.md are what the code says. `NN_WRITE_DOCS=1` writes them.

use std::path::{Path, PathBuf};

use nn_core::{
    info,
    message::{self, Form, Message},
};

/// Heading of a table of messages.
const HEAD: &str = "| message | effect |";

fn document() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/MESSAGES.md")
}

fn rows<R>(table: &'static [Message<R>], section: &str) -> Vec<String> {
    let forms = table.iter().filter(|message| message.section == section).flat_map(|message| message.forms);
    let typed = |form: &Form| {
        let words: Vec<_> = form.typed.iter().map(|typed| format!("`{typed}`")).collect();
        words.join(", ")
    };
    forms.map(|form| format!("| {} | {} |", typed(form), form.effect)).collect()
}

fn all_rows(section: &str) -> Vec<String> {
    let tables = [
        rows(message::MESSAGES, section),
        rows(message::CATALOG_MESSAGES, section),
        rows(info::MESSAGES, section),
    ];
    tables.concat()
}

/// The document, with every table of messages as the code has it.
fn written_anew(text: &str) -> String {
    let (mut lines, mut section, mut in_table) = (Vec::new(), String::new(), false);
    for line in text.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            heading.clone_into(&mut section);
        }
        in_table &= line.starts_with('|');
        if !in_table {
            lines.push(line.to_owned());
        } else if line.starts_with("|---") {
            lines.push(line.to_owned());
            lines.extend(all_rows(&section));
        }
        in_table |= line == HEAD;
    }
    lines.join("\n") + "\n"
}

#[test]
fn the_document_has_every_message_as_the_code_has_it() {
    let text = std::fs::read_to_string(document()).expect("the document");
    let right = written_anew(&text);
    if std::env::var_os("NN_WRITE_DOCS").is_some() {
        std::fs::write(document(), &right).expect("written");
    }
    let wrong = text.lines().zip(right.lines()).find(|(is, should)| is != should);
    assert!(text == right, "docs/MESSAGES.md has another row than the code: {wrong:#?}");
    let sections: Vec<_> = message::MESSAGES
        .iter()
        .map(|message| message.section)
        .chain(message::CATALOG_MESSAGES.iter().map(|message| message.section))
        .chain(info::MESSAGES.iter().map(|message| message.section))
        .collect();
    for section in sections {
        let after =
            right.split_once(&format!("## {section}\n")).unwrap_or_else(|| panic!("no section {section}")).1;
        let part = after.split("\n## ").next().unwrap_or_default();
        assert!(part.contains(HEAD), "{section} has no table of messages");
    }
}

/// Every message is told somewhere, and what is told or shown in a help is understood by its parser.
fn check<R>(
    table: &'static [Message<R>],
    parse: impl Fn(&str, &[message::Atom]) -> Result<(), message::MessageError>,
) {
    for entry in table {
        let told = table.iter().flat_map(|message| message.forms).flat_map(|form| form.typed);
        let first = |typed: &str| typed.split(' ').next() == Some(entry.selector);
        assert!(told.clone().any(|typed| first(typed)), "{} stands in no row", entry.selector);
        assert!(!entry.help.is_empty(), "{} has no help", entry.selector);
        for typed in told.filter(|typed| first(typed)).chain(entry.help.iter().map(|(typed, _)| typed)) {
            let mut words = typed.split(' ');
            assert_eq!(words.next(), Some(entry.selector), "{typed}");
            // A capital stands for what people type: N for a number.
            let atoms: Vec<_> = words
                .map(|word| match word {
                    "N" => message::Atom::Int(1),
                    word => word.parse().map_or_else(|_| message::typed(word).remove(0), message::Atom::Int),
                })
                .collect();
            assert!(parse(entry.selector, &atoms).is_ok(), "'{typed}' is not understood");
        }
    }
}

#[test]
fn what_is_told_of_a_message_is_understood() {
    check(message::MESSAGES, |selector, atoms| message::parse(selector, atoms).map(drop));
    check(message::CATALOG_MESSAGES, |selector, atoms| message::parse(selector, atoms).map(drop));
    check(info::MESSAGES, |selector, atoms| info::parse(selector, atoms).map(drop));
}
