import nn

nn.shared.loudness = 0.0


def process(midi, audio):
    nn.shared.loudness = max(abs(sample) for sample in audio[0])
    return midi, audio
