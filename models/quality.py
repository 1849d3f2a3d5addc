"""How alike two sounds are: the correlation of their log-mel spectra.

Both sounds at 44100 Hz. Frames of 2048 samples (Hann) every 512, magnitudes scaled so that a full-scale sine peaks at 1,
summed in 80 triangular mel bands (mel = 2595 log10(1 + f / 700), 40 to 16000 Hz), natural log of (1e-4 + sum).
The figure is Pearson's correlation over all bands and frames, after the codec's delay is taken off.
"""

import numpy

RATE_HZ = 44100
WINDOW = 2048
HOP = 512
BANDS = 80


def mel_bands() -> numpy.ndarray:
    """Weights of the 80 bands over the bins of a 2048-point FFT: `[1025, 80]`."""

    def mel(hz):
        return 2595.0 * numpy.log10(1.0 + hz / 700.0)

    edges = 700.0 * (10.0 ** (numpy.linspace(mel(40.0), mel(16000.0), BANDS + 2) / 2595.0) - 1.0)
    hz = numpy.arange(WINDOW // 2 + 1)[:, None] * (RATE_HZ / WINDOW)
    rise = (hz - edges[:-2]) / (edges[1:-1] - edges[:-2])
    fall = (edges[2:] - hz) / (edges[2:] - edges[1:-1])
    return numpy.maximum(numpy.minimum(rise, fall), 0.0)


def log_mel(sound: numpy.ndarray) -> numpy.ndarray:
    """`[samples]` to `[frames, 80]`."""
    window = 0.5 - 0.5 * numpy.cos(2 * numpy.pi * numpy.arange(WINDOW) / WINDOW)
    views = numpy.lib.stride_tricks.sliding_window_view(sound, WINDOW)[::HOP]
    magnitudes = numpy.abs(numpy.fft.rfft(views * window, axis=1)) * 2 / window.sum()
    return numpy.log(1e-4 + magnitudes @ mel_bands())


def correlation(original: numpy.ndarray, result: numpy.ndarray, delay: int) -> float:
    """Log-mel correlation of `result` with `original`, `result` being `delay` samples late."""
    late = result[delay:]
    size = min(len(original), len(late))
    a, b = log_mel(original[:size]), log_mel(late[:size])
    return float(numpy.corrcoef(a.ravel(), b.ravel())[0, 1])


def measured_delay(original: numpy.ndarray, result: numpy.ndarray) -> int:
    """The delay, in samples (0 to 2048, in steps of 64), at which the envelopes of all mel bands agree best."""
    delays = range(0, 2049, 64)
    return max(delays, key=lambda delay: correlation(original, result, delay))
