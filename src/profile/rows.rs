//! Parts put together: by module, by operator, by what they have in common.

use std::collections::BTreeMap;

use super::{
    part::{Convolution, Kind, Part},
    step::Limits,
};

/// Several parts that go by one name.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// A module or an operator.
    pub name: String,
    /// By call.
    pub runs: f64,
    /// How long.
    pub ns: f64,
    /// How long what multiplies with weights took of that.
    pub layers_ns: f64,
    /// Tensors that were allocated.
    pub allocations: f64,
    /// The bytes of these.
    pub allocated_bytes: f64,
    /// Multiplications.
    pub products: f64,
    /// Bytes of weights.
    pub weight_bytes: f64,
    /// Bytes of what layers read and write besides.
    pub sample_bytes: f64,
    /// Convolutions in it.
    pub convolutions: Vec<Convolution>,
    /// Its longest operator that is no convolution.
    pub longest: Option<(String, f64)>,
}

/// The names of what is outside of all operators.
pub const OUTSIDE: [&str; 2] = ["(interpreter)", "(copies)"];

/// By module, the longest first.
pub fn modules(parts: &[Part]) -> Vec<Row> {
    grouped(parts, |part| match part.kind {
        Kind::Operator if part.path.is_empty() => "(the model itself)".to_owned(),
        Kind::Operator => part.path.clone(),
        Kind::Interpreter => OUTSIDE[0].to_owned(),
        Kind::Copies => OUTSIDE[1].to_owned(),
    })
}

/// By operator, the longest first.
pub fn operators(parts: &[Part]) -> Vec<Row> {
    grouped(parts, |part| match part.kind {
        Kind::Operator => part.operator.clone(),
        Kind::Interpreter => OUTSIDE[0].to_owned(),
        Kind::Copies => OUTSIDE[1].to_owned(),
    })
}

fn grouped(parts: &[Part], name: impl Fn(&Part) -> String) -> Vec<Row> {
    let mut rows = BTreeMap::<String, Row>::new();
    for part in parts {
        let name = name(part);
        rows.entry(name.clone()).or_insert_with(|| Row::new(name)).add(part);
    }
    let mut rows: Vec<_> = rows.into_values().collect();
    rows.sort_by(|a, b| b.ns.total_cmp(&a.ns));
    rows
}

impl Row {
    fn new(name: String) -> Self {
        Self {
            name,
            runs: 0.0,
            ns: 0.0,
            layers_ns: 0.0,
            allocations: 0.0,
            allocated_bytes: 0.0,
            products: 0.0,
            weight_bytes: 0.0,
            sample_bytes: 0.0,
            convolutions: Vec::new(),
            longest: None,
        }
    }

    fn add(&mut self, part: &Part) {
        self.runs += part.runs;
        self.ns += part.ns;
        self.allocations += part.allocations;
        self.allocated_bytes += part.allocated_bytes;
        self.products += part.products;
        if part.products > 0.0 {
            self.layers_ns += part.ns;
            self.weight_bytes += part.weight_bytes;
            self.sample_bytes += part.sample_bytes;
        }
        if let Some(convolution) = &part.convolution {
            self.convolutions.push(convolution.clone());
        } else if part.kind == Kind::Operator
            && self.longest.as_ref().is_none_or(|(_, longest_ns)| *longest_ns < part.ns)
        {
            self.longest = Some((part.operator.clone(), part.ns));
        }
    }

    /// How much of the measured bandwidth its layers use; `None` where nothing multiplies.
    pub fn of_memory(&self, limits: &Limits) -> Option<f64> {
        let bytes = self.weight_bytes + self.sample_bytes;
        (self.products > 0.0).then(|| bytes / (self.layers_ns * 1e-9).max(1e-12) / limits.weights_bytes_per_s)
    }

    /// How much of the measured arithmetic its layers use.
    pub fn of_peak(&self, limits: &Limits) -> Option<f64> {
        let per_s = self.products / (self.layers_ns * 1e-9).max(1e-12);
        (self.products > 0.0).then(|| per_s / limits.products_per_s)
    }
}

#[cfg(test)]
mod tests {
    use super::{super::step::LIMITS, *};

    fn part(path: &str, operator: &str, ns: f64, products: f64) -> Part {
        Part {
            kind: Kind::Operator,
            path: path.into(),
            operator: operator.into(),
            runs: 1.0,
            ns,
            allocations: 1.0,
            allocated_bytes: 64.0,
            products,
            weight_bytes: products,
            sample_bytes: 0.0,
            convolution: None,
        }
    }

    #[test]
    fn rows_hold_all_parts_once_and_the_longest_stands_first() {
        let parts = [
            part("a", "linear", 10.0, 100.0),
            part("b", "relu", 30.0, 0.0),
            part("a", "relu", 5.0, 0.0),
            Part { kind: Kind::Interpreter, ..part("", "interpreter", 7.0, 0.0) },
        ];
        let names = |rows: &[Row]| rows.iter().map(|row| (row.name.clone(), row.ns)).collect::<Vec<_>>();
        let by_module = modules(&parts);
        let wanted = [("b", 30.0), ("a", 15.0), ("(interpreter)", 7.0)];
        assert_eq!(names(&by_module), wanted.map(|(name, ns)| (name.to_owned(), ns)));
        let wanted = [("relu", 35.0), ("linear", 10.0), ("(interpreter)", 7.0)];
        assert_eq!(names(&operators(&parts)), wanted.map(|(name, ns)| (name.to_owned(), ns)));
        assert_eq!((by_module[1].layers_ns, by_module[1].allocations), (10.0, 2.0));
        assert_eq!(by_module[0].of_memory(&LIMITS), None);
    }
}
