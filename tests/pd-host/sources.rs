//! Where Pure Data's C sources are, and how all of its hosts here compile them.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Package that carries the sources.
const SOURCES: &str = "libpd-sys";

/// Pd itself, but for [`SPECIAL`].
pub const PD: &str = "d_arithmetic d_array d_ctl d_dac d_delay d_fft d_fft_fftsg d_filter d_global d_math \
    d_misc d_osc d_resample d_soundfile d_soundfile_aiff d_soundfile_caf d_soundfile_next \
    d_soundfile_wave g_all_guis g_array g_bang g_canvas g_clone g_editor g_editor_extras g_graph \
    g_guiconnect g_io g_mycanvas g_numbox g_radio g_readwrite g_rtext g_scalar g_slider g_template \
    g_text g_toggle g_traversal g_undo g_vumeter m_atom m_binbuf m_class m_conf m_glob m_memory m_obj \
    m_pd s_audio s_audio_dummy s_inter s_inter_gui s_loader s_main s_net s_path s_print s_utf8 \
    x_acoustics x_arithmetic x_array x_connective x_file x_gui x_interface x_list x_midi x_misc x_net \
    x_scalar x_text x_time x_vexp x_vexp_fun x_vexp_if";

/// libpd, the part that replaces Pd's audio drivers and window.
pub const WRAPPER: &str = "s_libpdmidi x_libpdreceive z_hooks z_libpd";

/// The rest of it, which one host builds with renamed functions.
#[allow(dead_code, reason = "that host names them one by one")]
pub const SPECIAL: &str = "m_sched d_ugen";

/// The folders of Pd and of libpd's wrapper.
pub fn folders() -> (PathBuf, PathBuf) {
    let libpd = sources_folder().join("libpd");
    (libpd.join("pure-data").join("src"), libpd.join("libpd_wrapper"))
}

/// A compiler for what knows Pd's headers.
pub fn compiler(pd: &Path, wrapper: &Path) -> cc::Build {
    let mut build = cc::Build::new();
    build.include(pd).include(wrapper).std("gnu11").opt_level(2).debug(true).pic(true);
    build.define("_GNU_SOURCE", None).define("PD", "1");
    build
}

/// A compiler for Pd itself.
pub fn pd_compiler(pd: &Path, wrapper: &Path) -> cc::Build {
    let mut build = compiler(pd, wrapper);
    for name in
        ["PD_INTERNAL", "USEAPI_DUMMY", "HAVE_UNISTD_H", "HAVE_ALLOCA_H", "HAVE_ENDIAN_H", "HAVE_LIBDL"]
    {
        build.define(name, "1");
    }
    build.warnings(false).flag("-w").flag("-fno-strict-aliasing");
    build
}

/// Files of a folder by their names.
pub fn c_files(folder: &Path, names: &str) -> Vec<PathBuf> {
    names.split_whitespace().map(|name| folder.join(name).with_extension("c")).collect()
}

/// Where cargo unpacked the sources. `cargo metadata` fetches packages for all conditions, also for
/// one that never holds; without the network it is answered from what is already there.
fn sources_folder() -> PathBuf {
    let answer = metadata(true).or_else(|_| metadata(false)).unwrap_or_else(|why| {
        panic!("the sources of Pure Data (crate {SOURCES}) could not be fetched: {why}")
    });
    let tree: serde_json::Value = serde_json::from_slice(&answer).expect("cargo metadata answers in JSON");
    let packages = tree["packages"].as_array().expect("cargo metadata lists packages");
    let package = packages.iter().find(|package| package["name"] == SOURCES);
    let manifest = package.and_then(|package| package["manifest_path"].as_str());
    let manifest = manifest.unwrap_or_else(|| panic!("cargo metadata does not list {SOURCES}"));
    Path::new(manifest).parent().expect("a manifest lies in a folder").to_path_buf()
}

fn metadata(offline: bool) -> Result<Vec<u8>, String> {
    let cargo = std::env::var_os("CARGO").expect("cargo sets CARGO");
    let mut command = Command::new(cargo);
    command.args(["metadata", "--format-version", "1", "--locked"]);
    if offline {
        command.arg("--offline");
    }
    let output = command.output().map_err(|why| why.to_string())?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    Err(String::from_utf8_lossy(&output.stderr).into_owned())
}
