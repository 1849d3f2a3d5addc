"""Sounds that the codec was not trained on, made by other recipes than those of `sounds.py`. 44100 Hz, `[samples]`."""

import numpy

RATE_HZ = 44100


def resampled(sound: numpy.ndarray, rate: float, to: float) -> numpy.ndarray:
    """`sound` at another rate, through its spectrum."""
    if rate == to:
        return sound
    size = int(round(len(sound) * to / rate))
    spectrum = numpy.fft.rfft(sound)
    kept = numpy.zeros(size // 2 + 1, dtype=complex)
    bins = min(len(spectrum), len(kept))
    kept[:bins] = spectrum[:bins]
    return numpy.fft.irfft(kept, size) * (size / len(sound))


def sine() -> numpy.ndarray:
    """One second each of 220, 523.25 and 1760 Hz, half level, with pauses of a quarter second."""
    time = numpy.arange(RATE_HZ) / RATE_HZ
    fade = numpy.minimum(1, numpy.minimum(time, 1 - time) / 0.01)
    pause = numpy.zeros(RATE_HZ // 4)
    tones = [0.5 * fade * numpy.sin(2 * numpy.pi * hz * time) for hz in (220.0, 523.25, 1760.0)]
    return numpy.concatenate([part for tone in tones for part in (tone, pause)])


def plucks() -> numpy.ndarray:
    """A scale of plucked strings: noise in a delay line with averaging, eight notes from 196 Hz up."""
    draw = numpy.random.default_rng(101)
    out = []
    for semitones in (0, 2, 4, 5, 7, 9, 11, 12):
        period = int(RATE_HZ / (196.0 * 2 ** (semitones / 12)))
        line = draw.uniform(-0.5, 0.5, period)
        rounds = []
        for _ in range(int(0.4 * RATE_HZ) // period + 1):
            rounds.append(line)
            line = 0.498 * (line + numpy.roll(line, 1))
        out.append(numpy.concatenate(rounds)[: int(0.4 * RATE_HZ)])
    return numpy.concatenate(out)


def saw_chord() -> numpy.ndarray:
    """Three sawtooth waves with a level that breathes three times a second."""
    time = numpy.arange(3 * RATE_HZ) / RATE_HZ
    saws = sum(2 * ((hz * time) % 1.0) - 1 for hz in (130.81, 164.81, 196.0))
    return 0.15 * saws * (0.55 + 0.45 * numpy.sin(2 * numpy.pi * 3 * time))


def drum_loop() -> numpy.ndarray:
    """Two bars at 110 beats a minute: a ringing membrane, a rattle and a tick, made by two-pole resonances."""
    draw = numpy.random.default_rng(202)
    step = int(RATE_HZ * 60 / 110 / 4)
    out = numpy.zeros(32 * step + RATE_HZ // 2)

    def ring(hz, decay_s, excitation):
        time = numpy.arange(int(0.4 * RATE_HZ)) / RATE_HZ
        return numpy.convolve(excitation, numpy.exp(-time / decay_s) * numpy.sin(2 * numpy.pi * hz * time))

    def hit(at, sound, peak):
        out[at : at + len(sound)] += sound[: len(out) - at] * (peak / numpy.abs(sound).max())

    for k in range(32):
        if k % 8 in (0, 5):
            hit(k * step, ring(55, 0.08, [1.0]) + 0.4 * ring(91, 0.05, [1.0]), 0.6)
        if k % 8 == 4:
            rattle = draw.normal(size=int(0.15 * RATE_HZ)) * numpy.linspace(1, 0, int(0.15 * RATE_HZ)) ** 2
            hit(k * step, rattle + 2 * ring(190, 0.03, [1.0])[: len(rattle)], 0.45)
        if k % 2 == 0:
            tick = numpy.diff(draw.normal(size=2200) * numpy.exp(-numpy.arange(2200) / 500), 2)
            hit(k * step, tick, 0.15)
    return out


def sweep() -> numpy.ndarray:
    """A sine gliding from 80 Hz to 8 kHz in four seconds."""
    time = numpy.arange(4 * RATE_HZ) / RATE_HZ
    hz = 80.0 * 100.0 ** (time / 4)
    return 0.4 * numpy.sin(2 * numpy.pi * numpy.cumsum(hz) / RATE_HZ)


SOUNDS = {"sine": sine, "plucks": plucks, "saw_chord": saw_chord, "drum_loop": drum_loop, "sweep": sweep}
