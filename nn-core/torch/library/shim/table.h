// The functions of the table, one file per job.
#pragma once

#include "nn_torch.h"

namespace nn {

nn_torch_status init(const nn_torch_texts *allowed, const nn_torch_texts *refused, nn_torch_message *message) noexcept;
nn_torch_status load(nn_torch_image *image, uint8_t all_operators, uint8_t stored, nn_torch_model **model,
                     nn_torch_message *message) noexcept;
void free(nn_torch_model *model) noexcept;
const nn_torch_description *describe(const nn_torch_model *model) noexcept;
nn_torch_status run(nn_torch_model *model, size_t method, const nn_torch_input *input, const nn_torch_output *output,
                    nn_torch_message *message) noexcept;
nn_torch_status set_attribute(nn_torch_model *model, size_t attribute, const nn_torch_value *values, size_t count,
                              int64_t *code, nn_torch_message *message) noexcept;
nn_torch_status get_attribute(nn_torch_model *model, size_t attribute, const nn_torch_value **values, size_t *count,
                              nn_torch_message *message) noexcept;
nn_torch_status set_sample_rate(nn_torch_model *model, int64_t hz, nn_torch_message *message) noexcept;
nn_torch_status fork(const nn_torch_model *model, nn_torch_model **copy, nn_torch_message *message) noexcept;
nn_torch_status fork_to(const nn_torch_model *model, uint32_t device, nn_torch_model **copy,
                        nn_torch_message *message) noexcept;
nn_torch_status prepare_thread(uint32_t intra_op_threads, nn_torch_message *message) noexcept;
nn_torch_status optimise(nn_torch_model *model, uint8_t on, nn_torch_message *message) noexcept;
nn_torch_status kernel_figures(const nn_torch_model *model, nn_torch_kernel_figures *figures,
                               nn_torch_message *message) noexcept;
nn_torch_status lacks_operators(const nn_torch_text *names, size_t count, uint8_t *lacking,
                                nn_torch_message *message) noexcept;
nn_torch_status seed(nn_torch_model *model, uint64_t seed, nn_torch_message *message) noexcept;
nn_torch_status operators(nn_torch_text *names, size_t capacity, size_t *count, nn_torch_message *message) noexcept;
nn_torch_status take_said(nn_torch_said *said, nn_torch_message *message) noexcept;
nn_torch_status image_new(size_t length, nn_torch_image **image, nn_torch_message *message) noexcept;
void image_free(nn_torch_image *image) noexcept;
nn_torch_status image_write(nn_torch_image *image, size_t at, const uint8_t *bytes, size_t count,
                            nn_torch_message *message) noexcept;
nn_torch_status image_read(const nn_torch_image *image, size_t at, uint8_t *bytes, size_t count,
                           nn_torch_message *message) noexcept;
nn_torch_status note_written(const nn_torch_model *model, size_t method, nn_torch_message *message) noexcept;
nn_torch_status copies_fit(const nn_torch_model *model, uint8_t *fit, nn_torch_message *message) noexcept;
nn_torch_status disk_bytes(const nn_torch_model *model, size_t *count, nn_torch_message *message) noexcept;
nn_torch_status move_to_disk(nn_torch_model *model, int64_t file, uint8_t *moved, nn_torch_message *message) noexcept;
nn_torch_status profile(nn_torch_model *model, size_t method, const nn_torch_input *input, const nn_torch_output *output,
                        nn_torch_profile *profile, nn_torch_message *message) noexcept;
nn_torch_status ceilings(size_t set_bytes, nn_torch_ceilings *ceilings, nn_torch_message *message) noexcept;
nn_torch_status configure(nn_torch_model *model, int64_t hz, int64_t frames, int64_t *delay,
                          nn_torch_message *message) noexcept;
nn_torch_status generate(nn_torch_model *model, const nn_torch_order *order, const nn_torch_input **made, size_t *count,
                         nn_torch_message *message) noexcept;
nn_torch_status watch_new(const nn_torch_model *model, nn_torch_watch **watch, nn_torch_message *message) noexcept;
void watch_free(nn_torch_watch *watch) noexcept;
double watch_percent(const nn_torch_watch *watch) noexcept;
uint8_t watch_stop(const nn_torch_watch *watch) noexcept;
nn_torch_status own_written(nn_torch_model *model, size_t method, nn_torch_message *message) noexcept;

} // namespace nn
