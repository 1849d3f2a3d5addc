//! The attributes that were set on a box's model.

use std::sync::Arc;

use nn_model::value::Value;

/// What was set since the load, by attribute, in the order in which it was set first: what another copy of the model has
/// to be told to be like the present one. The main thread and the runner have one each, because they are at different
/// places in time: the one knows what was asked for, the other what the model took.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SetAttributes {
    values: Vec<(String, Arc<[Value]>)>,
}

impl SetAttributes {
    /// Notes the values of an attribute, in the place of those before. True when there were none.
    pub fn set(&mut self, name: &str, values: Arc<[Value]>) -> bool {
        match self.values.iter_mut().find(|(known, _)| known == name) {
            Some((_, present)) => {
                *present = values;
                false
            }
            None => {
                self.values.push((name.to_owned(), values));
                true
            }
        }
    }

    /// Forgets an attribute.
    pub fn forget(&mut self, name: &str) {
        self.values.retain(|(known, _)| known != name);
    }

    /// Whether an attribute was set.
    pub fn has(&self, name: &str) -> bool {
        self.values.iter().any(|(known, _)| known == name)
    }

    /// Names and values, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Arc<[Value]>)> {
        self.values.iter().map(|(name, values)| (name.as_str(), values))
    }

    /// Another model, or another state of it, is there: what was set is forgotten, unless that was a change that it
    /// survives.
    pub fn survive(&mut self, keeps_attributes: bool) {
        if !keeps_attributes {
            self.values.clear();
        }
    }

    /// The same for a model that is new: what survives is set on it by `set`, and forgotten where it does not take it.
    pub fn survive_on<E>(
        &mut self,
        keeps_attributes: bool,
        mut set: impl FnMut(&str, &[Value]) -> Result<(), E>,
        mut refused: impl FnMut(E),
    ) {
        self.survive(keeps_attributes);
        self.values.retain(|(name, values)| set(name, values).map_err(&mut refused).is_ok());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ints(numbers: &[i64]) -> Arc<[Value]> {
        numbers.iter().map(|&number| Value::Int(number)).collect()
    }

    fn text(set: &SetAttributes) -> String {
        let one = |(name, values): (&str, &Arc<[Value]>)| {
            let numbers: Vec<_> = values.iter().map(|value| format!("{value:?}")).collect();
            format!("{name} {}", numbers.join(" "))
        };
        set.iter().map(one).collect::<Vec<_>>().join(", ").replace("Int(", "").replace(')', "")
    }

    fn of(all: &[(&str, &[i64])]) -> SetAttributes {
        let mut set = SetAttributes::default();
        all.iter().for_each(|(name, numbers)| _ = set.set(name, ints(numbers)));
        set
    }

    #[test]
    fn each_attribute_is_there_once_with_its_last_values_where_it_was_set_first() {
        type Case = (&'static [(&'static str, &'static [i64])], &'static str);
        let cases: [Case; 5] = [
            (&[], ""),
            (&[("gain", &[1])], "gain 1"),
            (&[("gain", &[1]), ("gain", &[2])], "gain 2"),
            (&[("gain", &[1]), ("pair", &[3, 4]), ("gain", &[2])], "gain 2, pair 3 4"),
            (&[("pair", &[3, 4]), ("gain", &[2]), ("pair", &[5, 6])], "pair 5 6, gain 2"),
        ];
        for (all, expected) in cases {
            assert_eq!(text(&of(all)), expected);
        }
    }

    #[test]
    fn what_is_new_is_told_from_what_is_set_again_and_what_was_forgotten() {
        let mut set = of(&[("gain", &[1]), ("pair", &[3, 4])]);
        assert!(!set.set("gain", ints(&[2])) && set.set("mode", ints(&[7])));
        set.forget("gain");
        set.forget("unknown");
        assert!(!set.has("gain") && set.has("pair") && set.has("mode"));
        assert!(set.set("gain", ints(&[9])));
        assert_eq!(text(&set), "pair 3 4, mode 7, gain 9");
    }

    /// The table "survives" of the documents.
    #[test]
    fn attributes_survive_everything_but_a_load_of_another_model() {
        struct Change {
            name: &'static str,
            keeps: bool,
            /// Of a model that is new, and refuses `pair`.
            is_new: bool,
            left: &'static str,
        }
        let change = |name, keeps, is_new, left| Change { name, keeps, is_new, left };
        for Change { name, keeps, is_new, left } in [
            change("load", false, true, ""),
            change("reload", true, true, "gain 2, mode 7"),
            change("reset", true, true, "gain 2, mode 7"),
            change("method", true, false, "gain 2, pair 3 4, mode 7"),
            change("bufsize", true, false, "gain 2, pair 3 4, mode 7"),
        ] {
            let mut set = of(&[("gain", &[2]), ("pair", &[3, 4]), ("mode", &[7])]);
            let (mut told, mut refusals) = (Vec::new(), Vec::new());
            if is_new {
                set.survive_on(
                    keeps,
                    |attribute, _| {
                        told.push(attribute.to_owned());
                        if attribute == "pair" { Err("refused") } else { Ok(()) }
                    },
                    |refusal| refusals.push(refusal),
                );
            } else {
                set.survive(keeps);
            }
            assert_eq!(text(&set), left, "{name}");
            let expected: &[&str] = if is_new && keeps { &["gain", "pair", "mode"] } else { &[] };
            assert_eq!(told, expected, "{name}: in their order, and only on a model that is new");
            assert_eq!(refusals.len(), expected.len().min(1), "{name}");
        }
    }
}
