//! Answers to questions about the file that is described.

use super::{Description, InfoEvent, NnInfo, Outlet, Tree, described::numbers, request::InfoRequest, told};
use crate::message::Atom;

impl NnInfo {
    /// Answers about the present file, or an error if there is none.
    pub(super) fn answer(&mut self, request: &InfoRequest) {
        let Some(description) = self.description.take() else {
            if matches!(request, InfoRequest::Path | InfoRequest::Dump) {
                self.send(Outlet::Path, "symbol", vec![Atom::symbol("none")]);
            }
            if *request != InfoRequest::Path {
                self.error("there is no model yet: send set MODEL".into());
            }
            return;
        };
        self.report(&description, request);
        self.description = Some(description);
    }

    fn report(&mut self, description: &Description, request: &InfoRequest) {
        let spec = &description.spec;
        match request {
            // Right to left, as hosts do: the leftmost outlet comes last.
            InfoRequest::Dump => {
                for request in [
                    InfoRequest::Dictionary,
                    InfoRequest::Parameters(None),
                    InfoRequest::Attributes,
                    InfoRequest::Methods,
                    InfoRequest::Path,
                ] {
                    self.report(description, &request);
                }
            }
            InfoRequest::Path => {
                self.send(Outlet::Path, "symbol", vec![Atom::symbol(description.location.to_string())]);
            }
            InfoRequest::Methods => {
                for method in &spec.methods {
                    self.send(Outlet::Methods, "method", vec![Atom::symbol(&*method.name)]);
                }
            }
            InfoRequest::Attributes => {
                for attribute in &spec.attributes {
                    self.send(Outlet::Attributes, "attribute", vec![Atom::symbol(&*attribute.name)]);
                }
            }
            InfoRequest::Parameters(None) => {
                let methods = spec.methods.iter().map(|method| &method.name);
                for name in methods.chain(spec.attributes.iter().map(|attribute| &attribute.name)) {
                    self.parameters(description, name);
                }
            }
            InfoRequest::Parameters(Some(name)) => self.parameters(description, name),
            InfoRequest::Dictionary => {
                self.events
                    .push(InfoEvent::Dictionary { outlet: Outlet::Dictionary, tree: Tree::of(description) });
            }
            InfoRequest::Write(path) => self.write(path.into(), Tree::of(description).to_yaml()),
            // They need no description and are already done.
            InfoRequest::Set(_)
            | InfoRequest::Catalog(_)
            | InfoRequest::Doctor
            | InfoRequest::SelfTest(_) => {}
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
            // As it was typed, which may be its key.
            let parameters = &description.spec.parameters;
            for (key, value) in
                parameters.iter().filter(|one| one.attribute == attribute.name).flat_map(told::parameter)
            {
                let atoms = std::iter::once(Atom::symbol(key)).chain(value.atoms()).collect();
                self.send(Outlet::Parameters, name, atoms);
            }
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
