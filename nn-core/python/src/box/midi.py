# Messages of MIDI as scripts see them.


NOTES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
TYPES = {
    0x80: "note_off",
    0x90: "note_on",
    0xA0: "polyphonic_aftertouch",
    0xB0: "control_change",
    0xC0: "program_change",
    0xD0: "channel_pressure",
    0xE0: "pitch_wheel_change",
}
STATUS = {name: status for status, name in TYPES.items()}
# Another name under which scripts answer it.
STATUS["channel_aftertouch"] = 0xD0


class MidiMessage:
    """A message of MIDI.

    `type` says which, `channel` is 0 to 15. `note` is a note, the number of a controller or of a program, or the lower seven bits of the
    pitch wheel; `velocity` is that of a note, the value of a controller, the pressure, or the upper seven bits. `time` is counted in
    frames from the beginning of the buffer. `data` has the bytes of what has no type: `sysex`, `clock` and their like.
    """

    def __init__(self, type_, note=0, velocity=0, channel=0, time=0, data=None):
        self.type = type_
        self.note = note
        self.velocity = velocity
        self.channel = channel
        self.time = time
        self.data = data

    @property
    def description(self):
        """The message in plain words."""
        words = self.type.replace("_", " ").title()
        octave, note = divmod(int(self.note), 12)
        return f"{words} {NOTES[note]}{octave - 1} Velocity {self.velocity} Channel {self.channel}"

    def __repr__(self):
        return f"<{self.description} at {self.time}>"


def midi_of(data, at):
    """The message that these bytes are."""
    kind = TYPES.get(data[0] & 0xF0)
    if kind is None:
        kind = "sysex" if data[0] == 0xF0 else "clock" if data[0] == 0xF8 else "unknown"
        return MidiMessage(kind, time=at, data=bytes(data))
    first = data[1] if len(data) > 1 else 0
    second = data[2] if len(data) > 2 else 0
    if kind == "channel_pressure":
        first, second = 0, first
    return MidiMessage(kind, first, second, data[0] & 0x0F, at)


def bytes_of(message):
    """The bytes of a message that a script answered; None for what is none."""
    status = STATUS.get(message.type)
    if status is None:
        data = getattr(message, "data", None)
        return bytes(data) if data else None
    seven = lambda value: max(0, min(127, int(value)))
    status |= int(message.channel) & 0x0F
    if message.type == "program_change":
        return bytes((status, seven(message.note)))
    if STATUS[message.type] == 0xD0:
        return bytes((status, seven(message.velocity or message.note)))
    return bytes((status, seven(message.note), seven(message.velocity)))
