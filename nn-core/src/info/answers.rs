//! Answers to questions about the file that is described.

use super::{Description, Event, NnInfo, Outlet, Tree, described::numbers, request::Request};
use crate::message::Atom;

impl NnInfo {
    /// Answers about the present file, or an error if there is none.
    pub(super) fn answer(&mut self, request: &Request) {
        let Some(description) = self.description.take() else {
            if matches!(request, Request::Path | Request::Dump) {
                self.send(Outlet::Path, "symbol", vec![Atom::symbol("none")]);
            }
            if *request != Request::Path {
                self.error("there is no model yet: send set MODEL".into());
            }
            return;
        };
        self.tell(&description, request);
        self.description = Some(description);
    }

    fn tell(&mut self, description: &Description, request: &Request) {
        let spec = &description.spec;
        match request {
            // Right to left, as hosts do: the leftmost outlet comes last.
            Request::Dump => {
                for request in [
                    Request::Dictionary,
                    Request::Parameters(None),
                    Request::Attributes,
                    Request::Methods,
                    Request::Path,
                ] {
                    self.tell(description, &request);
                }
            }
            Request::Path => {
                self.send(Outlet::Path, "symbol", vec![Atom::symbol(description.location.to_string())]);
            }
            Request::Methods => {
                for method in &spec.methods {
                    self.send(Outlet::Methods, "method", vec![Atom::symbol(&*method.name)]);
                }
            }
            Request::Attributes => {
                for attribute in &spec.attributes {
                    self.send(Outlet::Attributes, "attribute", vec![Atom::symbol(&*attribute.name)]);
                }
            }
            Request::Parameters(None) => {
                let methods = spec.methods.iter().map(|method| &method.name);
                for name in methods.chain(spec.attributes.iter().map(|attribute| &attribute.name)) {
                    self.parameters(description, name);
                }
            }
            Request::Parameters(Some(name)) => self.parameters(description, name),
            Request::Dictionary => {
                self.events
                    .push(Event::Dictionary { outlet: Outlet::Dictionary, tree: Tree::of(description) });
            }
            Request::Write(path) => self.write(path.into(), Tree::of(description).to_yaml()),
            // They need no description and are already done.
            Request::Set(_) | Request::Catalogue(_) => {}
        }
    }

    /// Of a method and of an attribute, if both have the name.
    fn parameters(&mut self, description: &Description, name: &str) {
        let (method, attribute) = (description.spec.method(name), description.spec.attribute(name));
        for (key, number) in method.map(numbers).into_iter().flatten() {
            self.send(Outlet::Parameters, name, vec![Atom::symbol(key), Atom::Int(number as i64)]);
        }
        if let Some(attribute) = attribute {
            let types = attribute.types.iter().map(|t| Atom::symbol(t.name()));
            let atoms = std::iter::once(Atom::symbol("attribute_type")).chain(types).collect();
            self.send(Outlet::Parameters, name, atoms);
        }
        if method.is_none() && attribute.is_none() {
            let spec = &description.spec;
            let methods = spec.methods.iter().map(|method| method.name.as_str());
            let has: Vec<_> = methods.chain(spec.attributes.iter().map(|a| a.name.as_str())).collect();
            let has =
                if has.is_empty() { "neither methods nor attributes".to_owned() } else { has.join(", ") };
            self.error(format!("parameters: no method or attribute '{name}': the model has {has}"));
        }
    }
}
