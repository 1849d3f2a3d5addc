import numpy as np


class Effect:
    freeze = False

    def __init__(self):
        self.heard = None

    def process_npy(self, midi, audio):
        frames = audio.shape[1]
        if self.heard is None or self.heard.shape != audio.shape:
            self.heard, self.tail, self.kept = np.zeros_like(audio), np.zeros_like(audio), None
        window = np.sin(np.pi * (np.arange(2 * frames) + 0.5) / (2 * frames))
        spectrum = np.fft.rfft(np.hstack([self.heard, audio]) * window)
        if self.freeze and self.kept is not None:
            spectrum = self.kept * np.exp(2j * np.pi * np.random.rand(*self.kept.shape))
        else:
            self.kept = np.abs(spectrum)
        sound = np.fft.irfft(spectrum) * window
        out, self.tail, self.heard = sound[:, :frames] + self.tail, sound[:, frames:], audio
        return midi, out
