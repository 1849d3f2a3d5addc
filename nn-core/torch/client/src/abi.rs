//! The mirror of `nn_torch.h` and `nn_torch_types.h` in `torch/library/shim`, which say what everything means. Both change together.

use std::ffi::{c_char, c_void};

/// The version of the table that this code speaks.
pub const ABI_VERSION: u32 = 13;

/// The one symbol of the library.
pub const SYMBOL: &[u8] = b"nn_torch_api\0";

/// The type of [`SYMBOL`].
pub type Api = unsafe extern "C" fn() -> *const c_void;

/// `nn_torch_status`.
pub type Status = i32;
pub const OK: Status = 0;
pub const NOT_A_TENSOR: Status = 2;
pub const WRONG_SHAPE: Status = 3;
pub const NO_ACCESSOR: Status = 4;
pub const ANSWER: Status = 5;
pub const REFUSED: Status = 7;
pub const DECLINED: Status = 8;

/// `NN_TORCH_CPU`.
pub const CPU: u32 = 0;
/// `NN_TORCH_GPU`.
pub const GPU: u32 = 1;

/// `nn_torch_model`: only ever behind a pointer.
#[repr(C)]
pub struct RawModel {
    _opaque: [u8; 0],
}

/// `nn_torch_image`: only ever behind a pointer.
#[repr(C)]
pub struct RawImage {
    _opaque: [u8; 0],
}

/// `nn_torch_message`.
#[repr(C)]
pub struct Message {
    pub text: *mut c_char,
    pub capacity_bytes: usize,
}

/// `nn_torch_text`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Text {
    pub bytes: *const c_char,
    pub length: usize,
}

/// `nn_torch_texts`, `nn_torch_numbers`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Items<T> {
    pub items: *const T,
    pub count: usize,
}

/// `nn_torch_method`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Method {
    pub name: Text,
    pub params: Items<i64>,
    pub input_labels: Items<Text>,
    pub output_labels: Items<Text>,
}

/// `nn_torch_attribute`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct Attribute {
    pub name: Text,
    pub types: Items<i64>,
}

/// `nn_torch_description`.
#[repr(C)]
pub struct Description {
    pub methods: Items<Method>,
    pub attributes: Items<Attribute>,
    pub module_methods: Items<Text>,
    pub sample_rate_hz: i64,
    pub takes_sample_rate: u8,
    pub announced: Items<Method>,
}

/// `nn_torch_input`.
#[repr(C)]
pub struct Input {
    pub samples: *const f32,
    pub batch: usize,
    pub channels: usize,
    pub frames: usize,
}

/// `nn_torch_output`.
#[repr(C)]
pub struct Output {
    pub samples: *mut f32,
    pub batch: usize,
    pub channels: usize,
    pub frames: usize,
}

/// `nn_torch_watch`: only ever behind a pointer.
#[repr(C)]
pub struct RawWatch {
    _opaque: [u8; 0],
}

/// `nn_torch_order`.
#[repr(C)]
pub struct RawOrder {
    pub hz: i64,
    pub sounds: Items<Input>,
    pub numbers: Items<f32>,
    pub frames: usize,
    pub texts: Items<Text>,
    pub tokens: Items<Items<i64>>,
}

/// `nn_torch_value`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct RawValue {
    pub kind: u32,
    pub whole: i64,
    pub number: f64,
    pub text: Text,
    pub samples: *const f32,
    pub channels: usize,
    pub frames: usize,
}

/// `nn_torch_kernel_figures`.
#[repr(C)]
#[derive(Default)]
pub struct RawKernelFigures {
    pub packs: u64,
    pub packed_bytes: u64,
    pub taken: u64,
    pub left: u64,
}

/// `NN_TORCH_WARNED`.
pub const WARNED: u32 = 1;

/// `nn_torch_said`.
#[repr(C)]
pub struct RawPrinted {
    pub count: u64,
    pub length: usize,
    pub kind: u32,
    pub cut: u32,
    pub text: [u8; 256],
}

/// `nn_torch_site`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct RawSite {
    pub path: Text,
    pub operator: Text,
    pub runs: u64,
    pub ns: u64,
    pub allocations: u64,
    pub allocated_bytes: u64,
    pub products: u64,
    pub weight_bytes: u64,
    pub sample_bytes: u64,
    pub in_channels: u64,
    pub out_channels: u64,
    pub kernel: u64,
    pub stride: u64,
    pub dilation: u64,
    pub groups: u64,
    pub out_frames: u64,
    pub convolution: u32,
    pub transposed: u32,
}

/// `nn_torch_moment`.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct RawMoment {
    pub ns: u64,
    pub bytes: i64,
}

/// `nn_torch_profile`.
#[repr(C)]
pub struct RawProfile {
    pub sites: Items<RawSite>,
    pub total_ns: u64,
    pub peak_bytes: u64,
    pub moments: Items<RawMoment>,
}

/// `nn_torch_ceilings`.
#[repr(C)]
#[derive(Default)]
pub struct RawCeilings {
    pub memory_bytes_per_s: f64,
    pub memory_bytes: u64,
    pub set_bytes_per_s: f64,
    pub set_bytes: u64,
    pub products_per_s: f64,
    pub lanes: u64,
}

