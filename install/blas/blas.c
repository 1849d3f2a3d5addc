/* The functions of BLAS that libtorch_cpu for Linux on ARM asks of NVIDIA's library, passed on to OpenBLAS.
 *
 * OpenBLAS has them under the same names with "scipy_" before, with the same arguments, so a jump is enough. */
#define PASS_ON(name)                      \
    __asm__(".text\n"                      \
            ".globl " #name "\n"           \
            ".type " #name ", %function\n" \
            #name ": b scipy_" #name "\n");

PASS_ON(caxpy_)
PASS_ON(cblas_cdotc_sub)
PASS_ON(cblas_cdotu_sub)
PASS_ON(cblas_sdot)
PASS_ON(cblas_zdotc_sub)
PASS_ON(cblas_zdotu_sub)
PASS_ON(ccopy_)
PASS_ON(cgemm_)
PASS_ON(ctrsm_)
PASS_ON(daxpy_)
PASS_ON(dcopy_)
PASS_ON(ddot_)
PASS_ON(dgemm_)
PASS_ON(dgemv_)
PASS_ON(dscal_)
PASS_ON(dtrsm_)
PASS_ON(saxpy_)
PASS_ON(scopy_)
PASS_ON(sgemm_)
PASS_ON(sgemv_)
PASS_ON(sscal_)
PASS_ON(strsm_)
PASS_ON(zaxpy_)
PASS_ON(zcopy_)
PASS_ON(zgemm_)
PASS_ON(ztrsm_)

void scipy_openblas_set_num_threads(int count);

/* Boxes compute on one thread each; what is left of OpenBLAS' own threads would only sleep. */
__attribute__((constructor)) static void one_thread(void) {
    scipy_openblas_set_num_threads(1);
}
