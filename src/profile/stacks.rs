//! Folded stacks: for each operator of each module the names of all modules around it, and how long it took.

use super::{
    part::{Kind, Part},
    rows::OUTSIDE,
};

/// One line for each, in ns: `forward;decoder;net;1;conv1d 61020`. What has the same names is one line.
pub fn folded(method: &str, parts: &[Part]) -> Vec<String> {
    let mut lines = std::collections::BTreeMap::<String, f64>::new();
    for part in parts {
        let mut frames = vec![method];
        match part.kind {
            Kind::Operator => {
                frames.extend(part.path.split('.').filter(|name| !name.is_empty()));
                frames.push(&part.operator);
            }
            Kind::Interpreter => frames.push(OUTSIDE[0]),
            Kind::Copies => frames.push(OUTSIDE[1]),
        }
        // What separates frames and the number is no name.
        let frames: Vec<_> = frames.iter().map(|name| name.replace([';', ' '], "_")).collect();
        *lines.entry(frames.join(";")).or_default() += part.ns;
    }
    lines.into_iter().map(|(stack, ns)| format!("{stack} {:.0}", ns.round())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stack_names_all_modules_around_an_operator() {
        let part = |kind, path: &str, operator: &str, ns| Part {
            kind,
            path: path.into(),
            operator: operator.into(),
            runs: 1.0,
            ns,
            allocations: 0.0,
            allocated_bytes: 0.0,
            products: 0.0,
            weight_bytes: 0.0,
            sample_bytes: 0.0,
            convolution: None,
        };
        let parts = [
            part(Kind::Operator, "net.1", "conv1d", 10.4),
            part(Kind::Operator, "net.1", "conv1d", 5.0),
            part(Kind::Operator, "", "add", 3.0),
            part(Kind::Interpreter, "", "interpreter", 2.0),
        ];
        let wanted = ["forward;(interpreter) 2", "forward;add 3", "forward;net;1;conv1d 15"];
        assert_eq!(folded("forward", &parts), wanted);
    }
}