/// `nn_torch_table`.
#[repr(C)]
pub struct Table {
    pub abi_version: u32,
    pub struct_bytes: u32,
    pub torch_version: *const c_char,
    pub init: unsafe extern "C" fn(*const Items<Text>, *const Items<Text>, *mut Message) -> Status,
    pub load: unsafe extern "C" fn(*mut RawImage, u8, u8, *mut *mut RawModel, *mut Message) -> Status,
    pub free: unsafe extern "C" fn(*mut RawModel),
    pub describe: unsafe extern "C" fn(*const RawModel) -> *const Description,
    pub run: unsafe extern "C" fn(*mut RawModel, usize, *const Input, *const Output, *mut Message) -> Status,
    pub set_attribute:
        unsafe extern "C" fn(*mut RawModel, usize, *const RawValue, usize, *mut i64, *mut Message) -> Status,
    pub get_attribute:
        unsafe extern "C" fn(*mut RawModel, usize, *mut *const RawValue, *mut usize, *mut Message) -> Status,
    pub set_sample_rate: unsafe extern "C" fn(*mut RawModel, i64, *mut Message) -> Status,
    pub fork: unsafe extern "C" fn(*const RawModel, *mut *mut RawModel, *mut Message) -> Status,
    pub prepare_thread: unsafe extern "C" fn(u32, *mut Message) -> Status,
    pub fork_to: unsafe extern "C" fn(*const RawModel, u32, *mut *mut RawModel, *mut Message) -> Status,
    pub optimise: unsafe extern "C" fn(*mut RawModel, u8, *mut Message) -> Status,
    pub kernel_figures: unsafe extern "C" fn(*const RawModel, *mut RawKernelFigures, *mut Message) -> Status,
    pub lacks_operators: unsafe extern "C" fn(*const Text, usize, *mut u8, *mut Message) -> Status,
    pub seed: unsafe extern "C" fn(*mut RawModel, u64, *mut Message) -> Status,
    pub operators: unsafe extern "C" fn(*mut Text, usize, *mut usize, *mut Message) -> Status,
    pub take_printed: unsafe extern "C" fn(*mut RawPrinted, *mut Message) -> Status,
    pub image_new: unsafe extern "C" fn(usize, *mut *mut RawImage, *mut Message) -> Status,
    pub image_free: unsafe extern "C" fn(*mut RawImage),
    pub image_write: unsafe extern "C" fn(*mut RawImage, usize, *const u8, usize, *mut Message) -> Status,
    pub image_read: unsafe extern "C" fn(*const RawImage, usize, *mut u8, usize, *mut Message) -> Status,
    pub note_written: unsafe extern "C" fn(*const RawModel, usize, *mut Message) -> Status,
    pub own_written: unsafe extern "C" fn(*mut RawModel, usize, *mut Message) -> Status,
    pub copies_fit: unsafe extern "C" fn(*const RawModel, *mut u8, *mut Message) -> Status,
    pub disk_bytes: unsafe extern "C" fn(*const RawModel, *mut usize, *mut Message) -> Status,
    pub move_to_disk: unsafe extern "C" fn(*mut RawModel, i64, *mut u8, *mut Message) -> Status,
    pub profile: unsafe extern "C" fn(
        *mut RawModel,
        usize,
        *const Input,
        *const Output,
        *mut RawProfile,
        *mut Message,
    ) -> Status,
    pub ceilings: unsafe extern "C" fn(usize, *mut RawCeilings, *mut Message) -> Status,
    pub configure: unsafe extern "C" fn(*mut RawModel, i64, i64, *mut i64, *mut Message) -> Status,
    pub generate: unsafe extern "C" fn(
        *mut RawModel,
        *const RawOrder,
        *mut *const Input,
        *mut usize,
        *mut Message,
    ) -> Status,
    pub watch_new: unsafe extern "C" fn(*const RawModel, *mut *mut RawWatch, *mut Message) -> Status,
    pub watch_free: unsafe extern "C" fn(*mut RawWatch),
    pub watch_percent: unsafe extern "C" fn(*const RawWatch) -> f64,
    pub watch_stop: unsafe extern "C" fn(*const RawWatch) -> u8,
}

// The same numbers stand as static assertions in `shim/api.cpp`: a change on one side alone does not compile.
#[cfg(target_pointer_width = "64")]
const _: () = {
    assert!(size_of::<Method>() == 64);
    assert!(size_of::<Attribute>() == 32);
    assert!(size_of::<Description>() == 80);
    assert!(std::mem::offset_of!(Description, sample_rate_hz) == 48);
    assert!(size_of::<Input>() == 32 && size_of::<Output>() == 32);
    assert!(size_of::<RawValue>() == 64);
    assert!(std::mem::offset_of!(RawValue, samples) == 40);
    assert!(size_of::<RawKernelFigures>() == 32);
    assert!(size_of::<RawPrinted>() == 280);
    assert!(size_of::<RawSite>() == 152 && size_of::<RawMoment>() == 16);
    assert!(size_of::<RawProfile>() == 48 && size_of::<RawCeilings>() == 48);
    assert!(size_of::<RawOrder>() == 80);
    assert!(size_of::<Table>() == 288);
};
