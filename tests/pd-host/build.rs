//! Compiles Pure Data 0.55.2 from the C sources inside the crate `libpd-sys`, as users run it:
//! 32-bit samples, one instance, externals loaded with `dlopen`.

use std::path::{Path, PathBuf};
use std::process::Command;

/// Package that carries the sources.
const SOURCES: &str = "libpd-sys";

/// Pd itself. `m_sched` and `d_ugen` are missing here: they are built with renamed functions.
const PD: &str = "d_arithmetic d_array d_ctl d_dac d_delay d_fft d_fft_fftsg d_filter d_global d_math \
    d_misc d_osc d_resample d_soundfile d_soundfile_aiff d_soundfile_caf d_soundfile_next \
    d_soundfile_wave g_all_guis g_array g_bang g_canvas g_clone g_editor g_editor_extras g_graph \
    g_guiconnect g_io g_mycanvas g_numbox g_radio g_readwrite g_rtext g_scalar g_slider g_template \
    g_text g_toggle g_traversal g_undo g_vumeter m_atom m_binbuf m_class m_conf m_glob m_memory m_obj \
    m_pd s_audio s_audio_dummy s_inter s_inter_gui s_loader s_main s_net s_path s_print s_utf8 \
    x_acoustics x_arithmetic x_array x_connective x_file x_gui x_interface x_list x_midi x_misc x_net \
    x_scalar x_text x_time x_vexp x_vexp_fun x_vexp_if";

/// libpd, the part that replaces Pd's audio drivers and window.
const WRAPPER: &str = "s_libpdmidi x_libpdreceive z_hooks z_libpd";

/// This host's own C files.
const HOST: &str = "host_alloc host_count host_dsp_add host_naughty host_patch host_print host_system host_threads host_tick";

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed=c");
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() != Ok("linux") {
        return;
    }
    let libpd = sources_folder().join("libpd");
    let pd = libpd.join("pure-data").join("src");
    let wrapper = libpd.join("libpd_wrapper");

    let mut objects = Vec::new();
    let mut plain = pd_compiler(&pd, &wrapper);
    plain.files(c_files(&pd, PD)).files(c_files(&wrapper, WRAPPER));
    objects.extend(plain.compile_intermediates());

    // The scheduler calls the host's tick, which calls Pd's: so time and calls are taken from inside
    // the audio callback only, not from Pd's clocks.
    let mut scheduler = pd_compiler(&pd, &wrapper);
    scheduler.define("dsp_tick", "host_dsp_tick").file(pd.join("m_sched.c"));
    objects.extend(scheduler.compile_intermediates());

    // The host exports its own `dsp_add`, so that an external's perform routine can be timed.
    let mut graph = pd_compiler(&pd, &wrapper);
    graph.define("dsp_add", "host_pd_dsp_add").define("dsp_addv", "host_pd_dsp_addv");
    objects.extend(graph.file(pd.join("d_ugen.c")).compile_intermediates());

    // Whole: an external may call any function of Pd, also one that the host never calls.
    let mut host = compiler(&pd, &wrapper);
    host.flag("-fno-builtin").flag("-U_FORTIFY_SOURCE").flag("-Wno-cast-function-type").warnings(true);
    host.link_lib_modifier("+whole-archive");
    host.files(c_files(Path::new("c"), HOST)).objects(objects).compile("pd_host_c");
    println!("cargo:rustc-link-arg-bins=-rdynamic");
    println!("cargo:rustc-link-lib=m");
    println!("cargo:rustc-link-lib=dl");
    println!("cargo:rustc-link-lib=pthread");
    println!("cargo:rustc-env=PD_SOURCES={}", pd.display());
}

fn compiler(pd: &Path, wrapper: &Path) -> cc::Build {
    let mut build = cc::Build::new();
    build.include(pd).include(wrapper).std("gnu11").opt_level(2).debug(true).pic(true);
    build.define("_GNU_SOURCE", None).define("PD", "1");
    build
}

fn pd_compiler(pd: &Path, wrapper: &Path) -> cc::Build {
    let mut build = compiler(pd, wrapper);
    for name in
        ["PD_INTERNAL", "USEAPI_DUMMY", "HAVE_UNISTD_H", "HAVE_ALLOCA_H", "HAVE_ENDIAN_H", "HAVE_LIBDL"]
    {
        build.define(name, "1");
    }
    build.warnings(false).flag("-w").flag("-fno-strict-aliasing");
    build
}

fn c_files(folder: &Path, names: &str) -> Vec<PathBuf> {
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
