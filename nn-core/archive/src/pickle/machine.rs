//! The stack machine that a pickle is a program for.
//!
//! Memory is bounded by the bytes that are read: every opcode makes at most one node, and no opcode copies more
//! than it takes off the stack.

use std::collections::HashMap;

use super::node::{Fault, MOST_NODES, Node, NodeId, Span, TOO_LONG};

struct Machine<'a> {
    bytes: &'a [u8],
    position: usize,
    nodes: Vec<Node>,
    stack: Vec<NodeId>,
    /// Heights of the stack at the open marks.
    marks: Vec<usize>,
    memo: HashMap<u32, NodeId>,
}

/// Runs a pickle; gives its nodes, the one on top at STOP, and how many opcodes that took.
pub(super) fn run(bytes: &[u8], most_opcodes: u64) -> Result<(Vec<Node>, NodeId, u64), Fault> {
    if u32::try_from(bytes.len()).is_err() {
        return Err(Fault { offset: 0, what: "more than 4 GB" });
    }
    let mut machine = Machine {
        bytes,
        position: 0,
        nodes: Vec::new(),
        stack: Vec::new(),
        marks: Vec::new(),
        memo: HashMap::new(),
    };
    let mut opcodes = 0;
    loop {
        let offset = machine.position;
        opcodes += 1;
        if opcodes > most_opcodes {
            return Err(Fault { offset, what: TOO_LONG });
        }
        match machine.step() {
            Ok(None) => {}
            Ok(Some(root)) => return Ok((machine.nodes, root, opcodes)),
            Err(what) => return Err(Fault { offset, what }),
        }
    }
}

type Step<T> = Result<T, &'static str>;

