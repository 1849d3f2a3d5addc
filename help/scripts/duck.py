import nn


def process(midi, audio):
    left = 1.0 - min(1.0, getattr(nn.shared, "loudness", 0.0))
    return midi, [[left * sample for sample in audio[0]]]
