/* The library nn_torch: libtorch behind one table of C functions.
 *
 * The externals never link libtorch. They open this library when the first model is loaded, ask it for its table
 * with nn_torch_api(), and call through that. The Rust mirror of this file and of nn_torch_types.h is
 * torch/client/src/abi.rs: all change together, with NN_TORCH_ABI_VERSION.
 *
 * Rules that hold for every function of the table:
 * - No exception leaves. The answer is a status; when it is not NN_TORCH_OK, a text for the user stands in `message`
 *   (NUL-terminated UTF-8, cut to its capacity). `message` may be null.
 * - A model is used by one thread at a time, whichever thread that is. Different models may run at the same time.
 * - What a function answers through a pointer belongs to the model and lives until the next call on that model,
 *   a description until the model is freed.
 * - Memory that the caller passes in is only read or written during the call: nothing of it is kept.
 */
#ifndef NN_TORCH_H
#define NN_TORCH_H

#include <stddef.h>
#include <stdint.h>

#include "nn_torch_types.h"

#ifdef __cplusplus
extern "C" {
#define NN_TORCH_NOEXCEPT noexcept
#else
#define NN_TORCH_NOEXCEPT
#endif

#define NN_TORCH_ABI_VERSION 13u

/* The functions. New ones are added at the end, with a new version. */
typedef struct nn_torch_table {
  /* NN_TORCH_ABI_VERSION of the library. */
  uint32_t abi_version;
  /* sizeof(nn_torch_table) of the library. */
  uint32_t struct_bytes;
  /* The version of torch against which the library was compiled, NUL-terminated. */
  const char *torch_version;

  /* Makes everything of libtorch exist that lives as long as the process, by saving, loading and running a model of
   * a few lines. Once, before anything else; tens of milliseconds. `allowed`: the operators ("aten::add") that models
   * may call. `refused`: those that raise while a model calls, even where libtorch itself calls them for it. */
  nn_torch_status (*init)(const nn_torch_texts *allowed, const nn_torch_texts *refused,
                          nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Makes a model from the image of a TorchScript archive, which is used up: its tensors lie there, and forks share the
   * memory of large state until they write it. `stored`: 1 when no tensor of the archive is packed. Every function of the
   * file is held against the allowed operators before any of them runs (NN_TORCH_REFUSED), unless `all_operators` is 1. */
  nn_torch_status (*load)(nn_torch_image *image, uint8_t all_operators, uint8_t stored, nn_torch_model **model,
                          nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Ends a model; null is allowed. */
  void (*free)(nn_torch_model *model) NN_TORCH_NOEXCEPT;

  /* The description, which lives as long as the model. Never fails for a model that exists. */
  const nn_torch_description *(*describe)(const nn_torch_model *model) NN_TORCH_NOEXCEPT;

  /* Runs methods[method] of the description once. Input and output may have any batch that the model bears. */
  nn_torch_status (*run)(nn_torch_model *model, size_t method, const nn_torch_input *input,
                         const nn_torch_output *output, nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Calls the setter of attributes[attribute] with one value per type. `code` is its answer, 0 when it answers
   * nothing: anything but 0 means that the model refused. A buffer without samples unbinds the buffer. */
  nn_torch_status (*set_attribute)(nn_torch_model *model, size_t attribute, const nn_torch_value *values,
                                   size_t count, int64_t *code, nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Calls the getter of attributes[attribute]: one value per type. A buffer answers the text of its getter. */
  nn_torch_status (*get_attribute)(nn_torch_model *model, size_t attribute, const nn_torch_value **values,
                                   size_t *count, nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Calls set_sample_rate. */
  nn_torch_status (*set_sample_rate)(nn_torch_model *model, int64_t hz,
                                     nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* A second model: parameters and compiled code shared, everything else copied as it is now. */
  nn_torch_status (*fork)(const nn_torch_model *model, nn_torch_model **copy,
                          nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* What calls on the calling thread run with from now on: how many threads one may use, denormal numbers as zero.
   * After each call the thread is as it was before. */
  nn_torch_status (*prepare_thread)(uint32_t intra_op_threads, nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* A second model on a device (NN_TORCH_CPU, NN_TORCH_GPU), its state copied as it is now. Where the device is
   * another than the model's, parameters are copied too. */
  nn_torch_status (*fork_to)(const nn_torch_model *model, uint32_t device, nn_torch_model **copy,
                             nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Whether runs of this model may use our own kernels, 1 or 0. New models do unless the environment says
   * NN_OPTIMISE=0; forks do as their original. */
  nn_torch_status (*optimise)(nn_torch_model *model, uint8_t on, nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* What the kernels did so far. */
  nn_torch_status (*kernel_figures)(const nn_torch_model *model, nn_torch_kernel_figures *figures,
                                    nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Which operators ("aten::conv1d") this libtorch does not have: 1 for each that it lacks, otherwise 0. */
  nn_torch_status (*lacks_operators)(const nn_torch_text *names, size_t count, uint8_t *lacking,
                                     nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Begins the random numbers of this model anew, which nobody else draws from. A new model begins anywhere, a fork
   * where its original is. */
  nn_torch_status (*seed)(nn_torch_model *model, uint64_t seed, nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* The names of all operators that this libtorch has ("aten::add"), in any order: as many as `capacity` holds are
   * written, `count` says how many there are. They live as long as the process. */
  nn_torch_status (*operators)(nn_torch_text *names, size_t capacity, size_t *count,
                               nn_torch_message *message) NN_TORCH_NOEXCEPT;
  /* What was said during calls of this table on the calling thread since this was last asked there: none of it reaches
   * an output of the process. Takes no memory and waits for nobody. */
  nn_torch_status (*take_said)(nn_torch_said *said, nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Room for the bytes of a file: zeros, which take no memory until something else is written. One thread at a time. */
  nn_torch_status (*image_new)(size_t length, nn_torch_image **image, nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Ends an image; null is allowed. Models made of it keep what they need. */
  void (*image_free)(nn_torch_image *image) NN_TORCH_NOEXCEPT;

  /* Writes bytes at a place; each byte at most once, and none after a load. */
  nn_torch_status (*image_write)(nn_torch_image *image, size_t at, const uint8_t *bytes, size_t count,
                                 nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Reads bytes from a place. */
  nn_torch_status (*image_read)(const nn_torch_image *image, size_t at, uint8_t *bytes, size_t count,
                                nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Notes for all forks which memory of its state this copy has written, which has run this method only. */
  nn_torch_status (*note_written)(const nn_torch_model *model, size_t method,
                                  nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Gives a copy the memory beforehand that others were noted to write by this method: its first run then waits for
   * none. Nothing else changes. */
  nn_torch_status (*own_written)(nn_torch_model *model, size_t method, nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Whether the copies that a change takes (the one that goes, the one that comes, one to warm a thread up with) fit into the
   * memory that a model may take, as far as it is known from those that were noted: 1 or 0. */
  nn_torch_status (*copies_fit)(const nn_torch_model *model, uint8_t *fit, nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* For a model that has just been loaded, and of which there is no copy. How many bytes are to go into a file on a disk,
   * because its state as the file has it and a copy that writes all of it do not both fit into the memory that a model may
   * take; 0 when they do. */
  nn_torch_status (*disk_bytes)(const nn_torch_model *model, size_t *count, nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Moves those bytes there. `file` is a descriptor of an empty file that nobody else can reach. `moved` is 1 when it is
   * used up, and 0 where it could not be done: then nothing has changed. */
  nn_torch_status (*move_to_disk)(nn_torch_model *model, int64_t file, uint8_t *moved,
                                  nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* As run, on the processor, with a record of what it did; a little slower. The first one for a method takes longer, and
   * its record has none of that. Its sites with their texts, and its moments, live until the model is called again, by run
   * or by profile, or freed. */
  nn_torch_status (*profile)(nn_torch_model *model, size_t method, const nn_torch_input *input,
                             const nn_torch_output *output, nn_torch_profile *profile,
                             nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Measures what the processor can do, for up to a second. `set_bytes`: how much memory is read again and again. */
  nn_torch_status (*ceilings)(size_t set_bytes, nn_torch_ceilings *ceilings,
                              nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Of an effect: tells it the rate at which it runs, in Hz, and how many frames each run has. Its state begins anew.
   * `delay` becomes its own delay in frames, as it states it, -1 where it states none. */
  nn_torch_status (*configure)(nn_torch_model *model, int64_t hz, int64_t frames, int64_t *delay,
                               nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Of a generator: makes its sounds. `sounds` are those that it takes in the order's place, `made` those that it answers,
   * which live until the next call on that model; `count` is 0 where it was told to stop, and stopped. */
  nn_torch_status (*generate)(nn_torch_model *model, const nn_torch_order *order, const nn_torch_input **made,
                              size_t *count, nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* What tells from any thread, while a generator works, how far it is, and tells it to stop. It reads and writes nothing
   * but plain numbers of the model, and calls none of its code. Not while another call on the model than generate runs. */
  nn_torch_status (*watch_new)(const nn_torch_model *model, nn_torch_watch **watch,
                               nn_torch_message *message) NN_TORCH_NOEXCEPT;

  /* Ends it; null is allowed. It may outlive its model. */
  void (*watch_free)(nn_torch_watch *watch) NN_TORCH_NOEXCEPT;

  /* How much is done, in percent; NaN where the model does not tell it in a way that can be read beside it. */
  double (*watch_percent)(const nn_torch_watch *watch) NN_TORCH_NOEXCEPT;

  /* Asks it to stop: it looks when it likes. 0 where the model has nothing that can be told so, otherwise 1. What it was
   * told before it began it may have forgotten. */
  uint8_t (*watch_stop)(const nn_torch_watch *watch) NN_TORCH_NOEXCEPT;
} nn_torch_table;

#ifdef __cplusplus
}
#endif
#endif
