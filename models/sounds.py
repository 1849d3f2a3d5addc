"""The sounds that the codec is trained on, made from nothing but random numbers. 44100 Hz, mono, `[samples]`."""

import numpy

RATE_HZ = 44100
GRID = 256  # samples between the points of slow curves


def curve(draw, samples: int, low: float, high: float, points_per_s: float) -> numpy.ndarray:
    """A random line through about `points_per_s` points a second, geometric between `low` and `high`."""
    count = max(2, int(samples / RATE_HZ * points_per_s) + 2)
    places = numpy.linspace(0, samples, count)
    return numpy.exp(numpy.interp(numpy.arange(samples), places, draw.uniform(numpy.log(low), numpy.log(high), count)))


def envelope(draw, samples: int) -> numpy.ndarray:
    """Attack, then a decay or a steady level, then a release."""
    time = numpy.arange(samples) / RATE_HZ
    attack = draw.choice([0.001, 0.005, 0.03, 0.15])
    decay = draw.choice([0.1, 0.3, 1.0, 30.0])
    release = draw.uniform(0.02, 0.1)
    rising = numpy.minimum(time / attack, 1.0)
    return rising * numpy.exp(-time / decay) * numpy.minimum((time[-1] - time) / release, 1.0)


def shaped(source: numpy.ndarray, gains) -> numpy.ndarray:
    """`source` through a filter that changes with time: `gains(time_s, hz)` gives `[frames, bins]`."""
    window = numpy.sqrt(0.5 - 0.5 * numpy.cos(2 * numpy.pi * numpy.arange(1024) / 1024))
    padded = numpy.pad(source, (1024, 1024))
    views = numpy.lib.stride_tricks.sliding_window_view(padded, 1024)[::GRID]
    hz = numpy.arange(513) * (RATE_HZ / 1024)
    time = (numpy.arange(len(views)) * GRID - 512) / RATE_HZ
    parts = numpy.fft.irfft(numpy.fft.rfft(views * window, axis=1) * gains(time, hz), axis=1) * window / 2
    out = numpy.zeros(len(padded))
    for k, part in enumerate(parts):
        out[k * GRID : k * GRID + 1024] += part
    return out[1024 : 1024 + len(source)]


def tone(draw, samples: int) -> numpy.ndarray:
    """One note: partials falling off, vibrato or a glide, an envelope; sometimes a plain sine."""
    base = numpy.exp(draw.uniform(numpy.log(50), numpy.log(2500)))
    hz = numpy.full(samples, base)
    kind = draw.integers(5)
    if kind == 1:
        rate, depth = draw.uniform(4, 7), draw.uniform(0.002, 0.02)
        hz = base * (1 + depth * numpy.sin(2 * numpy.pi * rate * numpy.arange(samples) / RATE_HZ))
    if kind == 2:
        hz = base * curve(draw, samples, 0.5, 2.0, 1.0)
    if kind == 3:
        hz = base * numpy.geomspace(1.0, 2.0 ** draw.uniform(-2, 2), samples)
    turns = numpy.cumsum(hz) / RATE_HZ
    partials = 1 if draw.random() < 0.3 else int(min(40, 15000 / hz.max()))
    slope, odd_only, damping = draw.uniform(0.5, 2.5), draw.random() < 0.25, draw.uniform(0, 4) * draw.integers(2)
    inharmonic = draw.choice([0.0, 0.0, 0.0003])
    time = numpy.arange(samples) / RATE_HZ
    out = numpy.zeros(samples)
    for k in range(1, max(partials, 1) + 1, 2 if odd_only else 1):
        stretch = numpy.sqrt(1 + inharmonic * k * k)
        level = k**-slope * draw.uniform(0.5, 1.0)
        wave = numpy.sin(2 * numpy.pi * (turns * k * stretch + draw.random()))
        out += level * numpy.exp(-damping * k * time / 4) * wave
    return out * envelope(draw, samples)


def notes(draw, samples: int) -> numpy.ndarray:
    """A melody or chords: notes one after another, one to four at a time."""
    out, at = numpy.zeros(samples), 0
    together = draw.choice([1, 1, 2, 3, 4])
    while at < samples:
        length = min(int(draw.uniform(0.12, 1.2) * RATE_HZ), samples - at)
        if length > 2000 and draw.random() < 0.9:
            for _ in range(together):
                out[at : at + length] += tone(draw, length) * draw.uniform(0.3, 1.0)
        at += max(length, 1)
    return out


