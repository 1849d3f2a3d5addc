//! One array as NumPy writes it: a line that says what follows, then numbers.

/// What every file begins with.
const MAGIC: &[u8] = b"\x93NUMPY";
/// Where the numbers begin is a multiple of this.
const ALIGNMENT: usize = 64;

/// An array of numbers, in the order of its file.
#[derive(Clone, Debug, PartialEq)]
pub struct Array {
    /// Its dimensions.
    pub shape: Vec<usize>,
    /// Its numbers.
    pub values: Vec<f64>,
    /// Whether the first dimension goes fastest.
    first_is_fastest: bool,
}

/// Reads arrays.
#[derive(Debug)]
pub struct Npy;

impl Npy {
    /// The array in the bytes of a file.
    pub fn parse(bytes: &[u8]) -> Result<Array, String> {
        let broken = || "not an array of NumPy".to_owned();
        let rest = bytes.strip_prefix(MAGIC).ok_or_else(broken)?;
        // The length of the line has two bytes in version 1 and four later.
        let (length, begin) = match rest {
            [1, _, a, b, ..] => (usize::from(u16::from_le_bytes([*a, *b])), 4),
            [2 | 3, _, a, b, c, d, ..] => (u32::from_le_bytes([*a, *b, *c, *d]) as usize, 6),
            _ => return Err(broken()),
        };
        let line = rest.get(begin..begin + length).ok_or_else(broken)?;
        let line = std::str::from_utf8(line).map_err(|_| broken())?;
        let after = |key: &str| line.split_once(&format!("'{key}':")).map(|(_, after)| after.trim_start());
        let kind = after("descr").and_then(|text| text.split('\'').nth(1)).ok_or_else(broken)?;
        let first_is_fastest = after("fortran_order").ok_or_else(broken)?.starts_with("True");
        let shape = after("shape")
            .and_then(|text| text.strip_prefix('('))
            .and_then(|text| text.split_once(')'))
            .ok_or_else(broken)?
            .0;
        let shape: Vec<usize> = shape
            .split(',')
            .map(str::trim)
            .filter(|number| !number.is_empty())
            .map(|number| number.parse().map_err(|_| broken()))
            .collect::<Result<_, _>>()?;
        let values = numbers(kind, &rest[begin + length..])?;
        let count = shape.iter().try_fold(1_usize, |all, &length| all.checked_mul(length));
        if count != Some(values.len()) {
            return Err(format!("it holds {} numbers, and its shape is {shape:?}", values.len()));
        }
        Ok(Array { shape, values, first_is_fastest })
    }
}

impl Array {
    /// The numbers with the last dimension going fastest.
    pub fn in_rows(&self) -> Vec<f64> {
        if !self.first_is_fastest {
            return self.values.clone();
        }
        let place = |mut row: usize| {
            // From the last dimension to the first.
            let mut at = Vec::with_capacity(self.shape.len());
            for &length in self.shape.iter().rev() {
                at.push(row % length);
                row /= length;
            }
            at.iter().zip(self.shape.iter().rev()).fold(0, |place, (at, length)| place * length + at)
        };
        (0..self.values.len()).map(|row| self.values[place(row)]).collect()
    }
}

fn numbers(kind: &str, bytes: &[u8]) -> Result<Vec<f64>, String> {
    fn each<const N: usize>(bytes: &[u8], of: fn([u8; N]) -> f64) -> Vec<f64> {
        bytes.as_chunks().0.iter().map(|&number| of(number)).collect()
    }
    Ok(match kind {
        "<f4" => each(bytes, |number| f64::from(f32::from_le_bytes(number))),
        "<f8" => each(bytes, f64::from_le_bytes),
        "<i4" => each(bytes, |number| f64::from(i32::from_le_bytes(number))),
        "<i8" => each(bytes, |number| i64::from_le_bytes(number) as f64),
        _ => return Err(format!("its numbers are '{kind}': save it as float32")),
    })
}

/// A file of numbers of this kind and shape.
pub fn file(kind: &str, shape: &[usize], numbers: Vec<u8>) -> Vec<u8> {
    let shape: String = shape.iter().map(|length| format!("{length}, ")).collect();
    let mut line =
        format!("{{'descr': '{kind}', 'fortran_order': False, 'shape': ({}), }}", shape.trim_end());
    let before = MAGIC.len() + 4;
    let length = (before + line.len() + 1).next_multiple_of(ALIGNMENT) - before;
    line.extend(std::iter::repeat_n(' ', length - line.len() - 1));
    line.push('\n');
    let mut file = [MAGIC, &[1, 0], &(length as u16).to_le_bytes(), line.as_bytes()].concat();
    file.extend(numbers);
    file
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_orders_of_numbers_are_read() {
        let bytes: Vec<u8> = (0..6).flat_map(|n| (n as f32).to_le_bytes()).collect();
        let rows = file("<f4", &[2, 3], bytes);
        assert_eq!(Npy::parse(&rows).expect("an array").in_rows(), [0.0, 1.0, 2.0, 3.0, 4.0, 5.0]);
        let at = rows.windows(5).position(|word| word == b"False").expect("it says so");
        let mut columns = rows.clone();
        columns[at..at + 5].copy_from_slice(b"True ");
        let read = Npy::parse(&columns).expect("an array");
        assert_eq!(read.in_rows(), [0.0, 2.0, 4.0, 1.0, 3.0, 5.0]);
    }

    #[test]
    fn a_number_alone_has_no_dimensions() {
        let read = Npy::parse(&file("<i8", &[], 48_000_u64.to_le_bytes().to_vec())).expect("an array");
        assert_eq!((read.shape.as_slice(), read.values.as_slice()), (&[][..], &[48_000.0][..]));
    }

    #[test]
    fn what_is_cut_or_of_another_kind_is_refused() {
        let whole = file("<f4", &[2], vec![0; 8]);
        for cut in [0, 5, 8, 30, whole.len() - 4] {
            Npy::parse(&whole[..cut]).expect_err("cut");
        }
        let other = file("<c8", &[1], vec![0; 8]);
        assert!(Npy::parse(&other).expect_err("complex").contains("save it as float32"));
    }
}
