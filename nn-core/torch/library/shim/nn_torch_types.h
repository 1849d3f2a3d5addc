/* What goes through the table of nn_torch.h: status codes and structures. */
#ifndef NN_TORCH_TYPES_H
#define NN_TORCH_TYPES_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef int32_t nn_torch_status;

/* Done. */
#define NN_TORCH_OK 0
/* libtorch or the model raised; the message says what. */
#define NN_TORCH_THREW 1
/* The method answered something else than one tensor of real numbers; the message names what. */
#define NN_TORCH_NOT_A_TENSOR 2
/* The method answered a tensor of another shape; the message holds that shape, as in "[1, 2, 300]". */
#define NN_TORCH_WRONG_SHAPE 3
/* The model lacks the setter or getter; the message holds its name. */
#define NN_TORCH_NO_ACCESSOR 4
/* The getter answered something that is no value of the declared types; the message names what. */
#define NN_TORCH_ANSWER 5
/* The caller broke this contract: an index out of range, a null pointer, a wrong number of values. */
#define NN_TORCH_MISUSE 6
/* The code of the file calls what models may not: the message holds the operator ("aten::from_file") or the class of
 * C++, and in a second line the function that calls it ("Model.forward"). */
#define NN_TORCH_REFUSED 7
/* The setter answered that it does not want the values; the message holds the words that it compares with, separated by
 * commas, as far as they are seen in its code. */
#define NN_TORCH_DECLINED 8

/* A loaded model. */
typedef struct nn_torch_model nn_torch_model;

/* The bytes of a file, in memory that models of it share. */
typedef struct nn_torch_image nn_torch_image;

/* Looks at a generator while it works. */
typedef struct nn_torch_watch nn_torch_watch;

/* Where a text for the user is written. */
typedef struct nn_torch_message {
  char *text;
  size_t capacity_bytes;
} nn_torch_message;

/* UTF-8, not NUL-terminated. */
typedef struct nn_torch_text {
  const char *bytes;
  size_t length;
} nn_torch_text;

/* Several texts. */
typedef struct nn_torch_texts {
  const nn_torch_text *items;
  size_t count;
} nn_torch_texts;

/* Several whole numbers. */
typedef struct nn_torch_numbers {
  const int64_t *items;
  size_t count;
} nn_torch_numbers;

/* A method with `<name>_params`. The numbers are what the file says, unchecked. */
typedef struct nn_torch_method {
  nn_torch_text name;
  nn_torch_numbers params;
  nn_torch_texts input_labels;
  nn_torch_texts output_labels;
} nn_torch_method;

/* An attribute with `<name>_params`. The type codes are what the file says, unchecked. */
typedef struct nn_torch_attribute {
  nn_torch_text name;
  nn_torch_numbers types;
} nn_torch_attribute;

/* What a model says about itself. */
typedef struct nn_torch_description {
  const nn_torch_method *methods;
  size_t method_count;
  const nn_torch_attribute *attributes;
  size_t attribute_count;
  /* Names of all methods of the module, usable or not: for the message that nothing is usable. */
  nn_torch_texts module_methods;
  /* The rate for which the model was made; 0 or negative when it does not say or takes any. */
  int64_t sample_rate_hz;
  /* 1 when the model has set_sample_rate. */
  uint8_t takes_sample_rate;
  /* Methods that are listed and have `<name>_params` but no code: they cannot be run, their ratios count. */
  const nn_torch_method *announced;
  size_t announced_count;
} nn_torch_description;

/* Samples [batch, channels, frames], row-major, contiguous, that a model reads. */
typedef struct nn_torch_input {
  const float *samples;
  size_t batch;
  size_t channels;
  size_t frames;
} nn_torch_input;

/* Samples [batch, channels, frames], row-major, contiguous, that a model writes. */
typedef struct nn_torch_output {
  float *samples;
  size_t batch;
  size_t channels;
  size_t frames;
} nn_torch_output;

/* What a generator is to make. */
typedef struct nn_torch_order {
  /* The rate of its sounds and of those that it makes, in Hz. */
  int64_t hz;
  /* Sounds that it takes, each of batch 1. */
  const nn_torch_input *sounds;
  size_t sound_count;
  /* Its parameters that are numbers, from 0 to 1, each held for so many frames. */
  const float *numbers;
  size_t number_count;
  size_t frames;
  /* Its parameters that are words. */
  nn_torch_texts texts;
  /* Its parameters that are lists of whole numbers. */
  const nn_torch_numbers *tokens;
  size_t token_count;
} nn_torch_order;

/* No sound of a generator has more samples, all channels together: 50 minutes at 44.1 kHz in one channel. */
#define NN_TORCH_MOST_SAMPLES (1u << 27)

/* Type codes of values: those of `<attribute>_params`. */
#define NN_TORCH_BOOL 0u
#define NN_TORCH_INT 1u
#define NN_TORCH_FLOAT 2u
#define NN_TORCH_STRING 3u
#define NN_TORCH_TENSOR 4u
#define NN_TORCH_BUFFER 5u

/* The processor. */
#define NN_TORCH_CPU 0u
/* The first GPU that libtorch can use: CUDA, otherwise MPS. */
#define NN_TORCH_GPU 1u

