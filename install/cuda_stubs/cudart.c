/* What libtorch_cpu asks of NVIDIA's runtime library, answered as on a machine without a device.
 *
 * The Linux builds of libtorch_cpu are linked against it although only the profiler calls it. */
#include <stddef.h>

enum { no_device = 100 };

int cudaDeviceSynchronize(void) { return no_device; }

int cudaDriverGetVersion(int *version) {
    if (version != NULL) *version = 0;
    return no_device;
}

int cudaGetDeviceCount(int *count) {
    if (count != NULL) *count = 0;
    return no_device;
}

int cudaGetDeviceProperties(void *properties, int device) {
    (void)properties;
    (void)device;
    return no_device;
}

const char *cudaGetErrorString(int error) {
    (void)error;
    return "this build of libtorch runs on the CPU only";
}

int cudaRuntimeGetVersion(int *version) {
    if (version != NULL) *version = 0;
    return no_device;
}