def drums(draw, samples: int) -> numpy.ndarray:
    """Falling sines, noise with a decay, short high noise, at a steady beat."""
    out = numpy.zeros(samples)
    beat = int(draw.uniform(0.09, 0.3) * RATE_HZ)
    for at in range(int(draw.integers(beat)), samples - 2000, beat):
        size = min(samples - at, int(0.5 * RATE_HZ))
        time = numpy.arange(size) / RATE_HZ
        kind, hit = draw.integers(5), numpy.zeros(size)
        if kind in (0, 3):
            low, drop = draw.uniform(40, 180), draw.uniform(20, 60)
            hz = low * (1 + draw.uniform(0.5, 4) * numpy.exp(-time * drop))
            hit += numpy.sin(2 * numpy.pi * numpy.cumsum(hz) / RATE_HZ) * numpy.exp(-time * draw.uniform(5, 25))
        if kind in (1, 2, 3):
            centre, width = numpy.exp(draw.uniform(numpy.log(400), numpy.log(11000))), draw.uniform(0.3, 1.5)
            noise = shaped(draw.normal(size=size), lambda t, f: band(f, centre, width)[None, :])
            hit += noise * numpy.exp(-time * draw.choice([8, 20, 60, 150])) * draw.uniform(0.3, 1)
        out[at : at + size] += hit * numpy.minimum(time / 0.001, 1) * draw.uniform(0.2, 1)
    return out


def band(hz: numpy.ndarray, centre: float, octaves: float) -> numpy.ndarray:
    return numpy.exp(-0.5 * (numpy.log2(numpy.maximum(hz, 20) / centre) / octaves) ** 2)


def noise_bursts(draw, samples: int) -> numpy.ndarray:
    """Noise through a moving band, switched on and off."""
    centres = curve(draw, samples, 150, 12000, 3)[::GRID]
    octaves = draw.uniform(0.15, 2)
    noise = draw.normal(size=samples)

    def gains(time, hz):
        places = numpy.clip((time * RATE_HZ / GRID).astype(int), 0, len(centres) - 1)
        return numpy.stack([band(hz, centres[p], octaves) for p in places])

    out = shaped(noise, gains)
    gate = numpy.repeat(draw.random(samples // 8000 + 1) < 0.7, 8000)[:samples].astype(float)
    gate = numpy.convolve(gate, numpy.ones(300) / 300, mode="same")
    return out * gate


def syllables(draw, samples: int) -> numpy.ndarray:
    """Pulses of a wandering pitch through moving resonances, hisses between them, pauses: a voice that says nothing."""
    pitch = curve(draw, samples, *((75, 180) if draw.random() < 0.5 else (150, 420)), 4)
    turns = numpy.cumsum(pitch) / RATE_HZ
    pulses = numpy.diff(numpy.floor(turns), prepend=0) * numpy.sqrt(RATE_HZ / pitch)
    kinds, at = numpy.zeros(samples), 0
    while at < samples:
        length = int(draw.uniform(0.04, 0.25) * RATE_HZ)
        kinds[at : at + length] = draw.choice([0, 1, 1, 1, 2, 3])  # pause, voiced, hissed, both
        at += length
    smooth = numpy.ones(500) / 500
    voiced = numpy.convolve(numpy.isin(kinds, (1, 3)).astype(float), smooth, mode="same")
    hissed = numpy.convolve(numpy.isin(kinds, (2, 3)).astype(float), smooth, mode="same")
    ranges = [(250, 900), (700, 2500), (2000, 3300), (3200, 4500)]
    tracks = [curve(draw, samples, low, high, 6)[::GRID] for low, high in ranges]
    widths = draw.uniform(60, 200, 4)
    tilt = draw.uniform(0.4, 1.3)

    def throat(time, hz):
        places = numpy.clip((time * RATE_HZ / GRID).astype(int), 0, len(tracks[0]) - 1)
        total = numpy.full((len(places), len(hz)), 0.003)
        for k, track in enumerate(tracks):
            total += 0.6**k / (1 + ((hz[None, :] - track[places][:, None]) / widths[k]) ** 2)
        return total * (100 / numpy.maximum(hz, 100)) ** tilt * 4

    spot, octaves = draw.uniform(2500, 9000), draw.uniform(0.3, 0.8)
    hiss = shaped(draw.normal(size=samples), lambda t, f: band(f, spot, octaves)[None, :])
    return shaped(pulses * voiced, throat) + 0.3 * draw.random() * hiss * hissed


def clip(draw, samples: int) -> numpy.ndarray:
    """One training sound, float32, peak 0.05 to 0.9; one in six is a mixture of two."""
    makers = [notes, notes, notes, drums, noise_bursts, syllables, syllables]
    out = numpy.zeros(samples)
    for _ in range(2 if draw.random() < 1 / 6 else 1):
        part = makers[draw.integers(len(makers))](draw, samples)
        out += part / max(numpy.abs(part).max(), 1e-6) * draw.uniform(0.3, 1)
    peak = numpy.exp(draw.uniform(numpy.log(0.05), numpy.log(0.9)))
    return (out / max(numpy.abs(out).max(), 1e-6) * peak).astype(numpy.float32)
