#!/usr/bin/env bash
# nn_torch for Windows without Microsoft's compiler, and a program that runs models with it: into FOLDER.
#
#   build.sh FOLDER STL HEADERS LIBTORCH
#
# README.md says where the other three are from.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
project=$(cd "$here/../../.." && pwd)
mkdir -p "$1"
folder=$(cd "$1" && pwd) stl=$2 headers=$3 libtorch=$(cd "$4" && pwd)
wine=/usr/lib/x86_64-linux-gnu/wine/x86_64-windows
target=x86_64-pc-windows-gnu gcc=x86_64-w64-mingw32-gcc-posix

compile() {
    clang++-22 --target=x86_64-pc-windows-msvc19.50 -fms-extensions -fms-compatibility -nostdinc++ -nostdlibinc -w \
        "-DNN_INTRIN_OF_CLANG=\"$(clang++-22 -print-resource-dir)/include/intrin.h\"" \
        -D_UCRT -D_MT -D_DLL -DNOMINMAX -D_USE_STD_VECTOR_ALGORITHMS=0 -D__CLANG_MAX_ALIGN_T_DEFINED \
        -std=c++20 -O1 -fexceptions -fcxx-exceptions -I "$here/msvc" -isystem "$stl/stl/inc" -isystem "$headers" \
        -isystem "$libtorch/include" -isystem "$libtorch/include/torch/csrc/api/include" -c "$1" -o "$2"
}

cd "$folder"
# The shim in one piece: the headers of libtorch take longest.
printf '#include "%s"\n' "$project"/nn-core/torch/library/shim/*.cpp > shim.cpp
compile shim.cpp shim.obj
compile "$here/runtime.cpp" runtime.obj

# What Microsoft's runtime exports, by the names that wine's own has.
for name in msvcp140 vcruntime140 vcruntime140_1 ucrtbase; do
    { printf 'LIBRARY %s.dll\nEXPORTS\n' $name; llvm-readobj-22 --coff-exports "$wine/$name.dll" | sed -n 's/^ *Name: \(..*\)/\1/p'; } > $name.def
    llvm-dlltool-22 -m i386:x86-64 -d $name.def -l $name.lib
done
mkdir -p run/libtorch/lib
lld-link-22 /dll /out:run/nn_torch_shim.dll /implib:nn_torch_shim.lib /entry:_DllMainCRTStartup /nodefaultlib \
    /export:nn_torch_table_address shim.obj runtime.obj "$libtorch/lib/torch_cpu.lib" "$libtorch/lib/c10.lib" \
    msvcp140.lib vcruntime140.lib vcruntime140_1.lib ucrtbase.lib /usr/x86_64-w64-mingw32/lib/libkernel32.a

# The half in Rust: as xtask/src/windows/tools.rs builds.
export RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1
library=$($RUSTC --print sysroot)/lib/rustlib/src/rust/library
for name in rsbegin rsend; do
    $RUSTC --target $target --emit=obj -o $name.o "$library/rtstartup/$name.rs"
done
unset CARGO RUSTUP_TOOLCHAIN RUSTFLAGS CARGO_ENCODED_RUSTFLAGS
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_LINKER=$gcc CC_x86_64_pc_windows_gnu=$gcc
export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUSTFLAGS="-L native=$folder -l nn_torch_shim"
(cd "$here" && /usr/bin/cargo build --release --target $target --target-dir "$folder/target" -Zbuild-std=std,panic_unwind)
cp target/$target/release/{nn_torch.dll,worker_memory.exe} run
cp "$libtorch"/lib/*.dll run/libtorch/lib
