//! Tensors in a pickle: where their numbers lie, and the numbers of the small ones.

use std::io::{Read, Seek};

use crate::{
    ArchiveError,
    container::Archive,
    pickle::{Graph, Node, NodeId},
};

/// More values than any `*_params` has.
pub(super) const MOST_VALUES: u64 = 1 << 12;
/// A `*_params` is a storage of its own; this much is read should it be a view of something larger.
const MOST_STORAGE_BYTES: u64 = 1 << 20;
const MOST_DIMENSIONS: usize = 64;

/// A tensor that a pickle describes.
#[derive(Debug)]
pub(super) struct Tensor<'a> {
    /// The number in the name of its storage's entry.
    key: &'a str,
    element: &'a str,
    /// Elements in the whole storage.
    storage_count: u64,
    offset: u64,
    sizes: Vec<u64>,
    strides: Vec<u64>,
}

/// Why a tensor is not sound.
type Flaw = &'static str;

impl<'a> Tensor<'a> {
    /// The tensor that an object is, `None` when it is something else.
    pub(super) fn of(graph: &Graph<'a>, mut id: NodeId) -> Option<Result<Self, Flaw>> {
        if let Some(("torch._utils", "_rebuild_parameter", &[inner, ..])) = graph.call(id) {
            id = inner;
        }
        match graph.call(id)? {
            (
                "torch._utils",
                "_rebuild_tensor" | "_rebuild_tensor_v2" | "_rebuild_tensor_v3" | "_rebuild_qtensor",
                &[storage, offset, sizes, strides, ..],
            ) => Some(
                Self::parse(graph, storage, offset, sizes, strides).ok_or("a tensor's description is broken"),
            ),
            _ => None,
        }
    }

    fn parse(
        graph: &Graph<'a>,
        storage: NodeId,
        offset: NodeId,
        sizes: NodeId,
        strides: NodeId,
    ) -> Option<Self> {
        let Node::Persistent(storage) = *graph.node(storage) else { return None };
        let storage = Storage::parse(graph, storage)?;
        let numbers = |id| {
            let members = graph.members(id)?;
            let number = |&m| graph.int_of(m).and_then(|n| u64::try_from(n).ok());
            (members.len() <= MOST_DIMENSIONS)
                .then(|| members.iter().map(number).collect::<Option<Vec<_>>>())?
        };
        let (sizes, strides) = (numbers(sizes)?, numbers(strides)?);
        (sizes.len() == strides.len()).then_some(())?;
        let offset = graph.int_of(offset).and_then(|n| u64::try_from(n).ok())?;
        Some(Self {
            key: storage.key,
            element: storage.element,
            storage_count: storage.count,
            offset,
            sizes,
            strides,
        })
    }

    /// Number of values; saturates.
    pub(super) fn count(&self) -> u64 {
        self.sizes.iter().fold(1, |count: u64, &size| count.saturating_mul(size))
    }

    /// The bytes of all values.
    pub(super) fn bytes(&self) -> Option<u64> {
        ELEMENTS.iter().find(|e| e.name == self.element)?.bytes.checked_mul(self.count())
    }

    /// Checks that no value lies outside of the storage.
    pub(super) fn check_bounds(&self) -> Result<(), Flaw> {
        if self.count() == 0 {
            return Ok(());
        }
        let last = self.sizes.iter().zip(&self.strides).try_fold(self.offset, |last, (&size, &stride)| {
            (size - 1).checked_mul(stride).and_then(|reach| reach.checked_add(last))
        });
        match last {
            Some(last) if last < self.storage_count => Ok(()),
            _ => Err("a tensor reaches beyond its storage"),
        }
    }

    /// The values as whole numbers, in row-major order. Fractions are cut off as torch does.
    pub(super) fn integers<R: Read + Seek>(
        &self,
        archive: &mut Archive<R>,
    ) -> Result<Vec<i64>, ArchiveError> {
        let entry = format!("data/{}", self.key);
        let damaged = |what| ArchiveError::Damaged { entry: entry.clone(), what };
        if self.count() > MOST_VALUES {
            let what = format!("values of {entry}");
            return Err(ArchiveError::Limit { what, found: self.count(), most: MOST_VALUES });
        }
        self.check_bounds().map_err(damaged)?;
        let element = ELEMENTS.iter().find(|e| e.name == self.element);
        let (size, number) = element
            .and_then(|e| Some((e.bytes, e.number?)))
            .ok_or_else(|| damaged("its numbers have a type that cannot be read"))?;
        if self.count() == 0 {
            return Ok(Vec::new());
        }
        archive.budget.spend(self.count() * (1 + self.sizes.len() as u64))?;
        let bytes = archive.read(&entry, MOST_STORAGE_BYTES)?;
        let mut values = Vec::with_capacity(self.count() as usize);
        let mut place = vec![0; self.sizes.len()];
        loop {
            let step: u64 = place.iter().zip(&self.strides).map(|(&i, &stride): (&u64, _)| i * stride).sum();
            let start = (self.offset + step).saturating_mul(size);
            let value = usize::try_from(start).ok().and_then(|s| bytes.get(s..)?.get(..size as usize));
            values.push(number(value.ok_or_else(|| damaged("it is too short for its tensor"))?));
            // Counts up, the last dimension fastest.
            let Some(axis) = (0..place.len()).rev().find(|&a| place[a] + 1 < self.sizes[a]) else { break };
            place[axis] += 1;
            place[axis + 1..].fill(0);
        }
        Ok(values)
    }
}

