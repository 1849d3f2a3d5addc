// A part of it.
#pragma once
#include <intrin.h>