impl Machine<'_> {
    /// Runs one opcode; gives the root at STOP.
    fn step(&mut self) -> Step<Option<NodeId>> {
        let opcode = self.u8()?;
        match opcode {
            0x80 => {
                if !(2..=5).contains(&self.u8()?) {
                    return Err("unknown pickle protocol");
                }
            }
            b'.' => {
                let root = self.pop()?;
                return match self.stack.is_empty() && self.marks.is_empty() {
                    true => Ok(Some(root)),
                    false => Err("objects are left over"),
                };
            }
            b'N' => self.push(Node::None)?,
            0x88 => self.push(Node::Bool(true))?,
            0x89 => self.push(Node::Bool(false))?,
            b'J' | b'K' | b'M' | 0x8a => self.number(opcode)?,
            b'G' => {
                let number = f64::from_be_bytes(self.array()?);
                self.push(Node::Float(number))?;
            }
            b'X' | b'T' | b'B' | b'U' | b'C' | 0x8c => self.string(opcode)?,
            b'c' => {
                let (module, name) = (self.line()?, self.line()?);
                self.push(Node::Global { module, name })?;
            }
            b'(' => self.marks.push(self.stack.len()),
            b')' => self.push(Node::Tuple(Vec::new()))?,
            b']' => self.push(Node::List(Vec::new()))?,
            b'}' => self.push(Node::Dict(Vec::new()))?,
            b't' => {
                let members = self.pop_to_mark()?;
                self.push(Node::Tuple(members))?;
            }
            0x85..=0x87 => {
                let count = usize::from(opcode - 0x84);
                self.need(count)?;
                let members = self.take_from(self.stack.len() - count);
                self.push(Node::Tuple(members))?;
            }
            b'q' | b'r' | b'h' | b'j' => self.memory(opcode)?,
            b'Q' => {
                let name = self.pop()?;
                self.push(Node::Persistent(name))?;
            }
            // A class that makes an object (NEWOBJ) is a call like any other here.
            b'R' | 0x81 => {
                let arguments = self.pop()?;
                let function = self.pop()?;
                self.push(Node::Call { function, arguments, state: None })?;
            }
            b'b' => self.build()?,
            b'a' | b'e' | b's' | b'u' => self.fill(opcode)?,
            _ => return Err("an opcode that TorchScript does not write"),
        }
        Ok(None)
    }

    /// BININT, BININT1, BININT2 and LONG1 of up to 64 bits.
    fn number(&mut self, opcode: u8) -> Step<()> {
        let number = match opcode {
            b'J' => i64::from(i32::from_le_bytes(self.array()?)),
            b'K' => i64::from(self.u8()?),
            b'M' => i64::from(u16::from_le_bytes(self.array()?)),
            _ => {
                let count = self.u8()?;
                let digits = self.take(count.into())?;
                let negative = digits.last().is_some_and(|&b| b >= 0x80);
                let mut wide = [if negative { 0xFF } else { 0 }; 8];
                let place = wide.get_mut(..digits.len()).ok_or("a number of more than 64 bits")?;
                place.copy_from_slice(digits);
                i64::from_le_bytes(wide)
            }
        };
        self.push(Node::Int(number))
    }

    /// The string opcodes with a length in front.
    fn string(&mut self, opcode: u8) -> Step<()> {
        let count = match opcode {
            b'X' | b'T' | b'B' => u32::from_le_bytes(self.array()?) as usize,
            _ => self.u8()?.into(),
        };
        let start = self.position;
        self.take(count)?;
        // The whole pickle has less than 4 GB.
        self.push(Node::Text(Span { start: start as u32, bytes: count as u32 }))
    }

    /// BINPUT, LONG_BINPUT, BINGET and LONG_BINGET.
    fn memory(&mut self, opcode: u8) -> Step<()> {
        let key = match opcode {
            b'q' | b'h' => self.u8()?.into(),
            _ => u32::from_le_bytes(self.array()?),
        };
        if matches!(opcode, b'q' | b'r') {
            self.need(1)?;
            self.memo.insert(key, self.stack[self.stack.len() - 1]);
        } else {
            self.stack.push(*self.memo.get(&key).ok_or("a reference to nothing")?);
        }
        Ok(())
    }

    /// BUILD: gives the object below the state on top of the stack.
    fn build(&mut self) -> Step<()> {
        let given = self.pop()?;
        let object = self.top()?;
        match &mut self.nodes[object.0 as usize] {
            Node::Call { state: state @ None, .. } => *state = Some(given),
            _ => return Err("a state for something that is no new object"),
        }
        Ok(())
    }

    /// APPEND, APPENDS, SETITEM and SETITEMS.
    fn fill(&mut self, opcode: u8) -> Step<()> {
        let members = match opcode {
            b'a' => vec![self.pop()?],
            b's' => {
                let value = self.pop()?;
                vec![self.pop()?, value]
            }
            _ => self.pop_to_mark()?,
        };
        let target = self.top()?;
        match (opcode, &mut self.nodes[target.0 as usize]) {
            (b'a' | b'e', Node::List(list)) => list.extend(members),
            (b's' | b'u', Node::Dict(dict)) => {
                let (pairs, rest) = members.as_chunks::<2>();
                if !rest.is_empty() {
                    return Err("a key without a value");
                }
                dict.extend(pairs.iter().map(|&[key, value]| (key, value)));
            }
            _ => return Err("members for something that is no container"),
        }
        Ok(())
    }

    fn push(&mut self, node: Node) -> Step<()> {
        if self.nodes.len() >= MOST_NODES {
            return Err("more objects than any model has");
        }
        self.stack.push(NodeId(self.nodes.len() as u32));
        self.nodes.push(node);
        Ok(())
    }

    /// Makes sure that so many objects are above the last mark.
    fn need(&self, count: usize) -> Step<()> {
        let floor = self.marks.last().copied().unwrap_or(0);
        if self.stack.len() - floor < count { Err("an object is missing") } else { Ok(()) }
    }

    fn pop(&mut self) -> Step<NodeId> {
        self.need(1)?;
        self.stack.pop().ok_or("an object is missing")
    }

    fn top(&self) -> Step<NodeId> {
        self.need(1)?;
        self.stack.last().copied().ok_or("an object is missing")
    }

    fn pop_to_mark(&mut self) -> Step<Vec<NodeId>> {
        let height = self.marks.pop().ok_or("a mark is missing")?;
        Ok(self.take_from(height))
    }

    /// Takes the stack down to a height; into memory of exactly the right size, whatever the stack once was.
    fn take_from(&mut self, height: usize) -> Vec<NodeId> {
        self.stack.drain(height..).collect()
    }

    fn take(&mut self, count: usize) -> Step<&[u8]> {
        let end = self.position.checked_add(count).ok_or("it is cut")?;
        let taken = self.bytes.get(self.position..end).ok_or("it is cut")?;
        self.position = end;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Step<[u8; N]> {
        self.take(N)?.try_into().map_err(|_| "it is cut")
    }

    fn u8(&mut self) -> Step<u8> {
        Ok(self.array::<1>()?[0])
    }

    fn line(&mut self) -> Step<Span> {
        let rest = &self.bytes[self.position..];
        let count = rest.iter().position(|&b| b == b'\n').ok_or("a name without end")?;
        let span = Span { start: self.position as u32, bytes: count as u32 };
        self.position += count + 1;
        Ok(span)
    }
}
