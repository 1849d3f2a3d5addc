import math
import nn


class Effect:
    inlets, outlets = 0, 1

    def __init__(self):
        self.held, self.hz, self.turns, self.level = [], 440.0, 0.0, 0.0

    def process(self, midi, audio):
        rate, sound, coming = nn.getSampleRate(), [], list(midi)
        for frame in range(nn.getBlockSize()):
            while coming and coming[0].time <= frame:
                key = coming.pop(0)
                if key.type in ("note_on", "note_off"):
                    pressed = [key.note] if key.type == "note_on" and key.velocity > 0 else []
                    self.held = [note for note in self.held if note != key.note] + pressed
                if self.held:
                    self.hz = 440 * 2 ** ((self.held[-1] - 69) / 12)
            self.level += 0.003 * (0.3 * bool(self.held) - self.level)
            self.turns = (self.turns + self.hz / rate) % 1.0
            sound.append(self.level * math.sin(2 * math.pi * self.turns))
        return midi, [sound]
