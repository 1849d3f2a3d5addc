//! A loaded TorchScript model.

use std::sync::Arc;

use super::{
    abi::{ANSWER, NO_ACCESSOR, NOT_A_TENSOR, WRONG_SHAPE},
    handle::{Fault, Handle},
    library::Original,
};
use crate::{
    attribute::check_values,
    model::{AttributeError, Device, ForkError, KernelFigures, Model, RunError, TensorView, TensorViewMut},
    spec::ModelSpec,
    value::Value,
};

/// A model that libtorch computes. Forks share its weights.
pub struct TorchModel {
    handle: Handle,
    spec: ModelSpec,
    /// Keeps the weights for others of the same content.
    original: Option<Arc<Original>>,
}

impl TorchModel {
    /// A fork of an original.
    pub(super) fn new(handle: Handle, original: Arc<Original>) -> Self {
        Self { handle, spec: original.spec.clone(), original: Some(original) }
    }

    /// A model that shares nothing. `spec` is what `handle.describe()` answered.
    pub(super) fn alone(handle: Handle, spec: ModelSpec) -> Self {
        Self { handle, spec, original: None }
    }

    fn attribute_name(&self, attribute: usize) -> String {
        self.spec.attributes[attribute].name.clone()
    }

    fn attribute_error(&self, attribute: usize, other: &'static str, fault: Fault) -> AttributeError {
        let attribute = self.attribute_name(attribute);
        match fault.status {
            NO_ACCESSOR => AttributeError::NoAccessor { attribute, accessor: fault.text, other },
            ANSWER => AttributeError::Answer { attribute, found: fault.text },
            _ => AttributeError::Threw { attribute, what: fault.text },
        }
    }
}

impl Model for TorchModel {
    fn spec(&self) -> &ModelSpec {
        &self.spec
    }

    fn run(
        &mut self,
        method: usize,
        input: TensorView<'_>,
        output: TensorViewMut<'_>,
    ) -> Result<(), RunError> {
        let TensorViewMut { batch, channels, frames, .. } = output;
        self.handle.run(method, input, output).map_err(|Fault { status, text }| {
            let method = self.spec.methods[method].name.clone();
            match status {
                NOT_A_TENSOR => RunError::NotATensor { method, found: text },
                WRONG_SHAPE => RunError::WrongShape { method, found: text, batch, channels, frames },
                _ => RunError::Threw { method, what: text },
            }
        })
    }

    fn set(&mut self, attribute: usize, values: &[Value]) -> Result<(), AttributeError> {
        let values = check_values(&self.spec.attributes[attribute], values)?;
        match self.handle.set(attribute, &values) {
            Ok(0) => Ok(()),
            Ok(code) => Err(AttributeError::Refused { attribute: self.attribute_name(attribute), code }),
            Err(fault) => Err(self.attribute_error(attribute, "read", fault)),
        }
    }

    fn get(&mut self, attribute: usize) -> Result<Vec<Value>, AttributeError> {
        self.handle.get(attribute).map_err(|fault| self.attribute_error(attribute, "set", fault))
    }

    fn set_sample_rate(&mut self, hz: u32) -> Result<(), AttributeError> {
        self.handle.set_sample_rate(hz).map_err(|fault| {
            let attribute = String::from("sample rate");
            match fault.status {
                NO_ACCESSOR => {
                    AttributeError::NoAccessor { attribute, accessor: fault.text, other: "ignored" }
                }
                _ => AttributeError::Threw { attribute, what: fault.text },
            }
        })
    }

    fn seed(&mut self, seed: u64) {
        super::TorchSource.seed(seed);
    }

    fn fork(&self) -> Result<Box<dyn Model>, ForkError> {
        let handle = self.handle.fork().map_err(|fault| ForkError { what: fault.text })?;
        Ok(Box::new(Self { handle, spec: self.spec.clone(), original: self.original.clone() }))
    }

    fn fork_to(&self, device: Device) -> Result<Box<dyn Model>, ForkError> {
        let handle = self.handle.fork_to(device).map_err(|fault| ForkError { what: fault.text })?;
        Ok(Box::new(Self { handle, spec: self.spec.clone(), original: self.original.clone() }))
    }

    fn set_optimise(&mut self, on: bool) -> bool {
        self.handle.optimise(on).is_ok()
    }

    fn kernel_figures(&self) -> Option<KernelFigures> {
        self.handle.kernel_figures().ok()
    }
}
