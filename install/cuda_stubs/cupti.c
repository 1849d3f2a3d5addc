/* What libtorch_cpu asks of NVIDIA's profiling library, answered as when it could not start.
 *
 * The Linux builds of libtorch_cpu are linked against it although only the profiler calls it. */
#include <stddef.h>
#include <stdint.h>

enum { not_initialized = 15 };

/* Functions whose arguments carry nothing back: callers only look at the status. */
#define REFUSED(name) \
    int name(void) { return not_initialized; }

REFUSED(cuptiActivityDisable)
REFUSED(cuptiActivityEnable)
REFUSED(cuptiActivityEnableCudaEventDeviceTimestamps)
REFUSED(cuptiActivityEnableDriverApi)
REFUSED(cuptiActivityEnableRuntimeApi)
REFUSED(cuptiActivityFlushAll)
REFUSED(cuptiActivityPushExternalCorrelationId)
REFUSED(cuptiActivityRegisterCallbacks)
REFUSED(cuptiActivityRegisterTimestampCallback)
REFUSED(cuptiActivitySetAttribute)
REFUSED(cuptiEnableCallback)
REFUSED(cuptiEnableDomain)
REFUSED(cuptiFinalize)
REFUSED(cuptiUnsubscribe)

/* Functions that answer through a pointer. */
int cuptiActivityGetNextRecord(uint8_t *buffer, size_t valid_bytes, void **record) {
    (void)buffer;
    (void)valid_bytes;
    if (record != NULL) *record = NULL;
    return not_initialized;
}

int cuptiActivityGetNumDroppedRecords(void *context, uint32_t stream, size_t *dropped) {
    (void)context;
    (void)stream;
    if (dropped != NULL) *dropped = 0;
    return not_initialized;
}

int cuptiActivityPopExternalCorrelationId(int kind, uint64_t *last) {
    (void)kind;
    if (last != NULL) *last = 0;
    return not_initialized;
}

int cuptiGetCallbackName(int domain, uint32_t callback, const char **name) {
    (void)domain;
    (void)callback;
    if (name != NULL) *name = "unknown";
    return not_initialized;
}

int cuptiGetResultString(int result, const char **text) {
    (void)result;
    if (text != NULL) *text = "this build of libtorch runs on the CPU only";
    return 0;
}

int cuptiGetVersion(uint32_t *version) {
    if (version != NULL) *version = 0;
    return not_initialized;
}

int cuptiSubscribe(void **subscriber, void *callback, void *user_data) {
    (void)callback;
    (void)user_data;
    if (subscriber != NULL) *subscriber = NULL;
    return not_initialized;
}
