//! The oracle: loads models with `tch`, calls their methods, keeps their state from call to call.

use std::collections::HashMap;
use std::io::BufReader;
use std::net::{Ipv4Addr, TcpStream};

use nn_oracle::protocol::{self, Answer, Request, Value};
use tch::{CModule, IValue, Kind, TchError, Tensor};

fn main() {
    let port = std::env::args().nth(1).and_then(|word| word.parse().ok());
    let port: u16 = port.expect("the number of a port of this machine, where a test listens");
    let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).expect("a test that listens");
    stream.set_nodelay(true).expect("a stream without delay");
    // As boxes do unless they are told otherwise: how many threads share a sum changes its last digits.
    tch::set_num_threads(1);
    let mut oracle = Oracle { stream: BufReader::new(stream), models: HashMap::new(), next: 0 };
    tch::no_grad(|| while oracle.serve() {});
}

struct Oracle {
    stream: BufReader<TcpStream>,
    models: HashMap<usize, CModule>,
    next: usize,
}

impl Oracle {
    /// Answers one request; false when nobody asks any more.
    fn serve(&mut self) -> bool {
        let Ok(Some(request)) = protocol::receive(&mut self.stream) else { return false };
        let (answer, samples) = match request {
            Request::Run { model, method, shape } => {
                let Ok(samples) = protocol::samples(&mut self.stream, &shape) else { return false };
                self.run(model, &method, &samples, &shape)
            }
            other => (self.other(other), Vec::new()),
        };
        protocol::send(self.stream.get_mut(), &answer, &samples).is_ok()
    }

    fn run(&self, model: usize, method: &str, samples: &[f32], shape: &[usize]) -> (Answer, Vec<f32>) {
        let shape: Vec<_> = shape.iter().map(|&size| size as i64).collect();
        let input = IValue::Tensor(Tensor::from_slice(samples).reshape(shape));
        let answer = self.models[&model].method_is(method, &[input]);
        match answer {
            Ok(IValue::Tensor(tensor)) if is_real(&tensor) => {
                let shape = tensor.size().iter().map(|&size| size as usize).collect();
                (Answer::Tensor(shape), plain(&tensor))
            }
            Ok(other) => (Answer::NotATensor(format!("{other:?}")), Vec::new()),
            Err(error) => (failed(&error), Vec::new()),
        }
    }

    fn other(&mut self, request: Request) -> Answer {
        match request {
            Request::Load(path) => match CModule::load(path) {
                Ok(module) => {
                    self.next += 1;
                    self.models.insert(self.next, module);
                    Answer::Done(self.next)
                }
                Err(error) => failed(&error),
            },
            Request::Forget(model) => {
                self.models.remove(&model);
                Answer::Done(model)
            }
            Request::Seed(seed) => {
                tch::manual_seed(seed);
                Answer::Done(0)
            }
            Request::Ask { model, method, values } => {
                let values: Vec<_> = values.into_iter().map(to_torch).collect();
                match self.models[&model].method_is(&method, &values) {
                    Ok(answer) => from_torch(answer).map_or_else(Answer::NotATensor, Answer::Values),
                    Err(error) => failed(&error),
                }
            }
            Request::Run { .. } => unreachable!("answered where its samples are read"),
        }
    }
}

fn failed(error: &TchError) -> Answer {
    Answer::Failed(error.to_string())
}

fn is_real(tensor: &Tensor) -> bool {
    tensor.defined() && !matches!(tensor.kind(), Kind::ComplexHalf | Kind::ComplexFloat | Kind::ComplexDouble)
}

/// A tensor's numbers as samples, in order.
fn plain(tensor: &Tensor) -> Vec<f32> {
    let tensor = tensor.to_dense(None, false).to_kind(Kind::Float).contiguous();
    let mut samples = vec![0.0; tensor.numel()];
    tensor.copy_data(&mut samples, tensor.numel());
    samples
}

fn to_torch(value: Value) -> IValue {
    match value {
        Value::Bool(is) => IValue::Bool(is),
        Value::Int(number) => IValue::Int(number),
        Value::Float(number) => IValue::Double(number),
        Value::Text(text) => IValue::String(text),
        Value::Samples(samples) => IValue::Tensor(Tensor::from_slice(&samples)),
    }
}

/// The parts of an answer, or what it is. `tch` gives tuples and lists of one type in the same way.
fn from_torch(answer: IValue) -> Result<Vec<Value>, String> {
    let parts = match answer {
        IValue::Tuple(parts) | IValue::GenericList(parts) => parts,
        IValue::BoolList(all) => return Ok(all.into_iter().map(Value::Bool).collect()),
        IValue::IntList(all) => return Ok(all.into_iter().map(Value::Int).collect()),
        IValue::DoubleList(all) => return Ok(all.into_iter().map(Value::Float).collect()),
        IValue::StringList(all) => return Ok(all.into_iter().map(Value::Text).collect()),
        IValue::TensorList(all) => all.into_iter().map(IValue::Tensor).collect(),
        IValue::None => return Ok(Vec::new()),
        IValue::Bool(is) => return Ok(vec![Value::Bool(is)]),
        IValue::Int(number) => return Ok(vec![Value::Int(number)]),
        IValue::Double(number) => return Ok(vec![Value::Float(number)]),
        IValue::String(text) => return Ok(vec![Value::Text(text)]),
        IValue::Tensor(tensor) if is_real(&tensor) => return Ok(vec![Value::Samples(plain(&tensor))]),
        other => return Err(format!("{other:?}")),
    };
    let parts: Result<Vec<_>, _> = parts.into_iter().map(from_torch).collect();
    Ok(parts?.concat())
}