/// A storage that a pickle names: `("storage", torch.FloatStorage, key, device, count)`.
#[derive(Debug)]
pub(super) struct Storage<'a> {
    /// The number in the name of its entry.
    pub(super) key: &'a str,
    element: &'a str,
    count: u64,
}

impl<'a> Storage<'a> {
    /// The storage that a persistent name stands for.
    pub(super) fn parse(graph: &Graph<'a>, name: NodeId) -> Option<Self> {
        let &[tag, class, key, _device, count, ..] = graph.members(name)? else { return None };
        let ("torch", class) = graph.global(class)? else { return None };
        (graph.text_of(tag)? == "storage").then_some(Self {
            key: graph.text_of(key)?,
            element: class.strip_suffix("Storage")?,
            count: u64::try_from(graph.int_of(count)?).ok()?,
        })
    }

    /// The bytes that libtorch will read from its entry, without looking at how many there are.
    pub(super) fn bytes(&self) -> Option<u64> {
        ELEMENTS.iter().find(|e| e.name == self.element)?.bytes.checked_mul(self.count)
    }
}

/// A type of numbers.
struct Element {
    name: &'static str,
    bytes: u64,
    /// The whole part of one number, for the types that can say how many channels there are.
    number: Option<fn(&[u8]) -> i64>,
}

macro_rules! number {
    ($kind:ty) => {
        // Called with exactly as many bytes as the element has.
        Some(|bytes| bytes.try_into().map_or(0, |b| <$kind>::from_le_bytes(b) as i64))
    };
}

const fn opaque(name: &'static str, bytes: u64) -> Element {
    Element { name, bytes, number: None }
}

const ELEMENTS: &[Element] = &[
    Element { name: "Long", bytes: 8, number: number!(i64) },
    Element { name: "Int", bytes: 4, number: number!(i32) },
    Element { name: "Short", bytes: 2, number: number!(i16) },
    Element { name: "Char", bytes: 1, number: number!(i8) },
    Element { name: "Byte", bytes: 1, number: number!(u8) },
    Element { name: "Bool", bytes: 1, number: number!(u8) },
    Element { name: "UInt16", bytes: 2, number: number!(u16) },
    Element { name: "UInt32", bytes: 4, number: number!(u32) },
    Element { name: "UInt64", bytes: 8, number: number!(u64) },
    Element { name: "Double", bytes: 8, number: number!(f64) },
    Element { name: "Float", bytes: 4, number: number!(f32) },
    Element { name: "Half", bytes: 2, number: Some(half) },
    Element { name: "BFloat16", bytes: 2, number: Some(bfloat16) },
    opaque("ComplexHalf", 4),
    opaque("ComplexFloat", 8),
    opaque("ComplexDouble", 16),
    opaque("QInt8", 1),
    opaque("QUInt8", 1),
    opaque("QInt32", 4),
    opaque("QUInt4x2", 1),
    opaque("QUInt2x4", 1),
    opaque("Float8_e5m2", 1),
    opaque("Float8_e4m3fn", 1),
    opaque("Float8_e5m2fnuz", 1),
    opaque("Float8_e4m3fnuz", 1),
];

fn bfloat16(bytes: &[u8]) -> i64 {
    bytes.try_into().map_or(0, |b| f32::from_bits(u32::from(u16::from_le_bytes(b)) << 16) as i64)
}

fn half(bytes: &[u8]) -> i64 {
    let bits = bytes.try_into().map_or(0, u16::from_le_bytes);
    let (exponent, mantissa) = (i32::from(bits >> 10 & 0x1F), f32::from(bits & 0x3FF));
    let size = match exponent {
        0 => mantissa * 2f32.powi(-24),
        0x1F => f32::INFINITY,
        _ => (1024.0 + mantissa) * 2f32.powi(exponent - 25),
    };
    (if bits >> 15 == 1 { -size } else { size }) as i64
}

#[cfg(test)]
mod tests {
    use super::{bfloat16, half};

    #[test]
    fn half_precision_numbers_give_their_whole_part() {
        for (bits, value) in [(0x3C00u16, 1), (0x5400, 64), (0x6800, 2048), (0xC000, -2), (0, 0), (0x0001, 0)]
        {
            assert_eq!(half(&bits.to_le_bytes()), value, "{bits:#06x}");
        }
        assert_eq!(half(&0x7C00u16.to_le_bytes()), i64::MAX);
    }

    #[test]
    fn brain_floats_give_their_whole_part() {
        for (number, value) in [(1.0f32, 1), (2048.0, 2048), (-3.0, -3), (0.5, 0)] {
            let bits = (number.to_bits() >> 16) as u16;
            assert_eq!(bfloat16(&bits.to_le_bytes()), value, "{number}");
        }
    }
}