/* One value of an attribute. Only the fields of its type mean something. */
typedef struct nn_torch_value {
  uint32_t type;
  /* int; bool as 0 or 1; buffer: its rate in Hz. */
  int64_t whole;
  /* float. */
  double number;
  /* string. */
  nn_torch_text text;
  /* tensor: [frames], channels = 1; buffer: [channels, frames]. */
  const float *samples;
  size_t channels;
  size_t frames;
} nn_torch_value;

/* What our own kernels do for a model. */
typedef struct nn_torch_kernel_figures {
  /* Weights packed for the kernels, shared by all forks, and the bytes that they take. */
  uint64_t packs;
  uint64_t packed_bytes;
  /* Convolutions that the kernels computed for this very model, and those that were left to libtorch. */
  uint64_t taken;
  uint64_t left;
} nn_torch_kernel_figures;

/* Kinds of what a model says. */
#define NN_TORCH_PRINTED 0u
#define NN_TORCH_WARNED 1u

/* How much of a text is kept. */
#define NN_TORCH_SAID_BYTES 256

/* What models printed, and of what they or libtorch warned. */
typedef struct nn_torch_said {
  /* How often. */
  uint64_t count;
  /* The first text, as it came, without line ends behind it: UTF-8 unless the model says something else. */
  size_t length;
  uint32_t kind;
  /* 1 when there was more of it. */
  uint32_t cut;
  char text[NN_TORCH_SAID_BYTES];
} nn_torch_said;

/* Who computed a convolution, or why it was left to libtorch. */
#define NN_TORCH_NO_CONVOLUTION 0u
#define NN_TORCH_CONVOLUTION_TAKEN 1u
/* The kernels are off. */
#define NN_TORCH_CONVOLUTION_OFF 2u
/* Input, weights or bias are not plain float32 on the processor. */
#define NN_TORCH_CONVOLUTION_TYPE 3u
/* It is not one-dimensional. */
#define NN_TORCH_CONVOLUTION_DIMENSIONS 4u
/* Its channels do not fit. */
#define NN_TORCH_CONVOLUTION_SHAPE 5u
/* Its weights are no parameter, and too large to be compared at every call. */
#define NN_TORCH_CONVOLUTION_LARGE 6u
/* Its weights are no parameter, and were not seen before. */
#define NN_TORCH_CONVOLUTION_NEW 7u
/* Its weights keep changing. */
#define NN_TORCH_CONVOLUTION_CHANGES 8u
/* Groups with fewer than four outputs. */
#define NN_TORCH_CONVOLUTION_GROUPS 9u
/* Transposed, with few outputs. */
#define NN_TORCH_CONVOLUTION_FEW 10u
/* A weight is not finite. */
#define NN_TORCH_CONVOLUTION_NOT_FINITE 11u
/* libtorch is faster for so many frames. */
#define NN_TORCH_CONVOLUTION_FRAMES 12u
/* The kernels failed, for want of memory or otherwise. */
#define NN_TORCH_CONVOLUTION_FAILED 13u

/* An operator of a module, and what it did in a call. */
typedef struct nn_torch_site {
  /* The module ("decoder.net.1", empty for the model itself) and the operator ("aten::conv1d"). The first two sites are
   * no operators: "interpreter" is everything between them, "copies" the samples on their way in and out. */
  nn_torch_text path;
  nn_torch_text op;
  uint64_t runs;
  uint64_t ns;
  /* Tensors that were allocated. */
  uint64_t allocations;
  uint64_t allocated_bytes;
  /* Of convolutions, matrix products and recurrent layers: multiplications, each with its addition; bytes of weights,
   * and of all else that is read and written. */
  uint64_t products;
  uint64_t weight_bytes;
  uint64_t sample_bytes;
  /* Of a convolution. */
  uint64_t in_channels;
  uint64_t out_channels;
  uint64_t kernel;
  uint64_t stride;
  uint64_t dilation;
  uint64_t groups;
  uint64_t out_frames;
  /* NN_TORCH_CONVOLUTION_TAKEN and so on. */
  uint32_t convolution;
  uint32_t transposed;
} nn_torch_site;

/* How much memory of tensors a call held at a time, more than at its beginning. */
typedef struct nn_torch_moment {
  uint64_t ns;
  int64_t bytes;
} nn_torch_moment;

/* What a call did. The times of all sites add up to that of the whole. */
typedef struct nn_torch_profile {
  const nn_torch_site *sites;
  size_t site_count;
  uint64_t total_ns;
  /* The most memory of tensors that it held, more than at its beginning. */
  uint64_t peak_bytes;
  const nn_torch_moment *moments;
  size_t moment_count;
} nn_torch_profile;

/* What this processor can do at most, on one thread: measured. */
typedef struct nn_torch_ceilings {
  /* Bytes read in a second of memory that no cache holds, and how much that was. */
  double memory_bytes_per_s;
  uint64_t memory_bytes;
  /* The same of as many bytes as was asked for, read again and again. */
  double set_bytes_per_s;
  uint64_t set_bytes;
  /* Multiplications, each with its addition, in a second, and how many one register does at once. */
  double products_per_s;
  uint64_t lanes;
} nn_torch_ceilings;

#ifdef __cplusplus
}
#endif
#endif
