//! Connections of a box in the text of a Pd patch: how many inlets and outlets the box needs so that none is lost.
//!
//! Thread: any but audio.

mod read;

use read::{Canvas, Object, words};

use nn_core::{find_model::Ports, layout::MAX_PORTS, message::Atom};

/// A box that is being made, as a patch knows it.
#[derive(Clone, Copy, Debug)]
pub struct Made<'a> {
    /// The name of its class.
    pub class: &'a str,
    /// Its creation arguments, those of an abstraction filled in.
    pub arguments: &'a [Atom],
    /// How many objects its canvas has already.
    pub index: usize,
}

/// Finds the text of an abstraction by its name.
pub type Abstractions<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The ports that a patch's text connects to a box; `None` when the text has no such box.
///
/// Where several boxes could be meant (in two subpatches, alike in class, words and place) the largest numbers count:
/// a port too many is harmless.
pub fn ports(text: &str, made: Made<'_>, abstractions: Abstractions<'_>) -> Option<Ports> {
    let canvases = read::canvases(text);
    let meant = canvases.iter().filter(|canvas| match canvas.objects.get(made.index) {
        Some(Object::Typed { text, .. }) => is_meant(text, made),
        _ => false,
    });
    let each = meant.map(|canvas| Ports {
        inlets: inlets(canvas, made.index),
        outlets: outlets(&canvases, canvas, made.index, abstractions),
    });
    each.reduce(Ports::or_more)
}

/// Whether the words of a box in a file are those of the box. A word with an argument of an abstraction in it may have
/// become any.
fn is_meant(text: &str, made: Made<'_>) -> bool {
    let mut words = words(text);
    if words.next().is_none_or(|class| class.rsplit('/').next() != Some(made.class)) {
        return false;
    }
    let mut arguments = made.arguments.iter();
    for word in words {
        if word.contains("$@") {
            return true;
        }
        match arguments.next() {
            None => return false,
            Some(_) if word.contains('$') => {}
            Some(Atom::Symbol(symbol)) if *symbol == word => {}
            Some(Atom::Symbol(_)) => return false,
            Some(number) => {
                let same = |typed: f64| number.number().is_some_and(|number| number as f32 == typed as f32);
                if !word.parse().is_ok_and(same) {
                    return false;
                }
            }
        }
    }
    arguments.next().is_none()
}

fn inlets(canvas: &Canvas<'_>, index: usize) -> Option<usize> {
    let into = canvas.wires.iter().filter(|wire| wire.to == index && wire.inlet < MAX_PORTS);
    into.map(|wire| wire.inlet + 1).max()
}

/// Signal outlets. The information outlet is the last and carries no signal, so it has to be told from the others: by
/// where its wires lead.
fn outlets(
    canvases: &[Canvas<'_>],
    canvas: &Canvas<'_>,
    index: usize,
    abstractions: Abstractions<'_>,
) -> Option<usize> {
    let from = || canvas.wires.iter().filter(|wire| wire.from == index && wire.outlet < MAX_PORTS);
    let highest = from().map(|wire| wire.outlet).max()?;
    let speaks = from().filter(|wire| wire.outlet == highest).take(MOST_TARGETS).any(|wire| {
        canvas
            .objects
            .get(wire.to)
            .is_some_and(|target| takes_no_signal(canvases, target, wire.inlet, abstractions))
    });
    Some(if speaks { highest } else { highest + 1 })
}

/// So many objects behind one outlet are looked at.
const MOST_TARGETS: usize = 16;

/// Whether it is plain that an inlet is not for signals.
fn takes_no_signal(
    canvases: &[Canvas<'_>],
    target: &Object<'_>,
    inlet: usize,
    abstractions: Abstractions<'_>,
) -> bool {
    match target {
        Object::Messages => true,
        Object::Subpatch(inner) => {
            canvases.get(*inner).is_some_and(|inner| inner.inlet(inlet) == Some("inlet"))
        }
        Object::Typed { text, .. } => {
            let mut words = words(text);
            let Some(class) = words.next() else { return false };
            // Its abstraction stands among its arguments.
            if class.ends_with('~') || class.contains('$') || class == "clone" {
                return false;
            }
            abstractions(&class).is_none_or(|text| {
                let inside = read::canvases(&text);
                inside.first().is_none_or(|top| top.inlet(inlet) == Some("inlet"))
            })
        }
    }
}

#[cfg(test)]
mod tests;
